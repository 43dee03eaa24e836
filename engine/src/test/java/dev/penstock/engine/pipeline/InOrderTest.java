package dev.penstock.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.penstock.engine.record.TestSeed;
import dev.penstock.engine.testing.SentBatch;
import dev.penstock.engine.testing.StallingTransport;
import dev.penstock.engine.transport.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A lane whose batches may not overtake each other. */
class InOrderTest {

    private static final int[] STATUSES = {200, 200, 200, 503, 429, 413, 401};

    private static final RetryRules RULES = RetryRules.steady(3, 500);

    private final PipelineFixture pipeline = new PipelineFixture();

    InOrderTest() {
        pipeline.inOrder = true;
        pipeline.maxRequests = 1;
    }

    @Test
    void shouldSendNothingWhileABatchWaitsForItsRetry() {
        pipeline.maxEvents = 1;
        pipeline.transport.script(batch -> new Answer(pipeline.transport.requests() == 1 ? 503 : 200, 0, null));
        pipeline.capture(3);
        pipeline.settle();
        pipeline.pass(Duration.ofMillis(490));
        assertThat(pipeline.transport.requests()).isEqualTo(1);

        pipeline.pass(Duration.ofMillis(20));
        assertThat(names()).containsExactly("event-0", "event-0", "event-1", "event-2");
        pipeline.assertOutcomes(3, 0, 0, 0);
    }

    @Test
    void shouldHoldUpTheRestAfterATimeoutToo() {
        pipeline.maxEvents = 1;
        StallingTransport transport = pipeline.stalling();
        pipeline.capture(2);
        pipeline.settle();
        pipeline.pass(PipelineFixture.TIMEOUT.plusMillis(490));
        assertThat(transport.requests()).isEqualTo(1);

        pipeline.pass(Duration.ofMillis(30));
        transport.sent(1).answer(200);
        pipeline.settle();
        assertThat(names()).containsExactly("event-0", "event-0", "event-1");
    }

    @Test
    void shouldGoOnWhenTheRetriesAreUsedUp() {
        pipeline.maxEvents = 1;
        pipeline.maxRetries = 1;
        pipeline.transport.script(batch -> new Answer(batch.names().contains("event-0") ? 503 : 200, 0, null));
        pipeline.capture(2);
        pipeline.settle();
        pipeline.pass(Duration.ofMillis(510));

        assertThat(names()).containsExactly("event-0", "event-0", "event-1");
        pipeline.assertOutcomes(1, 0, 1, 0);
    }

    @Test
    void shouldKeepTheOrderOfHalves() {
        pipeline.maxEvents = 4;
        pipeline.transport.script(batch -> switch (pipeline.transport.requests()) {
            case 1 -> new Answer(413, 0, null);
            case 2 -> new Answer(503, 0, null);
            default -> new Answer(200, 0, null);
        });
        pipeline.capture(6);
        pipeline.flush();
        pipeline.settle();
        assertThat(pipeline.transport.requests()).isEqualTo(2);
        pipeline.pass(Duration.ofMillis(510));

        assertThat(pipeline.transport.sent())
                .extracting(SentBatch::names)
                .containsExactly(
                        List.of("event-0", "event-1", "event-2", "event-3"),
                        List.of("event-0", "event-1"),
                        List.of("event-0", "event-1"),
                        List.of("event-2", "event-3"),
                        List.of("event-4", "event-5"));
        pipeline.assertOutcomes(6, 0, 0, 0);
    }

    @Test
    void shouldKeepTheOrderWhateverIsAnswered() {
        TestSeed.run(random -> {
            pipeline.maxEvents = random.nextInt(1, 9);
            pipeline.maxRetries = random.nextInt(0, 4);
            List<String> delivered = new ArrayList<>();
            pipeline.transport.script(batch -> answer(batch, delivered, random));
            pipeline.capture(300);
            pipeline.flush();
            pipeline.pass(Duration.ofMinutes(30), Duration.ofMillis(50));

            pipeline.requestClose(Duration.ZERO);
            pipeline.settle();
            assertThat(pipeline.agent().hasDiscarded()).isFalse();
            List<String> captured =
                    IntStream.range(0, 300).mapToObj(i -> "event-" + i).toList();
            assertThat(delivered).isNotEmpty().doesNotHaveDuplicates();
            assertThat(captured).containsSubsequence(delivered);
        });
    }

    private static Answer answer(SentBatch batch, List<String> delivered, SplittableRandom random) {
        int status = STATUSES[random.nextInt(STATUSES.length)];
        if (status == 200) {
            delivered.addAll(batch.names());
        }
        return new Answer(status, random.nextInt(2_000), null);
    }

    @Test
    void shouldDiscardWhatIsHeldUpAtTheEnd() {
        pipeline.maxEvents = 1;
        pipeline.transport.script(batch -> new Answer(503, 0, null));
        pipeline.capture(3);
        pipeline.settle();
        pipeline.requestClose(Duration.ofMillis(100));
        pipeline.pass(Duration.ofMillis(101));

        assertThat(pipeline.hasEnded()).isTrue();
        assertThat(pipeline.transport.requests()).isEqualTo(1);
        pipeline.assertOutcomes(0, 0, 0, 3);
    }

    @Test
    void shouldAllowOneRequestAtATimeOnly() {
        for (int requests : new int[] {0, 2}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new DeliveryLimits(requests, 1_000, RULES, 1_000, true));
        }
        assertThat(new DeliveryLimits(1, 1_000, RULES, 1_000, true).inOrder()).isTrue();
        assertThat(new DeliveryLimits(2, 1_000, RULES, 1_000).inOrder()).isFalse();
    }

    private List<String> names() {
        return pipeline.transport.sent().stream()
                .flatMap(batch -> batch.names().stream())
                .toList();
    }
}
