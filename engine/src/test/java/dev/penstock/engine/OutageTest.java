package dev.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.ClientStats;
import dev.penstock.collector.Answer;
import dev.penstock.collector.Collector;
import dev.penstock.collector.CollectorMode;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.collector.ReceivedRequest;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.ClientFixture;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that are away, hang, break off and come back. */
@Timeout(120)
class OutageTest {

    private final Collector collector = Collector.start();

    @AfterEach
    void closeCollector() {
        collector.close();
    }

    @Test
    void shouldDeliverOnceAServerThatWasDownIsUp() {
        collector.stop();
        try (ClientFixture fixture = ClientFixture.of(collector, config -> config.maxRetries(20))) {
            fixture.capture(20);
            Await.until(
                    () -> fixture.stats().delivery().retries() >= 1, Await.LONG, "tries while down", fixture.client());
            collector.restart();
            fixture.flush();

            assertThat(fixture.stats().delivered()).isEqualTo(20);
            assertThat(collector.stats().distinct()).isEqualTo(20);
            assertThat(collector.stats().duplicates()).isZero();
            fixture.awaitWarning("will be tried again");
        }
    }

    @Test
    void shouldExpireWhatARefusingPortNeverTakes() {
        collector.stop();
        try (ClientFixture fixture = ClientFixture.sendingOnFlush(collector.uri(), config -> config)) {
            fixture.capture(20);
            fixture.flush();

            ClientStats stats = fixture.stats();
            assertThat(stats.expired()).isEqualTo(20);
            assertThat(stats.delivery().requests()).isEqualTo(4);
            assertThat(stats.isBalanced()).as(stats.summary()).isTrue();
            fixture.awaitWarning("3 retries used up", "connection refused");
        }
    }

