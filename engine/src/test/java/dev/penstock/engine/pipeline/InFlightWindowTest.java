package dev.penstock.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.Outcome;
import dev.penstock.engine.testing.SentBatch;
import dev.penstock.engine.testing.StallingTransport;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much is open at a time: requests and bytes. */
class InFlightWindowTest {

    private final PipelineFixture pipeline = new PipelineFixture();
    private final StallingTransport transport = pipeline.stalling();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 64})
    void shouldOpenNoMoreRequestsThanConfigured(int window) {
        pipeline.maxRequests = window;
        pipeline.maxEvents = 1;
        pipeline.capture(100);
        pipeline.settle();
        assertThat(transport.requests()).isEqualTo(window);

        for (int i = 0; i < 100; i++) {
            transport.sent(i).answer(200);
            pipeline.settle();
            assertThat(transport.open()).isEqualTo(Math.min(window, 99 - i));
        }
        assertThat(transport.sent().stream().flatMap(batch -> batch.names().stream()))
                .isEqualTo(java.util.stream.IntStream.range(0, 100)
                        .mapToObj(i -> "event-" + i)
                        .toList());
        pipeline.assertOutcomes(100, 0, 0, 0);
    }

    @Test
    void shouldCountARequestOutOfTheWindowOnceItsTimeIsUp() {
        pipeline.maxRequests = 1;
        pipeline.maxEvents = 1;
        pipeline.capture("hangs");
        pipeline.capture("next");
        pipeline.settle();
        assertThat(transport.requests()).isEqualTo(1);

        pipeline.pass(PipelineFixture.TIMEOUT.plusMillis(10));
        assertThat(transport.requests()).isEqualTo(2);
        assertThat(transport.sent(1).names()).containsExactly("next");
    }

    @Test
    void shouldStopReadingTheRingWhenTheBytesAreUsedUpAndGoOnAfterwards() {
        pipeline.maxEvents = 1;
        pipeline.maxInFlightBytes = 256 * 1024;
        int events = 100;
        pipeline.capture(events);
        pipeline.settle();

        long inRing = pipeline.ring().countPublished();
        assertThat(inRing).isPositive();
        assertThat(pipeline.figure(LaneCounters.Figure.IN_FLIGHT_EVENTS) + inRing)
                .isEqualTo(events);
        pipeline.pass(Duration.ofSeconds(1));
        assertThat(pipeline.ring().countPublished())
                .as("reads nothing while full")
                .isEqualTo(inRing);

        for (int i = 0; i < events; i++) {
            transport.sent(i).answer(200);
            pipeline.settle();
        }
        assertThat(pipeline.ring().countPublished()).isZero();
        assertThat(transport.sent().stream().flatMap(batch -> batch.names().stream()))
                .hasSize(events)
                .doesNotHaveDuplicates();
        pipeline.assertOutcomes(events, 0, 0, 0);
    }

    @Test
    void shouldGiveTheBytesBackWhateverTheOutcome() {
        pipeline.maxEvents = 2;
        pipeline.maxInFlightBytes = 64 * 1024;
        pipeline.maxRetries = 1;
        int[] statuses = {200, 401, 413, 503};
        for (int round = 0; round < 60; round++) {
            pipeline.capture(2);
            pipeline.settle();
            transport.sent().get(transport.requests() - 1).answer(statuses[round % statuses.length]);
            // Halves and retries of that one.
            for (int i = 0; i < 4; i++) {
                pipeline.pass(Duration.ofMillis(600), Duration.ofMillis(4));
                transport.sent().stream()
                        .filter(batch -> !batch.isBodyReleased())
                        .toList()
                        .forEach(batch -> batch.answer(413));
            }
            pipeline.settle();
            assertThat(pipeline.ring().countPublished()).as("round " + round).isZero();
            assertThat(pipeline.figure(LaneCounters.Figure.IN_FLIGHT_EVENTS))
                    .as("round " + round)
                    .isZero();
        }
        assertThat(pipeline.settled(Outcome.DELIVERED) + pipeline.settled(Outcome.REFUSED))
                .isEqualTo(120);
    }

    @Test
    void shouldReuseABodyOnlyOnceNobodyReadsIt() {
        pipeline.maxEvents = 1;
        pipeline.capture("first");
        pipeline.settle();
        transport.sent(0).answer(200);
        pipeline.settle();
        byte[] before = transport.sent(0).request().body();
        pipeline.capture("second");
        pipeline.settle();

        assertThat(transport.sent(1).request().body()).as("recycled").isSameAs(before);
        assertThat(transport.sent(1).names()).containsExactly("second");
        transport.sent(1).answer(200);
        pipeline.settle();
        assertThat(transport.sent()).extracting(SentBatch::isCancelled).containsOnly(false);
    }
}
