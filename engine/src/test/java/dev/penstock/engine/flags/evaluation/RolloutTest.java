package dev.penstock.engine.flags.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.record.TestSeed;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Integer bounds say what the rule on doubles says. */
class RolloutTest {

    private static final long LAST = (1L << 60) - 1;

    private static boolean isIn(long n, double percentage) {
        return (double) n / 0x1p60 <= percentage / 100.0;
    }

    private static void assertSame(long n, double percentage) {
        if (n >= 0 && n <= LAST) {
            assertThat(n <= Rollout.bound(percentage))
                    .as(n + " at " + percentage)
                    .isEqualTo(isIn(n, percentage));
        }
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                0.1,
                33.333,
                12.5,
                1e-9,
                99.999999,
                50,
                1e-300,
                Double.MIN_VALUE,
                0,
                -0.0,
                -1,
                -1e-300,
                100,
                100.0001,
                1e308,
                99.99999999999999,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                Double.NaN
            })
    void shouldAgreeWithTheRuleOnDoublesAroundTheBound(double percentage) {
        long bound = Math.min(LAST, Rollout.bound(percentage));
        for (long n = bound - 200; n <= bound + 200; n++) {
            assertSame(n, percentage);
        }
        assertSame(0, percentage);
        assertSame(LAST, percentage);
    }

    @Test
    void shouldAgreeWithTheRuleOnDoublesForAnyPercentage() {
        TestSeed.run(random -> {
            for (int i = 0; i < 20_000; i++) {
                double percentage = random.nextDouble(-1, 102);
                long bound = Rollout.bound(percentage);
                assertSame(bound - 1, percentage);
                assertSame(bound, percentage);
                assertSame(bound + 1, percentage);
                assertSame(random.nextLong(1L << 60), percentage);
            }
        });
    }

    @Test
    void shouldAgreeWithTheRuleOnDoublesForEveryHashOfTheTable() throws IOException {
        for (List<String> row : BucketerTest.table()) {
            double hash = Double.parseDouble(row.get(3));
            long n = Rollout.below(hash); // the first that is not below is one with this very hash
            assertThat(Rollout.share(n)).isEqualTo(hash);
            for (double percentage :
                    new double[] {hash * 100, Math.nextUp(hash * 100), Math.nextDown(hash * 100), 12.5, 33.333}) {
                assertSame(n, percentage);
                assertSame(n - 1, percentage);
                assertSame(n + 1, percentage);
            }
        }
    }

    @Test
    void shouldLetNobodyInBelowZeroAndEverybodyFromHundred() {
        assertThat(Rollout.bound(-0.001)).isEqualTo(Rollout.NOBODY);
        assertThat(Rollout.bound(Double.NaN)).isEqualTo(Rollout.NOBODY);
        assertThat(Rollout.bound(0)).isZero();
        assertThat(Rollout.bound(100)).isEqualTo(Rollout.EVERYBODY);
    }
}