    static List<Answer> failures() {
        return List.of(
                Answer.reset(),
                Answer.resetEarly(),
                Answer.halfClose(),
                Answer.status(500),
                Answer.status(502),
                Answer.status(503),
                Answer.status(504),
                Answer.status(408),
                Answer.status(429),
                Answer.early(503),
                Answer.status(503).thenClose());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void shouldTryAgainAfterAFailureAndDeliver(Answer failure) {
        collector.answerNext(failure, failure);
        try (ClientFixture fixture = ClientFixture.sendingOnFlush(collector.uri(), config -> config)) {
            fixture.capture(20);
            fixture.flush();

            assertThat(fixture.stats().delivered()).isEqualTo(20);
            assertThat(fixture.stats().delivery().requests()).isEqualTo(3);
            assertThat(collector.stats().distinct()).isEqualTo(20);
            assertThat(collector.stats().duplicates()).isZero();
            assertThat(collector.invalidReasons()).isEmpty();
            fixture.awaitWarning("will be tried again");
        }
    }

    @Test
    void shouldTakeATruncatedAnswerForWhatItsStatusSays() {
        collector.answerNext(Answer.truncated());
        try (ClientFixture fixture = ClientFixture.sendingOnFlush(collector.uri(), config -> config)) {
            fixture.capture(20);
            fixture.flush();
            fixture.capture(20);
            fixture.flush();

            assertThat(fixture.stats().delivered()).isEqualTo(40);
            assertThat(collector.stats().distinct()).isEqualTo(40);
        }
    }

    @Test
    void shouldWaitForATrickledAnswer() {
        collector.answerNext(Answer.trickle(Duration.ofMillis(3)));
        try (ClientFixture fixture = ClientFixture.sendingOnFlush(collector.uri(), config -> config)) {
            fixture.capture(20);
            fixture.flush();

            assertThat(fixture.stats().delivered()).isEqualTo(20);
            assertThat(fixture.stats().delivery().requests()).isEqualTo(1);
        }
    }

    /** Neither the silence between two bytes nor anything else but the whole time counts. */
    @Test
    void shouldGiveUpAnAnswerThatTricklesForTooLong() {
        collector.answerNext(Answer.trickle(Duration.ofMillis(100)));
        try (ClientFixture fixture = ClientFixture.sendingOnFlush(
                collector.uri(), config -> config.requestTimeout(Duration.ofMillis(1_500)))) {
            fixture.capture(20);
            fixture.flush();

            assertThat(fixture.stats().delivered()).isEqualTo(20);
            assertThat(fixture.stats().delivery().timeouts()).isEqualTo(1);
            assertThat(collector.stats().distinct()).isEqualTo(20);
            assertThat(collector.stats().duplicates()).isEqualTo(20);
        }
    }

    @Test
    void shouldSendTheSameUuidsAgainWhenAnAnswerIsLost() {
        collector.answerNext(Answer.reset().store(true));
        try (ClientFixture fixture = ClientFixture.sendingOnFlush(collector.uri(), config -> config)) {
            fixture.capture(20);
            fixture.flush();

            assertThat(fixture.stats().delivered()).isEqualTo(20);
            assertThat(collector.stats().events()).isEqualTo(40);
            assertThat(collector.stats().distinct()).isEqualTo(20);
            assertThat(collector.stats().duplicates()).isEqualTo(20);
            List<ReceivedRequest> requests = collector.requests();
            assertThat(requests).hasSize(2);
            assertThat(requests.get(1).events()).isEqualTo(requests.get(0).events());
            assertThat(requests.get(1).body()).isNotEqualTo(requests.get(0).body());
        }
    }

    @Test
    void shouldWaitAsLongAsRetryAfterSays() {
        collector.answerNext(Answer.status(429).header("Retry-After", "1"));
        try (ClientFixture fixture = ClientFixture.sendingOnFlush(collector.uri(), config -> config)) {
            fixture.capture(5);
            fixture.flush();

            assertThat(fixture.stats().delivered()).isEqualTo(5);
            List<ReceivedRequest> requests = collector.requests();
            assertThat(requests).hasSize(2);
            assertThat(requests.get(1).receivedNanos() - requests.get(0).receivedNanos())
                    .isGreaterThanOrEqualTo(Duration.ofMillis(990).toNanos());
        }
    }

    @Test
    void shouldWaitUntilTheDateThatRetryAfterSays() {
        Instant date = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(2);
        String text = DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atOffset(ZoneOffset.UTC));
        collector.answerNext(Answer.status(503).header("Retry-After", text));
        try (ClientFixture fixture = ClientFixture.sendingOnFlush(collector.uri(), config -> config)) {
            fixture.capture(5);
            fixture.flush();

            assertThat(fixture.stats().delivered()).isEqualTo(5);
            assertThat(Instant.now()).isAfter(date.minusMillis(10));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "soon", "1.5", "99999999999999999999999x", ""})
    void shouldIgnoreAnUnreadableRetryAfter(String value) {
        collector.answerNext(Answer.status(503).header("Retry-After", value));
        try (ClientFixture fixture = ClientFixture.sendingOnFlush(collector.uri(), config -> config)) {
            fixture.capture(5);
            fixture.flush();
            assertThat(fixture.stats().delivered()).isEqualTo(5);
        }
    }

    @Test
    void shouldRetryAnUnknownHostAndSaySo() {
        try (ClientFixture fixture = ClientFixture.sendingOnFlush(
                URI.create("http://no-such-host.invalid"), config -> config.maxRetries(1))) {
            fixture.capture(5);
            fixture.flush();

            assertThat(fixture.stats().expired()).isEqualTo(5);
            assertThat(fixture.stats().delivery().requests()).isEqualTo(2);
            fixture.awaitWarning("retries used up", "unknown host no-such-host.invalid");
        }
    }

