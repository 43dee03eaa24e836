package dev.penstock.engine.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientStats;
import dev.penstock.client.CloseReport;
import dev.penstock.client.FlushResult;
import dev.penstock.client.segment.SegmentAnalytics;
import dev.penstock.client.segment.SegmentClients;
import dev.penstock.client.segment.SegmentConfig;
import dev.penstock.collector.Collector;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * A Segment client tuned for short tests. Closing it closes the client and checks what always holds: the account balances
 * with nothing pending, and no thread is left.
 *
 * <p><b>Threads:</b> any.
 */
public final class SegmentFixture implements AutoCloseable {

    /** The write key of all clients. */
    public static final String WRITE_KEY = "write-key-of-tests";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String name;
    private final SegmentAnalytics client;
    private final RecordingLogger logger;

    private SegmentFixture(String name, SegmentAnalytics client, RecordingLogger logger) {
        this.name = name;
        this.client = client;
        this.logger = logger;
    }

    /** A client of a collector. */
    public static SegmentFixture of(Collector collector) {
        return of(collector.uri(), config -> config);
    }

    /** A client that sends when it is flushed or a batch is full, so that requests can be counted. */
    public static SegmentFixture sendingOnFlush(URI host, UnaryOperator<SegmentConfig.Builder> options) {
        return of(host, config -> options.apply(config.linger(Duration.ofHours(1))));
    }

    /** A client of some host. */
    public static SegmentFixture of(URI host, UnaryOperator<SegmentConfig.Builder> options) {
        String name = "s" + NUMBER.incrementAndGet();
        RecordingLogger logger = new RecordingLogger();
        SegmentConfig config = options.apply(SegmentConfig.builder(WRITE_KEY)
                        .host(host)
                        .name(name)
                        .linger(Duration.ofMillis(20))
                        .maxRetries(3)
                        .retryDelay(Duration.ofMillis(100))
                        .requestTimeout(Duration.ofSeconds(5))
                        .closeTimeout(Duration.ofSeconds(5))
                        .ringSlots(4_096)
                        .logger(logger))
                .build();
        return new SegmentFixture(config.name(), SegmentClients.create(config), logger);
    }

    /** The client. */
    public SegmentAnalytics client() {
        return client;
    }

    /** What it logged. */
    public RecordingLogger logger() {
        return logger;
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** Its account. */
    public ClientStats stats() {
        return client.stats();
    }

    /** Sends messages {@code event-0}, {@code event-1} and so on, each of which must be accepted. */
    public void track(int count) {
        for (int i = 0; i < count; i++) {
            track("event-" + i);
        }
    }

    /** Sends a message that must be accepted. */
    public void track(String event) {
        assertThat(client.track(event).userId("user").put("n", 1).send()).isEqualTo(CaptureResult.ACCEPTED);
    }

    /** Flushes, which must be completed. */
    public void flush() {
        assertThat(client.flush(Await.LONG)).as(() -> client.stats().summary()).isEqualTo(FlushResult.COMPLETED);
    }

    /** Waits for a condition, and shows the account if it does not come. */
    public void await(BooleanSupplier condition, String description) {
        Await.until(condition, Await.LONG, description, () -> client.stats().toString());
    }

    /** Waits until everything that was sent is in a batch. */
    public void awaitRingEmpty() {
        await(() -> client.stats().pending().inRing() == 0, "the ring is empty");
    }

    /** Waits until nothing is pending. */
    public void awaitSettled() {
        await(
                () -> {
                    ClientStats stats = client.stats();
                    return stats.pending().total() == 0 && stats.isBalanced();
                },
                "every message has its outcome");
    }

    /** Fails unless nothing was said at a level that anybody reads. */
    public void assertQuiet() {
        assertThat(logger.from(System.Logger.Level.INFO)).isEmpty();
    }

    /** Waits for a warning with all these parts, of which there must be only one. */
    public void awaitWarning(String... parts) {
        Await.until(
                () -> warnings(parts) > 0,
                Await.LONG,
                "a warning with " + List.of(parts),
                () -> logger.lines().toString());
        assertThat(warnings(parts)).as(() -> logger.lines().toString()).isEqualTo(1);
    }

    private long warnings(String... parts) {
        return logger.from(System.Logger.Level.WARNING).stream()
                .filter(line -> List.of(parts).stream().allMatch(line::contains))
                .count();
    }

    /** Closes, and fails unless everything came to its end. */
    public CloseReport end(Duration timeout) {
        CloseReport report = client.close(timeout);
        assertThat(report.stats().pending().total())
                .as(report.stats().summary())
                .isZero();
        check();
        return report;
    }

    private void check() {
        ClientStats stats = client.stats();
        assertThat(stats.isBalanced()).as(stats.summary()).isTrue();
        assertThat(stats.pending().total() - stats.pending().inSpool())
                .as(stats.summary())
                .isZero();
        EngineThreadNames.assertNone(name);
    }

    @Override
    public void close() {
        client.close();
        check();
    }
}
