package dev.penstock.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.penstock.client.DeliveryNotice;
import dev.penstock.client.Outcome;
import dev.penstock.client.spi.ContentEncoder;
import dev.penstock.engine.encode.BodyWriter;
import dev.penstock.engine.pipeline.LaneCounters.Figure;
import dev.penstock.engine.testing.SentBatch;
import dev.penstock.engine.testing.StallingTransport;
import dev.penstock.engine.transport.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that judge event by event, and what is sent again. */
class VerdictTest {

    private static final Map<String, String> MIXED =
            Map.of("a", "ok", "b", "retry", "c", "drop", "d", "retry", "e", "strange");

    private final PipelineFixture pipeline = new PipelineFixture();
    private final List<DeliveryNotice> notices = new ArrayList<>();

    VerdictTest() {
        pipeline.v1 = true;
        pipeline.random = new NoJitter();
    }

    /** Another number each time, but no jitter. */
    private static final class NoJitter implements RandomGenerator {
        private long next;

        @Override
        public long nextLong() {
            return ++next;
        }

        @Override
        public double nextDouble() {
            return 0;
        }
    }

    private void captureAll(String... names) {
        for (String name : names) {
            pipeline.capture(name, "\u00e9 " + name);
        }
        pipeline.flush();
        pipeline.settle();
    }

    private SentBatch sent(int index) {
        return pipeline.transport.sent(index);
    }

    @Test
    void shouldSendAgainOnlyWhatIsToBeRetriedAsItWas() {
        StallingTransport transport = pipeline.stalling();
        captureAll("a", "b", "c", "d", "e");
        sent(0).answer(sent(0).verdicts(0, MIXED::get));
        pipeline.settle();
        assertThat(pipeline.settled(Outcome.DELIVERED)).isEqualTo(2);
        assertThat(pipeline.settled(Outcome.REFUSED)).isEqualTo(1);
        assertThat(pipeline.figure(Figure.IN_FLIGHT_EVENTS)).isEqualTo(2);

        pipeline.pass(Duration.ofMillis(490));
        assertThat(transport.requests()).isEqualTo(1);
        pipeline.pass(Duration.ofMillis(20));
        assertThat(sent(1).names()).containsExactly("b", "d");
        assertThat(sent(1).events())
                .containsExactly(sent(0).events().get(1), sent(0).events().get(3));
        assertSameRequest(sent(0), sent(1), 2);

        sent(1).answer(sent(1).verdicts(0, name -> "b".equals(name) ? "retry" : "ok"));
        pipeline.pass(Duration.ofMillis(1_010));
        assertThat(sent(2).names()).containsExactly("b");
        assertThat(sent(2).events()).containsExactly(sent(0).events().get(1));
        assertSameRequest(sent(1), sent(2), 3);
        sent(2).answer(sent(2).verdicts(0, name -> "ok"));
        pipeline.pass(Duration.ofSeconds(40), Duration.ofMillis(4));

        assertThat(transport.requests()).isEqualTo(3);
        assertThat(pipeline.figure(Figure.RETRIES)).isEqualTo(2);
        pipeline.assertOutcomes(4, 1, 0, 0);
    }

    private static void assertSameRequest(SentBatch earlier, SentBatch later, int attempt) {
        assertThat(later.header("PostHog-Request-Id")).isEqualTo(earlier.header("PostHog-Request-Id"));
        assertThat(later.header("PostHog-Attempt")).isEqualTo(Integer.toString(attempt));
        assertThat(later.header("PostHog-Request-Timestamp")).isNotEqualTo(earlier.header("PostHog-Request-Timestamp"));
        assertThat(later.tree().get("created_at")).isEqualTo(earlier.tree().get("created_at"));
        assertThat(later.request().maxAnswerBytes()).isEqualTo(64 * 1024 + later.size() * 1024);
    }

    @Test
    void shouldGiveEachBatchAnIdOfItsOwn() {
        pipeline.maxEvents = 1;
        pipeline.transport.script(batch -> batch.verdicts(0, name -> "ok"));
        captureAll("a", "b", "c");

        assertThat(pipeline.transport.sent())
                .extracting(batch -> batch.header("PostHog-Request-Id"))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
        assertThat(pipeline.transport.sent())
                .extracting(batch -> batch.header("PostHog-Attempt"))
                .containsOnly("1");
    }

