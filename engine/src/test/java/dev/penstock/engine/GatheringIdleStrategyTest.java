package dev.penstock.engine;

import static dev.penstock.engine.GatheringIdleStrategy.MAX_PARK_NS;
import static dev.penstock.engine.GatheringIdleStrategy.MIN_PARK_NS;
import static dev.penstock.engine.GatheringIdleStrategy.SHORTEST_PARK_NS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a pipeline with too little to do rests. */
class GatheringIdleStrategyTest {

    private long untilDueNs = Long.MAX_VALUE;
    private final GatheringIdleStrategy strategy = new GatheringIdleStrategy(() -> untilDueNs);

    @Test
    void shouldRestLongerTheLongerThereIsNothingAndNotWithoutBound() {
        assertThat(strategy.nextParkNs()).isEqualTo(MIN_PARK_NS);
        assertThat(strategy.nextParkNs()).isEqualTo(2 * MIN_PARK_NS);
        assertThat(strategy.nextParkNs()).isEqualTo(MAX_PARK_NS);
        assertThat(strategy.nextParkNs()).isEqualTo(MAX_PARK_NS);
    }

    @Test
    void shouldBeginAnewAfterWork() {
        strategy.nextParkNs();
        strategy.nextParkNs();

        strategy.idle(1);
        assertThat(strategy.nextParkNs()).isEqualTo(MIN_PARK_NS);
    }

    @Test
    void shouldNotRestBeyondTheTimeABatchHasToLeave() {
        untilDueNs = MIN_PARK_NS / 3;
        assertThat(strategy.nextParkNs()).isEqualTo(untilDueNs);

        strategy.nextParkNs();
        untilDueNs = MAX_PARK_NS - 1;
        assertThat(strategy.nextParkNs()).isEqualTo(untilDueNs);
    }

    @Test
    void shouldHurryOnceForABatchThatIsDueAndNotSpinWhileItDoesNotLeave() {
        untilDueNs = 0;
        assertThat(strategy.nextParkNs()).isEqualTo(SHORTEST_PARK_NS);
        assertThat(strategy.nextParkNs()).isEqualTo(2 * MIN_PARK_NS);

        untilDueNs = Long.MIN_VALUE;
        assertThat(strategy.nextParkNs()).isEqualTo(MAX_PARK_NS);

        untilDueNs = Long.MAX_VALUE;
        assertThat(strategy.nextParkNs()).isEqualTo(MAX_PARK_NS);
        untilDueNs = 0;
        assertThat(strategy.nextParkNs()).as("the next one").isEqualTo(SHORTEST_PARK_NS);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void shouldForgetAnInterruptThatWouldEndTheLaneOrFailItsRequests(int workCount) {
        Thread.currentThread().interrupt();

        strategy.idle(workCount);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}
