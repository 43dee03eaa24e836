package dev.penstock.cli.common;

import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureClients;
import dev.penstock.client.CaptureMode;
import dev.penstock.client.ClientConfig;
import dev.penstock.client.ClientStats;
import dev.penstock.client.CloseReport;
import dev.penstock.client.DeliveryNotice;
import dev.penstock.client.FlushResult;
import dev.penstock.client.Outcome;
import dev.penstock.client.PropertyKey;
import dev.penstock.client.SelfCheckReport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client that speaks to PostHog. */
final class PostHogClient implements EventClient {
    private static final int MAX_EVENT_BYTES = ClientConfig.DEFAULT_MAX_EVENT_BYTES;

    private final CaptureClient client;
    private final boolean spools;

    private PostHogClient(ClientConfig config, boolean spools) {
        this.client = CaptureClients.create(config);
        this.spools = spools;
    }

    static EventClient open(ClientOptions options, CaptureMode mode) {
        ClientConfig.Builder config = ClientConfig.builder(options.key())
                .host(options.host())
                .name(options.name())
                .captureMode(mode)
                .maxBatchEvents(options.batchSize())
                .maxEventBytes(MAX_EVENT_BYTES)
                .compression(options.gzip())
                .spool(options.spool())
                .logger(options.log())
                .errorListener(options.complaints());
        if (options.purpose() != ClientOptions.Purpose.LIVE) {
            config.systemProperties(false) // of this machine
                    .historicalMigration(options.purpose() == ClientOptions.Purpose.HISTORICAL_IMPORT)
                    .ringSlots(ClientOptions.IMPORT_RING_SLOTS)
                    .maxRetries(ClientOptions.IMPORT_RETRIES);
        }
        if (options.outcomes() != null) {
            config.deliveryListener(notice -> tell(options.outcomes(), notice));
        }
        return new PostHogClient(config.build(), options.spools());
    }

    private static void tell(OutcomeListener outcomes, DeliveryNotice notice) {
        outcomes.settled(
                notice.uuid(),
                notice.outcome() == Outcome.REFUSED
                        && notice.json().getBytes(StandardCharsets.UTF_8).length > MAX_EVENT_BYTES);
    }

    @Override
    public OutgoingEvent outgoing() {
        return new PostHogEvent(client);
    }

    @Override
    public PropertyKey propertyKey(String name) {
        return client.propertyKey(name);
    }

    @Override
    public int maxEventBytes() {
        return MAX_EVENT_BYTES;
    }

    @Override
    public ClientStats stats() {
        return client.stats();
    }

    @Override
    public FlushResult flush(Duration timeout) {
        return client.flush(timeout);
    }

    @Override
    public SelfCheckReport selfCheck(Duration timeout) {
        return client.selfCheck(timeout);
    }

    @Override
    public CloseReport close(Duration timeout) {
        return client.close(timeout);
    }

    @Override
    public CloseReport giveUp() {
        return spools ? client.close(Drain.HASTY_CLOSE) : client.discard();
    }

    @Override
    public void close() {
        client.close();
    }
}