    @Test
    void shouldKeepMemoryFlatAndSocketsClosedWhenTheServerHangs() {
        try (Collector hanging = Collector.builder().mode(CollectorMode.COUNT).start();
                ClientFixture fixture = ClientFixture.of(
                        hanging,
                        config -> config.requestTimeout(Duration.ofMillis(100))
                                .maxRetries(1)
                                .circuitFailures(0)
                                .maxBatchEvents(5)
                                .maxInFlightRequests(8))) {
            hanging.answerAll(Answer.hang());
            String text = "x".repeat(2_000);
            timeOuts(fixture, text, 50);
            long direct = directMemory();
            long heap = heapAfterCollection();
            timeOuts(fixture, text, 300);

            // One body kept for each time-out would be 5 MiB.
            assertThat(heapAfterCollection() - heap).as("heap").isLessThan(3L << 20);
            assertThat(directMemory() - direct).as("direct memory").isLessThan(512 * 1024);
            // One socket left open for each time-out would be 350; eight are in use, and the server may be late to see
            // an end.
            assertThat(hanging.openConnections()).isLessThan(200);
            assertThat(fixture.stats().expired()).isEqualTo(fixture.stats().accepted());
            hanging.awaitOpenConnections(0, Await.LONG);

            hanging.answerNormally();
            // The time-out is short enough for a busy machine to miss.
            Await.until(
                    () -> {
                        fixture.capture(1);
                        fixture.flush();
                        return fixture.stats().delivered() >= 1;
                    },
                    "delivery goes on");
        }
    }

    private static void timeOuts(ClientFixture fixture, String text, long more) {
        long target = fixture.stats().delivery().timeouts() + more;
        Await.until(
                () -> {
                    if (fixture.stats().pending().total() < 100) {
                        fixture.client().capture("user", "hangs", Map.of("text", text));
                    }
                    return fixture.stats().delivery().timeouts() >= target;
                },
                Duration.ofSeconds(30),
                more + " more time-outs",
                fixture.client());
        fixture.awaitSettled();
    }

    private static long directMemory() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private static long heapAfterCollection() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    @Test
    void shouldRideOutAnOutageOfSixSeconds() {
        rideOut(Duration.ofSeconds(6));
    }

    @Test
    @Tag("slow")
    @EnabledIfSystemProperty(named = "penstock.slow", matches = "true")
    void shouldRideOutAnOutageOfThirtySeconds() {
        rideOut(Duration.ofSeconds(30));
    }

    /** Breaks in the middle of traffic, stays away while capturing goes on, and comes back. */
    private void rideOut(Duration outage) {
        try (ClientFixture fixture = ClientFixture.of(
                collector, config -> config.maxRetries(100).maxBatchEvents(50).ringSlots(65_536))) {
            traffic(fixture, Duration.ofMillis(500));
            collector.stop();
            traffic(fixture, outage);
            assertThat(fixture.stats().pending().total()).isPositive();
            collector.restart();
            traffic(fixture, Duration.ofMillis(500));
            // The delay has grown with the outage.
            Await.until(
                    () -> {
                        ClientStats now = fixture.stats();
                        return now.pending().total() == 0 && now.isBalanced();
                    },
                    outage.multipliedBy(2).plusSeconds(10),
                    "recovery",
                    fixture.client());

            ClientStats stats = fixture.stats();
            assertThat(stats.refusals()).isZero();
            assertThat(stats.delivered()).as(stats.summary()).isEqualTo(stats.accepted());
            assertThat(stats.isBalanced()).as(stats.summary()).isTrue();
            assertThat(collector.stats().distinct()).isEqualTo(stats.accepted());
            Set<String> uuids =
                    collector.events().stream().map(ReceivedEvent::uuid).collect(Collectors.toSet());
            assertThat(uuids).hasSize((int) stats.accepted());
        }
    }

    private static void traffic(ClientFixture fixture, Duration duration) {
        long deadline = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() - deadline < 0) {
            fixture.capture(5);
            Await.pause(Duration.ofMillis(5));
        }
    }
}
