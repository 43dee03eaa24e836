package dev.penstock.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryLimitsTest {

    @ParameterizedTest
    @CsvSource({
        "PT12H,12 h",
        "P7D,168 h",
        "PT90M,90 min",
        "PT1M,1 min",
        "PT61S,61 s",
        "PT1S,1 s",
        "PT1.5S,1500 ms",
        "PT1.0000001S,1000000100 ns"
    })
    void shouldShowTheDeadlineInTheLargestUnitThatSaysItExactly(Duration deadline, String shown) {
        assertThat(limits(deadline.toNanos()).shownDeadline()).isEqualTo(shown);
    }

    @Test
    void shouldCallOnlyWhatIsEarlierInTime() {
        assertThat(limits(1_000).isPastDeadline(999)).isFalse();
        assertThat(limits(1_000).isPastDeadline(1_000)).isTrue();
        assertThat(limits(1_000).isPastDeadline(1_001)).isTrue();
        assertThat(limits(RetryLimits.NO_DEADLINE).isPastDeadline(Long.MAX_VALUE))
                .isFalse();
    }

    private static RetryLimits limits(long deadlineNs) {
        return new RetryLimits(9, deadlineNs, false);
    }
}
