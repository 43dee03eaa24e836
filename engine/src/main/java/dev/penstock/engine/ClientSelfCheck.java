package dev.penstock.engine;

import dev.penstock.client.CaptureMode;
import dev.penstock.client.ClientConfig;
import dev.penstock.client.SelfCheckReport;
import dev.penstock.engine.capture.CaptureGate;
import dev.penstock.engine.protocol.PostHogV0;
import dev.penstock.engine.protocol.PostHogV1;
import dev.penstock.engine.protocol.Protocol;
import dev.penstock.engine.protocol.Segment;
import dev.penstock.engine.selfcheck.CheckTarget;
import dev.penstock.engine.selfcheck.ClientState;
import dev.penstock.engine.selfcheck.SelfCheck;
import dev.penstock.engine.transport.TransportSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/**
 * Tells a self check what there is to check about a client.
 *
 * <p><b>Threads:</b> any. The check's own threads are not among the client's, so closing does not wait for them.
 */
final class ClientSelfCheck {

    private static final String SDK_INFO = EngineVersion.NAME + "/" + EngineVersion.version();

    private final ClientConfig config;
    private final CaptureGate gate;
    private final BooleanSupplier closed;

    ClientSelfCheck(ClientConfig config, CaptureGate gate, BooleanSupplier closed) {
        this.config = config;
        this.gate = gate;
        this.closed = closed;
    }

    SelfCheckReport ofPostHog(Duration timeout) {
        return check(
                config.captureMode() == CaptureMode.V1
                        ? new PostHogV1(
                                config.apiKey(), SDK_INFO, config.historicalMigration(), config.splitOnBadRequest())
                        : new PostHogV0(config.apiKey(), config.historicalMigration(), config.splitOnBadRequest()),
                config.apiKey(),
                timeout);
    }

    SelfCheckReport ofSegment(Duration timeout) {
        byte[] context = "{}".getBytes(StandardCharsets.US_ASCII);
        return check(new Segment(config.apiKey(), context, config.splitOnBadRequest()), null, timeout);
    }

    private SelfCheckReport check(Protocol protocol, String flagKey, Duration timeout) {
        TransportSettings transport = new TransportSettings(
                config.host(),
                config.headers(),
                config.proxy(),
                config.sslContext(),
                config.connectTimeout(),
                config.requestTimeout(),
                1,
                SDK_INFO,
                new EngineThreads(config.name(), config.threadFactory()).role("check"));
        InstantSource clock = config.clock() != null ? config.clock() : InstantSource.system();
        CheckTarget target = new CheckTarget(transport, protocol, flagKey, config.maxBatchBytes(), clock, this::state);
        return new SelfCheck(target).run(Durations.nanos(timeout));
    }

    private ClientState state() {
        if (closed.getAsBoolean()) {
            return ClientState.CLOSED;
        }
        if (!config.enabled()) {
            return ClientState.DISABLED;
        }
        if (config.apiKey().isEmpty()) {
            return ClientState.WITHOUT_KEY;
        }
        if (gate.isOptedOut()) {
            return ClientState.OPTED_OUT;
        }
        if (gate.refusal() != null) {
            return ClientState.SWITCHED_OFF;
        }
        return config.eventRecorder() == null ? ClientState.OPEN : ClientState.RECORDING;
    }
}
