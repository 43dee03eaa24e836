package dev.penstock.engine.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureClients;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientConfig;
import dev.penstock.client.ClientStats;
import dev.penstock.client.CloseReport;
import dev.penstock.client.FlushResult;
import dev.penstock.collector.Collector;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * A client tuned for short tests. Closing it closes the client and checks what always holds: the account balances with
 * nothing pending, and no thread is left.
 *
 * <p><b>Threads:</b> any.
 */
public final class ClientFixture implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String name;
    private final CaptureClient client;
    private final RecordingLogger logger;

    private ClientFixture(String name, CaptureClient client, RecordingLogger logger) {
        this.name = name;
        this.client = client;
        this.logger = logger;
    }

    /** A client of a collector. */
    public static ClientFixture of(Collector collector) {
        return of(collector, config -> config);
    }

    /** A client of a collector, with options of its own. */
    public static ClientFixture of(Collector collector, UnaryOperator<ClientConfig.Builder> options) {
        return of(collector.uri(), options);
    }

    /** A client that sends when it is flushed or a batch is full, so that requests can be counted. */
    public static ClientFixture sendingOnFlush(URI host, UnaryOperator<ClientConfig.Builder> options) {
        return of(host, config -> options.apply(config.linger(Duration.ofHours(1))));
    }

    /** A client of some host. */
    public static ClientFixture of(URI host, UnaryOperator<ClientConfig.Builder> options) {
        String name = "t" + NUMBER.incrementAndGet();
        RecordingLogger logger = new RecordingLogger();
        ClientConfig config = options.apply(ClientConfig.builder("phc_test")
                        .host(host.toString())
                        .name(name)
                        .linger(Duration.ofMillis(20))
                        .retryDelay(Duration.ofMillis(100))
                        .requestTimeout(Duration.ofSeconds(5))
                        .closeTimeout(Duration.ofSeconds(5))
                        .ringSlots(4_096)
                        .logger(logger))
                .build();
        return new ClientFixture(config.name(), CaptureClients.create(config), logger);
    }

    /** The client. */
    public CaptureClient client() {
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

    /** Captures events {@code event-0}, {@code event-1} and so on, each of which must be accepted. */
    public void capture(int count) {
        for (int i = 0; i < count; i++) {
            capture("event-" + i);
        }
    }

    /** Captures an event that must be accepted. */
    public void capture(String event) {
        assertThat(client.capture("user", event, Map.of("n", 1))).isEqualTo(CaptureResult.ACCEPTED);
    }

    /** Flushes, which must be completed. */
    public void flush() {
        assertThat(client.flush(Await.LONG)).as(() -> client.stats().summary()).isEqualTo(FlushResult.COMPLETED);
    }

    /** Waits until nothing is pending. */
    public void awaitSettled() {
        Await.until(
                () -> {
                    ClientStats stats = client.stats();
                    return stats.pending().total() == 0 && stats.isBalanced();
                },
                Await.LONG,
                "every event has its outcome",
                client);
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
