package dev.penstock.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.testing.SentBatch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What closes a batch, and that nothing else does. */
class BatchClosingTest {

    private static final int TARGET = 4_096;

    private final PipelineFixture pipeline = new PipelineFixture();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100, 1_000})
    void shouldCloseABatchAtExactlyTheConfiguredCount(int count) {
        pipeline.maxEvents = count;

        pipeline.capture(count - 1);
        pipeline.settle();
        assertThat(pipeline.transport.requests()).isZero();
        assertThat(pipeline.figure(LaneCounters.Figure.OPEN_EVENTS)).isEqualTo(count - 1);

        pipeline.capture("last");
        pipeline.settle();
        assertThat(pipeline.transport.requests()).isEqualTo(1);
        assertThat(pipeline.transport.sent(0).names()).hasSize(count).endsWith("last");
        pipeline.assertOutcomes(count, 0, 0, 0);
    }

    @Test
    void shouldKeepTheOrderOfCaptureWithinAndAcrossBatches() {
        pipeline.maxEvents = 10;

        pipeline.capture(35);
        pipeline.flush();
        pipeline.settle();

        List<String> names = pipeline.transport.sent().stream()
                .flatMap(batch -> batch.names().stream())
                .toList();
        assertThat(names).hasSize(35);
        for (int i = 0; i < names.size(); i++) {
            assertThat(names.get(i)).isEqualTo("event-" + i);
        }
        assertThat(pipeline.transport.sent()).extracting(SentBatch::size).containsExactly(10, 10, 10, 5);
    }

    @ParameterizedTest
    @CsvSource({"plain,a", "two bytes each,\u00e9", "three bytes each,\u6f22", "four bytes each,\ud83d\ude00"})
    void shouldCountBytesExactly(String what, String unit) {
        String first = unit.repeat(200);
        int envelope = envelopeLength();
        int left = TARGET - envelope - eventLength(first) - 1;
        String second = unit.repeat(300);
        String exact = second + "x".repeat(left - eventLength(second));
        assertThat(eventLength(exact)).as(what).isEqualTo(left);

        PipelineFixture below = withTarget();
        below.capture("e", first);
        below.capture("e", exact.substring(0, exact.length() - 1));
        below.settle();
        assertThat(below.transport.requests()).as("one byte below").isZero();
        below.pass(PipelineFixture.LINGER);
        assertThat(below.transport.sent(0).plainLength()).isEqualTo(TARGET - 1);
        assertThat(below.transport.sent(0).size()).isEqualTo(2);

        PipelineFixture full = withTarget();
        full.capture("e", first);
        full.capture("e", exact);
        full.settle();
        assertThat(full.transport.requests()).as("exactly full").isEqualTo(1);
        assertThat(full.transport.sent(0).plainLength()).isEqualTo(TARGET);
        assertThat(full.transport.sent(0).size()).isEqualTo(2);

        PipelineFixture above = withTarget();
        above.capture("e", first);
        above.capture("e", exact + "x");
        above.settle();
        assertThat(above.transport.requests()).as("one byte above").isEqualTo(1);
        assertThat(above.transport.sent(0).size()).isEqualTo(1);
        above.pass(PipelineFixture.LINGER);
        assertThat(above.transport.sent(1).size()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldSendAnEventLargerThanTheTargetAlone(boolean gzip) {
        pipeline.gzip = gzip;
        pipeline.maxBytes = 2_048;
        String text = "\u6f22".repeat(3_000);

        pipeline.capture("before");
        pipeline.capture("large", text);
        pipeline.capture("after");
        pipeline.settle();
        assertThat(pipeline.transport.sent())
                .extracting(SentBatch::names)
                .containsExactly(List.of("before"), List.of("large"));

        pipeline.pass(PipelineFixture.LINGER);
        pipeline.settle();
        assertThat(pipeline.transport.sent(2).names()).containsExactly("after");
        assertThat(pipeline.transport.sent(1).json()).contains(text);
        pipeline.assertOutcomes(3, 0, 0, 0);
    }

    @Test
    void shouldSendNothingBeforeTheLingerIsOver() {
        pipeline.capture(3);
        pipeline.turn();
        pipeline.pass(PipelineFixture.LINGER.minusMillis(1));
        assertThat(pipeline.transport.requests()).isZero();

        pipeline.pass(PipelineFixture.TICK);
        assertThat(pipeline.transport.requests()).isEqualTo(1);
        assertThat(pipeline.transport.sent(0).size()).isEqualTo(3);
    }

    @Test
    void shouldCountTheLingerFromTheFirstEventOfTheBatch() {
        pipeline.capture("first");
        pipeline.turn();
        pipeline.pass(Duration.ofMillis(150));
        pipeline.capture("second");
        pipeline.pass(Duration.ofMillis(49));
        assertThat(pipeline.transport.requests()).isZero();

        pipeline.pass(PipelineFixture.TICK);
        assertThat(pipeline.transport.sent(0).names()).containsExactly("first", "second");

        pipeline.capture("third");
        pipeline.turn();
        pipeline.pass(PipelineFixture.LINGER.minusMillis(1));
        assertThat(pipeline.transport.requests()).isEqualTo(1);
        pipeline.pass(PipelineFixture.TICK);
        assertThat(pipeline.transport.requests()).isEqualTo(2);
    }

    @Test
    void shouldMakeOneRequestOfFiveCapturesApartAndAFlush() {
        pipeline.maxEvents = 10;
        for (int i = 0; i < 5; i++) {
            pipeline.capture("event-" + i);
            pipeline.pass(Duration.ofMillis(30));
        }
        assertThat(pipeline.transport.requests()).isZero();

        CountDownLatch done = pipeline.flush();
        pipeline.settle();
        assertThat(done.getCount()).isZero();
        assertThat(pipeline.transport.requests()).isEqualTo(1);
        assertThat(pipeline.transport.sent(0).size()).isEqualTo(5);
    }

    @Test
    void shouldCountTheWaitFromTheLastLookIntoTheRing() {
        pipeline.turn();
        pipeline.capture("found a millisecond later");

        pipeline.pass(PipelineFixture.LINGER.minusMillis(1));
        assertThat(pipeline.transport.requests()).isZero();

        pipeline.pass(Duration.ofMillis(1));
        assertThat(pipeline.transport.requests()).isEqualTo(1);
    }

    @Test
    void shouldNotTakeAnEventForOldBecauseTheThreadWasHeldUp() {
        pipeline.turn();
        pipeline.clock.advance(Duration.ofMinutes(1));
        pipeline.capture("right now");

        pipeline.turn();
        assertThat(pipeline.transport.requests()).isZero();
        assertThat(pipeline.agent().untilDueNs())
                .isEqualTo(PipelineFixture.LINGER.toNanos() - PipelineAgent.MAX_REST_NS);

        pipeline.pass(PipelineFixture.LINGER);
        assertThat(pipeline.transport.requests()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"$ai_generation,other", "other,$ai_generation"})
    void shouldSayHowLongUntilTheFirstOfSeveralBatchesHasToLeave(String first, String second) {
        pipeline.v1 = true;
        pipeline.turn();
        pipeline.capture(first);
        pipeline.pass(Duration.ofMillis(150));
        pipeline.capture(second);
        pipeline.pass(Duration.ofMillis(1));

        assertThat(pipeline.agent().untilDueNs())
                .isEqualTo(Duration.ofMillis(49).toNanos());
    }

    @Test
    void shouldSayHowLongUntilABatchHasToLeave() {
        pipeline.turn();
        assertThat(pipeline.agent().untilDueNs()).as("nothing open").isEqualTo(Long.MAX_VALUE);

        pipeline.capture("first");
        pipeline.pass(Duration.ofMillis(150));
        pipeline.capture("second");
        pipeline.pass(Duration.ofMillis(1));
        assertThat(pipeline.agent().untilDueNs())
                .isEqualTo(Duration.ofMillis(49).toNanos());

        pipeline.pass(Duration.ofMillis(49));
        assertThat(pipeline.transport.requests()).isEqualTo(1);
        assertThat(pipeline.agent().untilDueNs()).as("sent").isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldMakeNoRequestWhenThereIsNothingToSend() {
        CountDownLatch done = pipeline.flush();
        pipeline.settle();
        pipeline.pass(Duration.ofSeconds(5));

        assertThat(done.getCount()).isZero();
        assertThat(pipeline.transport.requests()).isZero();
    }

    @Test
    void shouldNotSendTheOpenBatchEarlyBecauseOfAnEventThatIsRefused() {
        pipeline.maxEventBytes = 2_048;

        pipeline.capture("before");
        pipeline.capture("over the limit once escaped", "\"".repeat(1_500));
        pipeline.capture("after");
        pipeline.settle();
        assertThat(pipeline.transport.requests()).as("sent before linger").isZero();

        pipeline.pass(PipelineFixture.LINGER);
        pipeline.settle();
        assertThat(pipeline.transport.sent()).extracting(SentBatch::names).containsExactly(List.of("before", "after"));
        pipeline.assertOutcomes(2, 1, 0, 0);
    }

    @Test
    void shouldRefuseAnEventOverTheLimitAndKeepItsNeighbours() {
        pipeline.maxEventBytes = 2_048;

        pipeline.capture("before");
        pipeline.capture("over the limit once escaped", "\"".repeat(1_500));
        pipeline.capture("after");
        pipeline.flush();
        pipeline.settle();

        assertThat(pipeline.transport.sent()).flatExtracting(SentBatch::names).containsExactly("before", "after");
        pipeline.assertOutcomes(2, 1, 0, 0);
        assertThat(pipeline.logger.from(System.Logger.Level.WARNING))
                .singleElement()
                .asString()
                .contains("2048");
    }

    @Test
    void shouldAcceptAnEventOfExactlyTheLimit() {
        pipeline.maxEventBytes = 2_048;
        String fits = "x".repeat(2_048 - eventLength(""));

        pipeline.capture("e", fits);
        pipeline.capture("e", fits + "x");
        pipeline.flush();
        pipeline.settle();

        assertThat(pipeline.transport.sent(0).events().get(0)).hasSize(2_048);
        pipeline.assertOutcomes(1, 1, 0, 0);
    }

    private static PipelineFixture withTarget() {
        PipelineFixture pipeline = new PipelineFixture();
        pipeline.maxBytes = TARGET;
        return pipeline;
    }

    /** The length of the JSON of an event named {@code e} with a text. */
    private static int eventLength(String text) {
        return probe(text).events().get(0).getBytes(StandardCharsets.UTF_8).length;
    }

    private static int envelopeLength() {
        SentBatch sent = probe("");
        return sent.plainLength() - sent.events().get(0).length();
    }

    private static SentBatch probe(String text) {
        PipelineFixture probe = new PipelineFixture();
        probe.capture("e", text);
        probe.flush();
        probe.settle();
        return probe.transport.sent(0);
    }
}
