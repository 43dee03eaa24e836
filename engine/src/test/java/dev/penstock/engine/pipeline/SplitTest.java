package dev.penstock.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.testing.SentBatch;
import dev.penstock.engine.testing.StallingTransport;
import dev.penstock.engine.transport.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch that cannot be taken is cut in half, and in half again. */
class SplitTest {

    private final PipelineFixture pipeline = new PipelineFixture();

    @ParameterizedTest
    @CsvSource({"400,true,0", "400,false,37", "413,true,99", "413,false,50"})
    void shouldLoseOnlyThePoisonEventAmongAHundred(int status, boolean gzip, int at) {
        pipeline.gzip = gzip;
        pipeline.transport.script(batch -> new Answer(batch.names().contains("poison") ? status : 200, 0, null));
        for (int i = 0; i < 100; i++) {
            pipeline.capture(i == at ? "poison" : "event-" + i, "\u00e9".repeat(i));
        }
        pipeline.settle();

        pipeline.assertOutcomes(99, 1, 0, 0);
        assertThat(pipeline.transport.requests()).isLessThanOrEqualTo(16);
        assertThat(pipeline.figure(LaneCounters.Figure.SPLITS)).isBetween(6L, 7L);
        assertEachEventDeliveredOnceAndAsItWas();
    }

    private void assertEachEventDeliveredOnceAndAsItWas() {
        List<String> original = pipeline.transport.sent(0).events();
        List<String> delivered = new ArrayList<>();
        for (SentBatch batch : pipeline.transport.sent()) {
            if (!batch.names().contains("poison")) {
                delivered.addAll(batch.events());
            }
            assertThat(original).containsSubsequence(batch.events());
        }
        assertThat(delivered).hasSize(99).doesNotHaveDuplicates();
        assertThat(original).containsAll(delivered);
    }

    @Test
    void shouldRefuseTheWholeBatchAtOnceWhenSplittingIsOff() {
        pipeline.split = false;
        pipeline.transport.script(batch -> new Answer(batch.names().contains("poison") ? 400 : 200, 0, null));
        pipeline.capture(99);
        pipeline.capture("poison");
        pipeline.settle();
        pipeline.pass(Duration.ofSeconds(10), Duration.ofMillis(4));

        assertThat(pipeline.transport.requests()).isEqualTo(1);
        pipeline.assertOutcomes(0, 100, 0, 0);
    }

    @Test
    void shouldSplitOn413EvenWhenSplittingOn400IsOff() {
        pipeline.split = false;
        pipeline.transport.script(batch -> new Answer(batch.size() > 30 ? 413 : 200, 0, null));
        pipeline.capture(100);
        pipeline.settle();

        pipeline.assertOutcomes(100, 0, 0, 0);
        assertThat(pipeline.transport.requests()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413})
    void shouldRefuseASingleEventWithOneRequest(int status) {
        pipeline.transport.script(batch -> new Answer(status, 0, null));
        pipeline.capture("one");
        pipeline.flush();
        pipeline.settle();
        pipeline.pass(Duration.ofSeconds(10), Duration.ofMillis(4));

        assertThat(pipeline.transport.requests()).isEqualTo(1);
        pipeline.assertOutcomes(0, 1, 0, 0);
    }

    @ParameterizedTest
    @CsvSource({"413,100", "413,1000", "400,1000", "413,64", "413,65"})
    void shouldBoundTheRequestsOfOneOriginalBatch(int status, int events) {
        pipeline.maxEvents = events;
        pipeline.transport.script(batch -> new Answer(status, 0, null));
        pipeline.capture(events);
        pipeline.settle();
        pipeline.pass(Duration.ofSeconds(10), Duration.ofMillis(4));

        assertThat(pipeline.transport.requests()).isEqualTo(Math.min(128, 2 * events - 1));
        pipeline.assertOutcomes(0, events, 0, 0);
    }

    @Test
    void shouldGiveEachOriginalBatchItsOwnBound() {
        pipeline.transport.script(batch -> new Answer(413, 0, null));
        pipeline.capture(300);
        pipeline.settle();

        assertThat(pipeline.transport.requests()).isEqualTo(3 * 128);
        pipeline.assertOutcomes(0, 300, 0, 0);
    }

    @Test
    void shouldGiveHalvesAFreshRetryBudget() {
        pipeline.maxRetries = 1;
        Set<List<String>> failedOnce = new HashSet<>();
        pipeline.transport.script(batch -> {
            if (failedOnce.add(batch.names())) {
                return new Answer(503, 0, null);
            }
            return new Answer(batch.names().contains("poison") ? 400 : 200, 0, null);
        });
        pipeline.capture(3);
        pipeline.capture("poison");
        pipeline.flush();
        pipeline.settle();
        pipeline.pass(Duration.ofSeconds(20), Duration.ofMillis(4));

        pipeline.assertOutcomes(3, 1, 0, 0);
    }

    @Test
    void shouldSplitABodyThatIsInDoubtWithoutTouchingIt() {
        StallingTransport transport = pipeline.stalling();
        pipeline.capture(4);
        pipeline.flush();
        pipeline.settle();
        transport.sent(0).answerWithoutRelease(new Answer(413, 0, null));
        pipeline.settle();
        assertThat(transport.sent().subList(1, 3)).extracting(SentBatch::size).containsExactly(2, 2);
        transport.sent(1).answer(200);
        transport.sent(2).answer(200);
        pipeline.settle();

        assertThat(transport.sent()).allMatch(SentBatch::isUntouched);
        pipeline.assertOutcomes(4, 0, 0, 0);
    }

    @Test
    void shouldCountAFlushDoneOnlyWhenTheHalvesAre() {
        StallingTransport transport = pipeline.stalling();
        pipeline.capture(2);
        var done = pipeline.flush();
        pipeline.settle();
        transport.sent(0).answer(413);
        pipeline.settle();
        transport.sent(1).answer(200);
        pipeline.settle();
        assertThat(done.getCount()).isEqualTo(1);
        transport.sent(2).answer(413);
        pipeline.settle();
        assertThat(done.getCount()).isZero();
        pipeline.assertOutcomes(1, 1, 0, 0);
    }
}
