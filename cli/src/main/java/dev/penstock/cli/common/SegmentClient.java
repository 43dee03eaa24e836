package dev.penstock.cli.common;

import dev.penstock.client.ClientStats;
import dev.penstock.client.CloseReport;
import dev.penstock.client.FlushResult;
import dev.penstock.client.PropertyKey;
import dev.penstock.client.SelfCheckReport;
import dev.penstock.client.segment.SegmentAnalytics;
import dev.penstock.client.segment.SegmentClients;
import dev.penstock.client.segment.SegmentConfig;
import java.time.Duration;

/** A client that speaks to Segment. */
final class SegmentClient implements EventClient {
    private static final int MAX_MESSAGE_BYTES = SegmentConfig.DEFAULT_MAX_MESSAGE_BYTES;

    private final SegmentAnalytics analytics;
    private final boolean spools;

    private SegmentClient(SegmentConfig config, boolean spools) {
        this.analytics = SegmentClients.create(config);
        this.spools = spools;
    }

    /** Old messages need no mark: their timestamps say all there is to say. */
    static EventClient open(ClientOptions options) {
        SegmentConfig.Builder config = SegmentConfig.builder(options.key())
                .host(options.host())
                .name(options.name())
                .maxBatchMessages(options.batchSize())
                .maxMessageBytes(MAX_MESSAGE_BYTES)
                .compression(options.gzip())
                .spool(options.spool())
                .logger(options.log())
                .errorListener(options.complaints());
        if (options.purpose() != ClientOptions.Purpose.LIVE) {
            config.ringSlots(ClientOptions.IMPORT_RING_SLOTS).maxRetries(ClientOptions.IMPORT_RETRIES);
        }
        if (options.outcomes() != null) {
            config.messageListener(new TrackOutcomes(options.outcomes(), MAX_MESSAGE_BYTES));
        }
        return new SegmentClient(config.build(), options.spools());
    }

    @Override
    public OutgoingEvent outgoing() {
        return new TrackEvent(analytics);
    }

    @Override
    public PropertyKey propertyKey(String name) {
        return analytics.propertyKey(name);
    }

    @Override
    public int maxEventBytes() {
        return MAX_MESSAGE_BYTES;
    }

    @Override
    public ClientStats stats() {
        return analytics.stats();
    }

    @Override
    public FlushResult flush(Duration timeout) {
        return analytics.flush(timeout);
    }

    @Override
    public SelfCheckReport selfCheck(Duration timeout) {
        return analytics.selfCheck(timeout);
    }

    @Override
    public CloseReport close(Duration timeout) {
        return analytics.close(timeout);
    }

    @Override
    public CloseReport giveUp() {
        return spools ? analytics.close(Drain.HASTY_CLOSE) : analytics.discard();
    }

    @Override
    public void close() {
        analytics.close();
    }
}
