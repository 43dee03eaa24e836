package dev.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureMode;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientConfig;
import dev.penstock.client.ClientStats;
import dev.penstock.client.CloseReport;
import dev.penstock.client.FlushResult;
import dev.penstock.client.Outcome;
import dev.penstock.client.SpoolMode;
import dev.penstock.client.SpoolOverflow;
import dev.penstock.client.SpoolSettings;
import dev.penstock.collector.Answer;
import dev.penstock.collector.Collector;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.collector.Route;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.ClientFixture;
import dev.penstock.engine.testing.EngineThreadNames;
import dev.penstock.engine.testing.SegmentFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients with a spool: what a server that is away does not get is kept, over the end of the process too. */
@Timeout(120)
class KeptOnDiskTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private final Collector collector = Collector.start();

    @AfterEach
    void stop() {
        collector.close();
    }

    private ClientFixture client(SpoolMode mode, UnaryOperator<ClientConfig.Builder> options) {
        SpoolSettings spool =
                SpoolSettings.builder(directory.resolve("spool")).mode(mode).build();
        return ClientFixture.of(
                collector, config -> options.apply(config.spool(spool).maxBatchEvents(10)));
    }

    private ClientFixture client(SpoolMode mode) {
        return client(mode, config -> config);
    }

    private static void capture(CaptureClient client, int from, int to) {
        for (int i = from; i < to; i++) {
            client.event("event-" + i)
                    .distinctId("user-" + i)
                    .uuid(new UUID(42, i))
                    .put("number", i)
                    .send();
        }
    }

    private Set<String> received() {
        return collector.events().stream().map(ReceivedEvent::uuid).collect(Collectors.toSet());
    }

    private static void awaitEmpty(CaptureClient client) {
        Await.until(
                () -> {
                    ClientStats stats = client.stats();
                    return stats.recovered() > 0 && stats.pending().total() == 0 && stats.isBalanced();
                },
                SOON,
                "an empty spool",
                client);
    }

    private List<String> files() {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = SpoolMode.class,
            names = {"ON_OUTAGE", "ALWAYS"})
    void shouldDeliverAfterARestartWhatAServerThatWasAwayDidNotGet(SpoolMode mode) {
        collector.stop();
        try (ClientFixture first = client(mode)) {
            capture(first.client(), 0, 500);
            CloseReport report = first.client().close(Duration.ofSeconds(3));

            assertThat(report.stats().pending().inSpool()).isEqualTo(500);
            assertThat(report.stats().isBalanced()).as(report.stats().summary()).isTrue();
            assertThat(report.threadsStopped()).isTrue();
            assertThat(report.elapsed()).isLessThan(Duration.ofSeconds(5));
        }
        collector.restart();
        try (ClientFixture second = client(mode)) {
            awaitEmpty(second.client());
            ClientStats stats = second.client().stats();

            assertThat(stats.recovered()).isEqualTo(500);
            assertThat(stats.delivered()).isEqualTo(500);
            assertThat(stats.isBalanced()).as(stats.summary()).isTrue();
        }
        assertThat(collector.events()).hasSize(500);
        assertThat(received()).hasSize(500).contains(new UUID(42, 0).toString(), new UUID(42, 499).toString());
        assertThat(files()).noneMatch(name -> name.endsWith(".segment"));
    }

    @Test
    void shouldKeepTheTimestampsAndTheOrderOfWhatWasCaptured() {
        collector.stop();
        try (ClientFixture first = client(SpoolMode.ON_OUTAGE, config -> config.maxInFlightRequests(1))) {
            capture(first.client(), 0, 100);
            first.client().close(Duration.ofSeconds(3));
        }
        collector.restart();
        try (ClientFixture second = client(SpoolMode.ON_OUTAGE, config -> config.maxInFlightRequests(1))) {
            awaitEmpty(second.client());
        }
        List<ReceivedEvent> events = collector.events();
        for (int i = 0; i < 100; i++) {
            assertThat(events.get(i).uuid()).isEqualTo(new UUID(42, i).toString());
        }
        assertThat(events).isSortedAccordingTo((a, b) -> a.timestamp().compareTo(b.timestamp()));
    }

    @Test
    void shouldDeliverInTheSameRunWhenTheServerComesBack() {
        try (ClientFixture fixture = client(SpoolMode.ON_OUTAGE, config -> config.circuitFailures(2))) {
            collector.stop();
            capture(fixture.client(), 0, 1_000);
            assertThat(fixture.client().flush(SOON)).isEqualTo(FlushResult.COMPLETED);
            ClientStats away = fixture.client().stats();
            assertThat(away.pending().inSpool()).isPositive();
            assertThat(away.health().circuitOpenings()).isPositive();

            collector.restart();
            capture(fixture.client(), 1_000, 1_100);
            Await.until(
                    () -> {
                        ClientStats stats = fixture.client().stats();
                        return stats.delivered() == 1_100 && stats.isBalanced();
                    },
                    SOON,
                    "the rest delivered",
                    fixture.client());

            assertThat(received()).hasSize(1_100);
            assertThat(fixture.client().stats().isBalanced()).isTrue();
        }
    }

    @Test
    void shouldWriteNoKeyToTheDisk() throws IOException {
        collector.stop();
        try (ClientFixture fixture = client(SpoolMode.ALWAYS, config -> config.compression(false))) {
            capture(fixture.client(), 0, 50);
            fixture.client().close(Duration.ofSeconds(2));
        }
        assertThat(files()).isNotEmpty();
        boolean seen = false;
        for (String file : files()) {
            String text = new String(Files.readAllBytes(directory.resolve(file)), StandardCharsets.ISO_8859_1);
            assertThat(text).doesNotContain("phc_test");
            seen |= text.contains("event-49");
        }
        assertThat(seen).isTrue();
    }

    @Test
    void shouldReplayWhatIsOfTheOtherEndpoint() {
        collector.stop();
        try (ClientFixture first = client(SpoolMode.ALWAYS, config -> config.captureMode(CaptureMode.V1))) {
            capture(first.client(), 0, 30);
            assertThat(first.client()
                            .ai()
                            .event("$ai_generation")
                            .distinctId("u")
                            .put("$ai_model", "m")
                            .send())
                    .isEqualTo(CaptureResult.ACCEPTED);
            CloseReport report = first.client().close(Duration.ofSeconds(2));
            assertThat(report.stats().pending().inSpool()).isEqualTo(31);
        }
        collector.restart();
        try (ClientFixture second = client(SpoolMode.ON_OUTAGE)) {
            awaitEmpty(second.client());
            assertThat(second.client().stats().delivered())
                    .as(() -> second.client().stats() + " " + collector.invalidReasons())
                    .isEqualTo(31);
        }
        assertThat(collector.eventsBy(Route.ANALYTICS)).hasSize(30);
        assertThat(collector.eventsBy(Route.AI)).hasSize(1);
    }

    @Test
    void shouldReplaySegmentsMessagesWithTheirContext() {
        SpoolSettings spool =
                SpoolSettings.builder(directory).mode(SpoolMode.ALWAYS).build();
        collector.stop();
        try (SegmentFixture first = SegmentFixture.of(collector.uri(), config -> config.spool(spool))) {
            for (int i = 0; i < 20; i++) {
                first.client().track("track-" + i).userId("u").send();
            }
            CloseReport report = first.client().close(Duration.ofSeconds(2));
            assertThat(report.stats().pending().inSpool()).isEqualTo(20);
        }
        collector.restart();
        try (SegmentFixture second = SegmentFixture.of(collector.uri(), config -> config.spool(spool))) {
            Await.until(() -> second.client().stats().delivered() == 20, SOON, "all delivered");
        }
        assertThat(collector.events()).hasSize(20);
    }

    @Test
    void shouldSayPlainlyThatADirectoryIsInUse() {
        try (ClientFixture first = client(SpoolMode.ALWAYS)) {
            assertThatThrownBy(() -> client(
                                    SpoolMode.ALWAYS,
                                    config -> config.name("second").errorListener((message, cause) -> {}))
                            .close())
                    .hasMessageContaining("spool")
                    .hasMessageContaining("in use");
            EngineThreadNames.assertNone("second");
            capture(first.client(), 0, 10);
            assertThat(first.client().flush(SOON)).isEqualTo(FlushResult.COMPLETED);
        }
        assertThat(received()).hasSize(10);
    }

    @Test
    void shouldTellTheListenerOfEventsThatAFullSpoolGivesUp() {
        SpoolSettings spool = SpoolSettings.builder(directory)
                .mode(SpoolMode.ALWAYS)
                .segmentBytes(64 * 1024)
                .maxBytes(256 * 1024)
                .overflow(SpoolOverflow.DROP_OLDEST)
                .build();
        AtomicLong told = new AtomicLong();
        collector.stop();
        try (ClientFixture fixture = ClientFixture.of(
                collector,
                config -> config.spool(spool)
                        .compression(false)
                        .circuitFailures(2)
                        .deliveryListener(notice -> told.addAndGet(notice.outcome() == Outcome.DISCARDED ? 1 : 0)))) {
            for (int i = 0; i < 40; i++) {
                capture(fixture.client(), 100 * i, 100 * (i + 1));
                fixture.client().flush(SOON);
            }
            fixture.client().close(Duration.ofSeconds(2));
            ClientStats stats = fixture.client().stats();

            assertThat(stats.isBalanced()).as(stats.summary()).isTrue();
            assertThat(stats.spool().discardedEvents()).isPositive().isEqualTo(stats.discarded());
            assertThat(told.get()).isEqualTo(stats.discarded());
            assertThat(stats.spool().bytes()).isLessThanOrEqualTo(256 * 1024);
        }
    }

    @Test
    void shouldLeaveWhatAHangingServerHasNotAnsweredAtTheClose() {
        collector.answerAll(Answer.hang());
        try (ClientFixture first = client(SpoolMode.ON_OUTAGE)) {
            capture(first.client(), 0, 200);
            CloseReport report = first.client().close(Duration.ofSeconds(2));

            assertThat(report.stats().pending().inSpool()).isEqualTo(200);
            assertThat(report.elapsed()).isLessThan(Duration.ofSeconds(4));
        }
        collector.release();
        collector.answerNormally();
        try (ClientFixture second = client(SpoolMode.ON_OUTAGE)) {
            awaitEmpty(second.client());
        }
        assertThat(received()).hasSize(200);
    }

    @Test
    void shouldOpenNothingWithoutASpool() {
        SpoolSettings off = SpoolSettings.builder(directory.resolve("never"))
                .mode(SpoolMode.OFF)
                .build();
        try (ClientFixture fixture = ClientFixture.of(collector, config -> config.spool(off))) {
            capture(fixture.client(), 0, 10);
            fixture.client().flush(SOON);

            assertThat(fixture.client().stats().spool()).isEqualTo(ClientStats.Spool.NONE);
            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().equals("penstock-" + fixture.name() + "-spool"));
        }
        assertThat(directory.resolve("never")).doesNotExist();
    }
}
