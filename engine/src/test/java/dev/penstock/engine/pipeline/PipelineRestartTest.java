package dev.penstock.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.testing.StallingTransport;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A pipeline whose runner ends without its asking keeps everything for the next. */
class PipelineRestartTest {

    private final PipelineFixture pipeline = new PipelineFixture();

    @Test
    void shouldKeepItsStateWhenTheRunnerEndsAtAnyPoint() {
        StallingTransport transport = pipeline.stalling();
        pipeline.maxEvents = 2;
        pipeline.capture(3);
        CountDownLatch flush = pipeline.flush();
        pipeline.agent().onClose(); // before it has begun
        pipeline.turn();
        pipeline.agent().onClose(); // with batches open and on the wire
        assertThat(flush.getCount()).isEqualTo(1);
        assertThat(pipeline.agent().hasEnded()).isFalse();

        pipeline.settle();
        transport.sent(0).answer(200);
        pipeline.agent().onClose(); // with an answer waiting
        transport.sent(1).answer(200);
        pipeline.settle();

        assertThat(flush.getCount()).isZero();
        pipeline.assertOutcomes(3, 0, 0, 0);
        pipeline.requestClose(Duration.ofSeconds(1));
        pipeline.settle();
        assertThat(pipeline.hasEnded()).isTrue();
        assertThat(pipeline.agent().hasEnded()).isTrue();
    }

    @Test
    void shouldEndAsAskedAfterARunnerHasEnded() {
        pipeline.stalling();
        pipeline.capture(5);
        pipeline.turn();
        pipeline.requestClose(Duration.ZERO);
        pipeline.agent().onClose();
        assertThat(pipeline.agent().hasEnded()).isFalse();

        pipeline.settle();
        assertThat(pipeline.agent().hasEnded()).isTrue();
        pipeline.assertOutcomes(0, 0, 0, 5);
    }

    @Test
    void shouldCountItsTurns() {
        long before = pipeline.agent().turns();
        pipeline.turn();
        pipeline.turn();
        assertThat(pipeline.agent().turns()).isEqualTo(before + 2);
    }

    @Test
    void shouldEndWithoutEverHavingBegun() {
        CountDownLatch flush = pipeline.flush();
        pipeline.agent().abandon();
        assertThat(pipeline.agent().hasEnded()).isTrue();
        assertThat(flush.getCount()).isZero();
    }
}
