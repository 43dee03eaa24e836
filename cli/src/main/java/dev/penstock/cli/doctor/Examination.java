package dev.penstock.cli.doctor;

import dev.penstock.cli.common.Destination;
import dev.penstock.cli.common.WireProtocol;
import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureClients;
import dev.penstock.client.CaptureMode;
import dev.penstock.client.ClientConfig;
import dev.penstock.client.SelfCheckReport;
import dev.penstock.client.segment.SegmentAnalytics;
import dev.penstock.client.segment.SegmentClients;
import dev.penstock.client.segment.SegmentConfig;
import java.net.URI;
import java.time.Duration;

/**
 * Opens a client, has it check itself, and closes it; nothing is captured.
 *
 * @param protocol what to speak
 * @param destination where to
 * @param proxy by which proxy; null for none
 * @param log takes the client's log
 */
record Examination(WireProtocol protocol, Destination destination, URI proxy, System.Logger log) {

    /** As few as there may be. */
    private static final int RING_SLOTS = 64;

    /** Throws an {@link IllegalArgumentException} if host, key or proxy cannot be used; its message shows no key. */
    SelfCheckReport within(Duration timeout) {
        return switch (protocol) {
            case POSTHOG -> ofPostHog(CaptureMode.V0, timeout);
            case POSTHOG_V1 -> ofPostHog(CaptureMode.V1, timeout);
            case SEGMENT -> ofSegment(timeout);
        };
    }

    private SelfCheckReport ofPostHog(CaptureMode mode, Duration timeout) {
        ClientConfig config = ClientConfig.builder(destination.key())
                .host(destination.host())
                .name("doctor")
                .captureMode(mode)
                .proxy(proxy)
                .ringSlots(RING_SLOTS)
                .largeEventArenaBytes(0)
                .logger(log)
                .build();
        try (CaptureClient client = CaptureClients.create(config)) {
            return client.selfCheck(timeout);
        }
    }

    private SelfCheckReport ofSegment(Duration timeout) {
        SegmentConfig config = SegmentConfig.builder(destination.key())
                .host(destination.host())
                .name("doctor")
                .proxy(proxy)
                .ringSlots(RING_SLOTS)
                .largeMessageArenaBytes(0)
                .logger(log)
                .build();
        try (SegmentAnalytics client = SegmentClients.create(config)) {
            return client.selfCheck(timeout);
        }
    }
}
