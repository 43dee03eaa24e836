package dev.penstock.benchmarks.segment;

import dev.penstock.benchmarks.support.MessageApi;
import dev.penstock.benchmarks.support.ReferenceEvent;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientStats;
import dev.penstock.client.CloseReport;
import dev.penstock.client.segment.SegmentAnalytics;
import dev.penstock.client.segment.SegmentClients;
import dev.penstock.client.segment.SegmentConfig;
import java.time.Duration;
import java.util.function.BiFunction;

/** This library, as shipped. Only one way in is used in a JVM, so the compiler sees through it. */
final class PenstockMessages implements MessageClient {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final SegmentAnalytics client;
    private final ReferenceMessages messages;
    private final BiFunction<ReferenceMessages, ReferenceEvent, CaptureResult> way;

    PenstockMessages(String host, Wire wire, BiFunction<ReferenceMessages, ReferenceEvent, CaptureResult> way) {
        this.client = SegmentClients.create(SegmentConfig.builder("benchmark")
                .host(host)
                .compression(wire.gzip())
                .build());
        this.messages = new ReferenceMessages(MessageApi.of(client));
        this.way = way;
    }

    @Override
    public CaptureResult send(ReferenceEvent event) {
        return way.apply(messages, event);
    }

    @Override
    public long delivered() {
        return client.stats().delivered();
    }

    @Override
    public long lost() {
        ClientStats stats = client.stats();
        return stats.outcomes().values().stream().mapToLong(Long::longValue).sum() - stats.delivered();
    }

    @Override
    public void flush() {
        client.flush(Duration.ZERO);
    }

    @Override
    public void close() {
        CloseReport report = client.close(LONGEST);
        if (!report.drained() || !report.stats().isBalanced()) {
            throw new IllegalStateException(
                    "the account does not balance: " + report.stats().summary());
        }
    }
}
