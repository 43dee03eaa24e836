package dev.penstock.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.record.TestSeed;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FullJitterDelaysTest {

    private static final RandomGenerator LOWEST = () -> 0;
    private static final RandomGenerator HIGHEST = () -> -1L;

    @ParameterizedTest
    @CsvSource({
        "500,1,500",
        "500,2,1000",
        "500,7,32000",
        "500,8,60000",
        "500,9,60000",
        "500,1000,60000",
        "100,1,100",
        "60000,1,60000",
        "90000,1,60000",
        "1,17,60000",
        "1,16,32768",
        "7,2147483647,60000"
    })
    void shouldDoubleTheBoundUpToAMinute(long initialMs, int retry, long boundMs) {
        assertThat(new FullJitterDelays(initialMs, HIGHEST).delayNs(retry, retry, 0))
                .isEqualTo(boundMs * 1_000_000);
        assertThat(new FullJitterDelays(initialMs, LOWEST).delayNs(retry, retry, 0))
                .isZero();
    }

    @Test
    void shouldDoubleWithTheRetriesThatCountAndNotWithTheTries() {
        assertThat(new FullJitterDelays(500, HIGHEST).delayNs(40, 2, 0)).isEqualTo(1_000_000_000);
    }

    @Test
    void shouldTakeAnyDelayUpToTheBoundAsLikely() {
        TestSeed.run(random -> {
            FullJitterDelays delays = new FullJitterDelays(500, random);
            int[] tenths = new int[10];
            for (int i = 0; i < 10_000; i++) {
                long delayNs = delays.delayNs(3, 3, 0);
                assertThat(delayNs).isBetween(0L, 2_000_000_000L);
                tenths[(int) Math.min(9, delayNs / 200_000_000)]++;
            }
            assertThat(tenths).as("delays in each tenth of the range").satisfies(counts -> {
                for (int count : counts) {
                    assertThat(count).isBetween(800, 1_200);
                }
            });
        });
    }

    @ParameterizedTest
    @CsvSource({"-1,0", "0,0", "1,1", "3000,3000", "299999,299999", "300000,300000", "300001,300000"})
    void shouldTakeRetryAfterForALowerBoundUpToFiveMinutes(long retryAfterMs, long lowestMs) {
        assertThat(new FullJitterDelays(500, LOWEST).delayNs(1, 1, retryAfterMs))
                .isEqualTo(lowestMs * 1_000_000);
    }

    @Test
    void shouldAddUpToATenthToRetryAfter() {
        TestSeed.run(random -> {
            FullJitterDelays delays = new FullJitterDelays(500, random);
            for (int i = 0; i < 1_000; i++) {
                long askedMs = random.nextLong(500, 300_001);
                assertThat(delays.delayNs(1, 1, askedMs))
                        .isBetween(askedMs * 1_000_000, Math.min(askedMs * 1_100_000, 300_000_000_000L));
            }
        });
        assertThat(new FullJitterDelays(500, HIGHEST).delayNs(1, 1, 100_000)).isGreaterThan(109_999_000_000L);
        assertThat(new FullJitterDelays(500, HIGHEST).delayNs(1, 1, 299_000)).isEqualTo(300_000_000_000L);
    }

    @Test
    void shouldKeepALongerDelayThanRetryAfter() {
        assertThat(new FullJitterDelays(500, HIGHEST).delayNs(8, 8, 1_000)).isEqualTo(60_000_000_000L);
    }
}