    @Test
    void shouldCountWhatTheServerSaid() {
        Map<String, String> words = Map.of("a", "ok", "b", "warning", "c", "limited", "d", "new", "e", "drop");
        pipeline.transport.script(batch -> batch.verdicts(0, words::get));
        captureAll("a", "b", "c", "d", "e", "f", "a");

        assertThat(pipeline.figure(Figure.VERDICT_OK)).isEqualTo(2);
        assertThat(pipeline.figure(Figure.VERDICT_WARNING)).isEqualTo(1);
        assertThat(pipeline.figure(Figure.VERDICT_LIMITED)).isEqualTo(1);
        assertThat(pipeline.figure(Figure.VERDICT_UNKNOWN)).isEqualTo(1);
        assertThat(pipeline.figure(Figure.VERDICT_MISSING)).isEqualTo(1);
        assertThat(pipeline.figure(Figure.UNREADABLE)).isZero();
        pipeline.assertOutcomes(6, 1, 0, 0);
        pipeline.pass(Duration.ofMillis(200));
        assertThat(pipeline.logger.lines())
                .anyMatch(line -> line.text().contains("dropped events for good, last: drop"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "{\"status\": 1}", "{\"results\":{\"019c"})
    void shouldNotRetryWhatCannotBeRead(String body) {
        byte[] bytes = body == null ? null : body.getBytes(StandardCharsets.UTF_8);
        pipeline.transport.script(batch -> new Answer(200, 1_000, null, bytes));
        captureAll("a", "b");
        pipeline.pass(Duration.ofSeconds(40), Duration.ofMillis(4));

        assertThat(pipeline.transport.requests()).isEqualTo(1);
        assertThat(pipeline.figure(Figure.UNREADABLE)).isEqualTo(2);
        assertThat(pipeline.logger.lines()).anyMatch(line -> line.text().contains("could not be read"));
        pipeline.assertOutcomes(2, 0, 0, 0);
    }

    @Test
    void shouldSayHowManyEventsTheServerAsksForAgain() {
        pipeline.transport.script(
                batch -> batch.verdicts(0, pipeline.transport.requests() == 1 ? MIXED::get : name -> "ok"));
        captureAll("a", "b", "c", "d");
        pipeline.pass(Duration.ofSeconds(1));

        assertThat(pipeline.logger.lines())
                .anyMatch(
                        line -> line.text()
                                .endsWith(
                                        "the server took a request but asks for events to be sent again, last: retry (2 times)"))
                .noneMatch(line -> line.text().contains("request failed"));
        pipeline.assertOutcomes(3, 1, 0, 0);
    }

    @Test
    void shouldEncodeABodyOnceForAllItsTries() {
        int[] calls = {0};
        ContentEncoder encoder = new ContentEncoder() {
            @Override
            public String name() {
                return "as-is";
            }

            @Override
            public byte[] encode(byte[] bytes, int offset, int length) {
                calls[0]++;
                return Arrays.copyOfRange(bytes, offset, offset + length);
            }
        };
        pipeline.bodyWriters = () -> BodyWriter.encodedBy(encoder, (message, cause) -> {});
        StallingTransport transport = pipeline.stalling();
        captureAll("a", "b");
        sent(0).answer(503);
        pipeline.pass(Duration.ofMillis(510));
        sent(1).answerWithoutRelease(new Answer(503, 0, null));
        pipeline.pass(Duration.ofMillis(1_010));
        assertThat(transport.requests()).isEqualTo(3);
        assertThat(calls[0]).isEqualTo(1);
        assertThat(sent(2).header("Content-Encoding")).isEqualTo("as-is");
        assertThat(sent(2).json()).isEqualTo(sent(0).json());

        sent(2).answer(sent(2).verdicts(0, name -> "a".equals(name) ? "ok" : "retry"));
        pipeline.pass(Duration.ofMillis(2_010));
        assertThat(sent(3).names()).containsExactly("b");
        assertThat(calls[0]).as("another body").isEqualTo(2);
    }

    @Test
    void shouldTakeRetryAfterOfAnAnswerForALowerBound() {
        pipeline.transport.script(
                batch -> batch.verdicts(3_000, name -> pipeline.transport.requests() == 1 ? "retry" : "ok"));
        captureAll("a", "b");
        pipeline.pass(Duration.ofMillis(2_980));
        assertThat(pipeline.transport.requests()).isEqualTo(1);
        pipeline.pass(Duration.ofMillis(40));

        assertThat(sent(1).events()).isEqualTo(sent(0).events());
        pipeline.assertOutcomes(2, 0, 0, 0);
    }

    @Test
    void shouldShareOneBudgetBetweenPartialAndWholeRetries() {
        pipeline.maxRetries = 2;
        pipeline.transport.script(batch -> pipeline.transport.requests() == 2
                ? new Answer(503, 0, null)
                : batch.verdicts(0, name -> "b".equals(name) ? "retry" : "ok"));
        captureAll("a", "b", "c");
        pipeline.pass(Duration.ofSeconds(40), Duration.ofMillis(4));

        assertThat(pipeline.transport.sent())
                .extracting(SentBatch::names)
                .containsExactly(List.of("a", "b", "c"), List.of("b"), List.of("b"));
        pipeline.assertOutcomes(2, 0, 1, 0);
    }

    @Test
    void shouldNotRetryAtAllWhenThereAreNoRetries() {
        pipeline.maxRetries = 0;
        pipeline.listener = notices::add;
        pipeline.transport.script(batch -> batch.verdicts(0, MIXED::get));
        captureAll("a", "b", "c");

        assertThat(pipeline.transport.requests()).isEqualTo(1);
        pipeline.assertOutcomes(1, 1, 1, 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldTellTheListenerOfEachEventWithItsOwnReason(boolean gzip) throws Exception {
        pipeline.gzip = gzip;
        pipeline.maxRetries = 1;
        pipeline.listener = notices::add;
        pipeline.transport.script(batch -> batch.verdicts(0, MIXED::get));
        captureAll("a", "b", "c", "d", "e", "f");
        pipeline.pass(Duration.ofSeconds(2));
        pipeline.tellListener();

        String spent = "1 retries used up, last: retry";
        assertThat(notices)
                .extracting(DeliveryNotice::event, DeliveryNotice::outcome, DeliveryNotice::reason)
                .containsExactly(
                        tuple("a", Outcome.DELIVERED, "ok"),
                        tuple("c", Outcome.REFUSED, "drop"),
                        tuple("e", Outcome.DELIVERED, "unknown verdict: strange"),
                        tuple("f", Outcome.DELIVERED, "no verdict"),
                        tuple("b", Outcome.EXPIRED, spent),
                        tuple("d", Outcome.EXPIRED, spent));
        assertThat(notices).extracting(DeliveryNotice::json).containsExactlyInAnyOrderElementsOf(sent(0).events());
        assertThat(notices)
                .extracting(notice -> notice.uuid().toString())
                .containsExactlyInAnyOrderElementsOf(sent(0).uuids());
    }

    @Test
    void shouldSplitWhatIsLeftIntoRequestsOfTheirOwn() {
        StallingTransport transport = pipeline.stalling();
        captureAll("a", "b", "c", "d", "e");
        sent(0).answer(sent(0).verdicts(0, MIXED::get));
        pipeline.pass(Duration.ofMillis(510));
        sent(1).answer(413);
        pipeline.settle();
        assertThat(transport.sent().subList(2, 4))
                .extracting(SentBatch::names)
                .containsExactly(List.of("b"), List.of("d"));
        assertThat(List.of(sent(1), sent(2), sent(3)))
                .extracting(batch -> batch.header("PostHog-Request-Id"))
                .doesNotHaveDuplicates();
        assertThat(sent(2).header("PostHog-Attempt")).isEqualTo("1");
        sent(2).answer(sent(2).verdicts(0, name -> "ok"));
        sent(3).answer(413);
        pipeline.settle();

        pipeline.assertOutcomes(3, 2, 0, 0);
    }

    @Test
    void shouldBoundTheRequestsOfOneOriginalBatch() {
        pipeline.maxRetries = 100;
        pipeline.transport.script(batch ->
                pipeline.transport.requests() == 1 ? new Answer(413, 0, null) : batch.verdicts(0, name -> "retry"));
        captureAll("a", "b");
        pipeline.pass(Duration.ofHours(2), Duration.ofMillis(50));

        assertThat(pipeline.transport.requests()).isEqualTo(128);
        pipeline.assertOutcomes(0, 2, 0, 0);
    }

    @Test
    void shouldLeaveABodyInDoubtAlone() {
        StallingTransport transport = pipeline.stalling();
        captureAll("a", "b", "c");
        sent(0).answerWithoutRelease(sent(0).verdicts(0, MIXED::get));
        pipeline.pass(Duration.ofMillis(510));
        captureAll("later");
        sent(1).answer(sent(1).verdicts(0, name -> "ok"));
        sent(2).answer(sent(2).verdicts(0, name -> "ok"));
        pipeline.settle();

        assertThat(transport.sent()).allMatch(SentBatch::isUntouched);
        pipeline.assertOutcomes(3, 1, 0, 0);
    }

    @Test
    void shouldTryTheRestAgainWhenNoAnswerCame() {
        pipeline.stalling();
        captureAll("a", "b", "c");
        sent(0).answer(sent(0).verdicts(0, MIXED::get));
        pipeline.pass(Duration.ofMillis(510));
        pipeline.pass(PipelineFixture.TIMEOUT.plusMillis(1_100));
        assertThat(sent(2).names()).containsExactly("b");
        assertSameRequest(sent(1), sent(2), 3);
        sent(2).answer(sent(2).verdicts(0, name -> "ok"));
        pipeline.settle();

        pipeline.assertOutcomes(2, 1, 0, 0);
    }

    @Test
    void shouldCountAFlushDoneOnlyWhenTheRestIs() {
        pipeline.stalling();
        pipeline.capture("b");
        pipeline.capture("a");
        CountDownLatch done = pipeline.flush();
        pipeline.settle();
        sent(0).answer(sent(0).verdicts(0, MIXED::get));
        pipeline.pass(Duration.ofMillis(510));
        assertThat(done.getCount()).isEqualTo(1);
        sent(1).answer(sent(1).verdicts(0, name -> "ok"));
        pipeline.settle();

        assertThat(done.getCount()).isZero();
    }

    @Test
    void shouldDiscardOnlyWhatHasNoOutcomeYet() throws Exception {
        pipeline.listener = notices::add;
        pipeline.transport.script(batch -> batch.verdicts(0, MIXED::get));
        captureAll("a", "b", "c", "d");
        pipeline.requestClose(Duration.ZERO);
        pipeline.settle();
        pipeline.tellListener();

        pipeline.assertOutcomes(1, 1, 0, 2);
        assertThat(notices)
                .filteredOn(notice -> notice.outcome() == Outcome.DISCARDED)
                .extracting(DeliveryNotice::event)
                .containsExactly("b", "d");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 501, 599, 401, 402, 415})
    void shouldRefuseTheBatchAtOnceOnAFinalStatus(int status) {
        pipeline.transport.script(batch -> new Answer(status, 1_000, null));
        captureAll("a", "b");
        pipeline.pass(Duration.ofSeconds(40), Duration.ofMillis(4));

        assertThat(pipeline.transport.requests()).isEqualTo(1);
        pipeline.assertOutcomes(0, 2, 0, 0);
    }

    @Test
    void shouldJudgeEachEventOfFullBatchesThatAreOnTheirWayAtOnce() {
        pipeline.maxEvents = 2;
        StallingTransport transport = pipeline.stalling();
        long rounds = 20;
        for (long i = 0; i < rounds; i++) {
            captureAll("a" + i, "b" + i);
            captureAll("c" + i, "d" + i);
            SentBatch first = sent(transport.requests() - 2);
            SentBatch second = sent(transport.requests() - 1);
            assertThat(first.names()).containsExactly("a" + i, "b" + i);
            second.answer(second.verdicts(0, name -> name.startsWith("d") ? "drop" : "ok"));
            pipeline.settle();
            captureAll("e" + i, "f" + i); // in the arrays of the second, while the first is on its way
            SentBatch third = sent(transport.requests() - 1);
            first.answer(first.verdicts(0, name -> name.startsWith("a") ? "drop" : "ok"));
            third.answer(third.verdicts(0, name -> "ok"));
            pipeline.settle();
            assertThat(pipeline.settled(Outcome.REFUSED)).isEqualTo(2 * (i + 1));
            assertThat(pipeline.settled(Outcome.DELIVERED)).isEqualTo(4 * (i + 1));
        }
        pipeline.assertOutcomes(4 * rounds, 2 * rounds, 0, 0);
    }
}
