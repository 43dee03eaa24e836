package dev.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.ClientStats;
import dev.penstock.client.Outcome;
import dev.penstock.client.segment.SegmentConfig;
import dev.penstock.collector.Answer;
import dev.penstock.collector.Collector;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.SegmentFixture;
import dev.penstock.engine.testing.TestCertificate;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that are away, slow, broken or hostile: every message has its outcome, and the server has each once. */
@Timeout(120)
class SegmentFaultTest {

    private static final int MESSAGES = 20;

    @TempDir
    static Path directory;

    private static SSLContext context;

    @BeforeAll
    static void makeCertificate() throws Exception {
        context = TestCertificate.create(directory);
    }

    /**
     * A fault and how it ends.
     *
     * @param requests how many are made
     * @param storedTwice whether the server took what it then gave no sign of
     */
    private record Fault(
            String name,
            Consumer<Collector> script,
            UnaryOperator<SegmentConfig.Builder> options,
            Outcome outcome,
            int requests,
            boolean storedTwice) {

        static Fault of(String name, Outcome outcome, int requests, Answer... answers) {
            return new Fault(
                    name, collector -> collector.answerNext(answers), config -> config, outcome, requests, false);
        }

        Fault with(UnaryOperator<SegmentConfig.Builder> own) {
            return new Fault(name, script, own, outcome, requests, storedTwice);
        }

        Fault thatIsStoredTwice() {
            return new Fault(name, script, options, outcome, requests, true);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Fault delivered(String name, int requests, Answer... answers) {
        return Fault.of(name, Outcome.DELIVERED, requests, answers);
    }

    static Stream<Fault> faults() {
        Duration soon = Duration.ofMillis(1_500);
        return Stream.of(
                delivered("reset", 3, Answer.reset(), Answer.reset()),
                delivered("reset early", 3, Answer.resetEarly(), Answer.resetEarly()),
                delivered("half close", 3, Answer.halfClose(), Answer.halfClose()),
                delivered("500", 3, Answer.status(500), Answer.status(500)),
                delivered("502, then 504", 3, Answer.status(502), Answer.status(504)),
                delivered(
                                "503 and close",
                                3,
                                Answer.status(503).thenClose(),
                                Answer.status(503).thenClose())
                        // The connection is closed by then: a retry on it would be one more.
                        .with(config -> config.retryPolicy(failed -> Duration.ofMillis(500))),
                delivered("early 503", 2, Answer.early(503)),
                delivered("408, then 429", 3, Answer.status(408), Answer.status(429)),
                delivered("410, then 460", 3, Answer.status(410), Answer.status(460)),
                delivered("three kinds", 4, Answer.reset(), Answer.status(500), Answer.halfClose()),
                delivered("truncated answer", 1, Answer.truncated()),
                delivered("answer longer than it is", 1, Answer.wrongLength(5)),
                delivered("answer shorter than it is", 1, Answer.wrongLength(-5)),
                delivered("huge answer", 1, Answer.oversized(32 << 20)),
                delivered("endless answer", 1, Answer.endless()),
                delivered("damaged gzip", 1, Answer.damagedGzip()),
                delivered("trickled answer", 1, Answer.trickle(Duration.ofMillis(3))),
                delivered("late answer", 1, Answer.ok().delay(Duration.ofMillis(500))),
                delivered("slow reader", 1, Answer.slowRead(2_000)).with(config -> config.compression(false)),
                delivered("answer lost", 2, Answer.reset().store(true)).thatIsStoredTwice(),
                delivered("hang", 2, Answer.hang()).with(config -> config.requestTimeout(soon)),
                delivered("answer trickled for too long", 2, Answer.trickle(Duration.ofMillis(100)))
                        .with(config -> config.requestTimeout(soon))
                        .thatIsStoredTwice(),
                Fault.of("retries used up", Outcome.EXPIRED, 2, Answer.status(500), Answer.reset())
                        .with(config -> config.maxRetries(1)),
                Fault.of("hang without end", Outcome.EXPIRED, 2, Answer.hang(), Answer.hang())
                        .with(config -> config.maxRetries(1).requestTimeout(soon)),
                Fault.of("401", Outcome.REFUSED, 1, Answer.status(401)),
                Fault.of("early 404", Outcome.REFUSED, 1, Answer.early(404)),
                Fault.of("501", Outcome.REFUSED, 1, Answer.status(501)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void shouldAccountForEveryMessage(Fault fault) {
        try (Collector collector = Collector.start();
                SegmentFixture fixture = SegmentFixture.sendingOnFlush(collector.uri(), fault.options)) {
            fault.script.accept(collector);
            fixture.track(MESSAGES);
            fixture.flush();

            ClientStats stats = fixture.stats();
            assertThat(stats.outcomes()).containsEntry(fault.outcome, (long) MESSAGES);
            assertThat(stats.isBalanced()).as(stats.summary()).isTrue();
            assertThat(stats.delivery().requests()).isEqualTo(fault.requests);
            assertThat(collector.stats().distinct()).isEqualTo(fault.outcome == Outcome.DELIVERED ? MESSAGES : 0);
            assertThat(collector.stats().duplicates()).isEqualTo(fault.storedTwice ? MESSAGES : 0);
            assertThat(collector.invalidReasons()).isEmpty();
            assertGoesOn(fixture, collector);
        }
    }

    private static void assertGoesOn(SegmentFixture fixture, Collector collector) {
        long before = collector.stats().distinct();
        collector.answerNormally();
        fixture.track("afterwards");
        fixture.flush();
        assertThat(collector.stats().distinct()).isEqualTo(before + 1);
        assertThat(collector.events()).extracting(ReceivedEvent::event).contains("afterwards");
    }

    @Test
    void shouldDeliverOnceAServerThatWasDownIsUp() {
        try (Collector collector = Collector.start();
                SegmentFixture fixture = SegmentFixture.of(collector.uri(), config -> config.maxRetries(100))) {
            collector.stop();
            fixture.track(MESSAGES);
            fixture.await(() -> fixture.stats().delivery().retries() >= 1, "tries while down");
            collector.restart();
            fixture.flush();

            assertThat(fixture.stats().delivered()).isEqualTo(MESSAGES);
            assertThat(collector.stats().distinct()).isEqualTo(MESSAGES);
            assertThat(collector.stats().duplicates()).isZero();
            fixture.awaitWarning("will be tried again");
        }
    }

    @Test
    void shouldExpireWhatARefusingPortNeverTakes() {
        try (Collector collector = Collector.start();
                SegmentFixture fixture = SegmentFixture.sendingOnFlush(collector.uri(), config -> config)) {
            collector.stop();
            fixture.track(MESSAGES);
            fixture.flush();

            assertThat(fixture.stats().expired()).isEqualTo(MESSAGES);
            assertThat(fixture.stats().delivery().requests()).isEqualTo(4);
            fixture.awaitWarning("3 retries used up", "connection refused");
        }
    }

    @Test
    void shouldRetryAnUnknownHostAndSaySo() {
        try (SegmentFixture fixture = SegmentFixture.sendingOnFlush(
                URI.create("http://no-such-host.invalid"), config -> config.maxRetries(1))) {
            fixture.track(MESSAGES);
            fixture.flush();

            assertThat(fixture.stats().expired()).isEqualTo(MESSAGES);
            fixture.awaitWarning("retries used up", "unknown host no-such-host.invalid");
        }
    }

    /** Whoever answers with a redirect does not get the write key sent elsewhere. */
    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void shouldNotTakeItsKeyToWhereARedirectPoints(int status) {
        try (Collector collector = Collector.start();
                Collector elsewhere = Collector.start();
                SegmentFixture fixture = SegmentFixture.sendingOnFlush(collector.uri(), config -> config)) {
            collector.answerAll(Answer.status(status).header("Location", elsewhere.uri() + "/v1/batch"));
            fixture.track(MESSAGES);
            fixture.flush();

            assertThat(fixture.stats().refused()).isEqualTo(MESSAGES);
            assertThat(collector.stats().requests()).isEqualTo(1);
            assertThat(elsewhere.totalConnections()).isZero();
        }
    }

    /** A challenge has no second request with other credentials. */
    @ParameterizedTest
    @ValueSource(ints = {401, 407})
    void shouldNotAnswerAChallenge(int status) {
        try (Collector collector = Collector.start();
                SegmentFixture fixture = SegmentFixture.sendingOnFlush(collector.uri(), config -> config)) {
            collector.answerAll(Answer.status(status)
                    .header("WWW-Authenticate", "Basic realm=\"r\"")
                    .header("Proxy-Authenticate", "Basic realm=\"r\""));
            fixture.track(MESSAGES);
            fixture.flush();

            assertThat(fixture.stats().refused()).isEqualTo(MESSAGES);
            assertThat(collector.stats().requests()).isEqualTo(1);
        }
    }

    @Test
    void shouldDeliverOverTls() {
        try (Collector collector = Collector.builder().sslContext(context).start();
                SegmentFixture fixture =
                        SegmentFixture.sendingOnFlush(collector.uri(), config -> config.sslContext(context))) {
            fixture.track(MESSAGES);
            fixture.flush();

            assertThat(collector.stats().distinct()).isEqualTo(MESSAGES);
            fixture.assertQuiet();
        }
    }

    @Test
    void shouldRetryAndSayWhyWhenTheServerIsNotTrusted() {
        try (Collector collector = Collector.builder().sslContext(context).start();
                SegmentFixture fixture =
                        SegmentFixture.sendingOnFlush(collector.uri(), config -> config.maxRetries(1))) {
            fixture.track(MESSAGES);
            fixture.flush();

            assertThat(fixture.stats().expired()).isEqualTo(MESSAGES);
            assertThat(collector.stats().requests()).isZero();
            fixture.awaitWarning("retries used up", "TLS handshake failed: certificate not trusted");
        }
    }

    @Test
    void shouldRideOutAnOutageInTheMiddleOfTraffic() {
        try (Collector collector = Collector.start();
                SegmentFixture fixture = SegmentFixture.of(
                        collector.uri(),
                        config -> config.maxRetries(100).maxBatchMessages(50).ringSlots(65_536))) {
            traffic(fixture, Duration.ofMillis(300));
            collector.stop();
            traffic(fixture, Duration.ofSeconds(1));
            assertThat(fixture.stats().pending().total()).isPositive();
            collector.restart();
            traffic(fixture, Duration.ofMillis(300));
            fixture.flush();

            ClientStats stats = fixture.stats();
            assertThat(stats.refusals()).isZero();
            assertThat(stats.delivered()).as(stats.summary()).isEqualTo(stats.accepted());
            assertThat(collector.stats().distinct()).isEqualTo(stats.accepted());
            // An answer that the outage swallowed has its batch stored twice.
            Set<String> ids =
                    collector.events().stream().map(ReceivedEvent::uuid).collect(Collectors.toSet());
            assertThat(ids).hasSize((int) stats.accepted());
        }
    }

    private static void traffic(SegmentFixture fixture, Duration duration) {
        long deadline = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() - deadline < 0) {
            fixture.track(5);
            Await.pause(Duration.ofMillis(5));
        }
    }
}
