package dev.penstock.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.Outcome;
import dev.penstock.engine.testing.SneakyThrow;
import dev.penstock.engine.testing.StallingTransport;
import dev.penstock.engine.transport.Answer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One bad turn, one bad record or one bad neighbour does not end the lane. */
class PipelineFaultTest {

    private final PipelineFixture pipeline = new PipelineFixture();

    @Test
    void shouldContainATurnThatThrows() {
        int[] turns = {0};
        pipeline.conditions = () -> {
            if (turns[0]++ == 0) {
                throw new IllegalStateException("conditions");
            }
        };
        pipeline.capture(3);
        pipeline.flush();
        pipeline.settle();
        pipeline.pass(Duration.ofSeconds(1));

        assertThat(turns[0]).isGreaterThan(1);
        pipeline.assertOutcomes(3, 0, 0, 0);
        assertThat(pipeline.logger.from(System.Logger.Level.WARNING))
                .singleElement()
                .asString()
                .contains("IllegalStateException");
    }

    @Test
    void shouldContainAnErrorToo() {
        pipeline.conditions = () -> {
            throw new StackOverflowError();
        };
        pipeline.capture(3);
        CountDownLatch done = pipeline.flush();
        pipeline.settle();
        assertThat(done.getCount()).isZero();
        pipeline.assertOutcomes(3, 0, 0, 0);
    }

    @Test
    void shouldEndEvenIfEveryTurnThrows() {
        pipeline.conditions = () -> {
            throw new IllegalStateException("conditions");
        };
        pipeline.stalling();
        pipeline.capture(3);
        pipeline.requestClose(Duration.ofMillis(500));
        pipeline.pass(Duration.ofSeconds(2));

        assertThat(pipeline.hasEnded()).isTrue();
        pipeline.assertOutcomes(0, 0, 0, 3);
    }

    @Test
    void shouldGiveEveryEventAnOutcomeEvenIfTheTransportThrows() {
        pipeline.transport.script(batch -> {
            if (pipeline.transport.requests() == 1) {
                throw new OutOfMemoryError("for a test");
            }
            return new Answer(200, 0, null);
        });
        pipeline.maxEvents = 1;
        pipeline.capture(3);
        pipeline.settle();
        pipeline.pass(Duration.ofSeconds(40), Duration.ofMillis(4));

        assertThat(pipeline.settled(Outcome.DELIVERED) + pipeline.settled(Outcome.EXPIRED))
                .isEqualTo(3);
        assertThat(pipeline.figure(LaneCounters.Figure.IN_FLIGHT_EVENTS)).isZero();
    }

    @Test
    void shouldRefuseARecordThatCannotBeReadAndGoOn() {
        pipeline.capture("before");
        byte[] garbage = new byte[250];
        Arrays.fill(garbage, (byte) 0x7f);
        ByteBuffer.wrap(garbage).order(ByteOrder.LITTLE_ENDIAN).putInt(0, garbage.length);
        pipeline.ring().publish(pipeline.ring().tryClaim(1), 1, garbage, garbage.length);
        pipeline.capture("after");
        pipeline.flush();
        pipeline.settle();

        assertThat(pipeline.transport.sent(0).names()).containsExactly("before", "after");
        pipeline.assertOutcomes(2, 1, 0, 0);
    }

    @Test
    void shouldContainWhateverATurnThrows() {
        pipeline.conditions = () -> SneakyThrow.of(new IOException("not declared"));
        pipeline.capture(3);
        pipeline.flush();
        pipeline.settle();

        pipeline.assertOutcomes(3, 0, 0, 0);
        pipeline.requestClose(Duration.ZERO);
        pipeline.settle();
        assertThat(pipeline.hasEnded()).isTrue();
    }

    @Test
    void shouldTryAgainWhateverTheTransportThrows() {
        pipeline.transport.script(batch -> pipeline.transport.requests() == 1
                ? SneakyThrow.of(new IOException("not declared"))
                : new Answer(200, 0, null));
        pipeline.capture(3);
        pipeline.flush();
        pipeline.settle();
        pipeline.pass(Duration.ofSeconds(1));

        assertThat(pipeline.transport.requests()).isEqualTo(2);
        pipeline.assertOutcomes(3, 0, 0, 0);
    }

    /** The id of a request takes two random numbers, the delay before a retry the third. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void shouldDiscardABatchThatCannotBeHandledAndGoOn(int sound) {
        failAfter(sound);
        pipeline.transport.script(batch -> new Answer(batch.names().contains("event-0") ? 503 : 200, 0, null));
        pipeline.capture(2);
        pipeline.flush();
        pipeline.settle();
        pipeline.capture("after");
        pipeline.flush();
        pipeline.settle();

        pipeline.assertOutcomes(1, 0, 0, 2);
        assertThat(pipeline.transport.requests()).isEqualTo(sound == 0 ? 1 : 2);
    }

    @Test
    void shouldDiscardABatchWhoseDeadlineCannotBeHandled() {
        failAfter(2);
        pipeline.stalling();
        pipeline.capture(2);
        pipeline.flush();
        pipeline.settle();
        pipeline.pass(PipelineFixture.TIMEOUT.plusMillis(10));

        pipeline.assertOutcomes(0, 0, 0, 2);
    }

    @Test
    void shouldGiveUpWhatCannotBeCancelled() {
        StallingTransport transport = pipeline.stalling();
        pipeline.maxEvents = 1;
        pipeline.capture(2);
        pipeline.settle();
        transport.sent().forEach(batch -> batch.onCancel(() -> SneakyThrow.of(new IOException("not declared"))));
        pipeline.pass(PipelineFixture.TIMEOUT.plusMillis(520));
        assertThat(pipeline.figure(LaneCounters.Figure.TIMEOUTS)).isEqualTo(2);
        assertThat(transport.requests()).isEqualTo(4);

        transport.sent().forEach(batch -> batch.onCancel(() -> SneakyThrow.of(new IOException("not declared"))));
        pipeline.requestClose(Duration.ZERO);
        pipeline.settle();
        assertThat(pipeline.hasEnded()).isTrue();
        pipeline.assertOutcomes(0, 0, 0, 2);
    }

    private void failAfter(int sound) {
        int[] numbers = {0};
        RandomGenerator failing =
                () -> numbers[0]++ == sound ? SneakyThrow.<Long>of(new IOException("not declared")) : 0L;
        pipeline.random = failing;
    }
}
