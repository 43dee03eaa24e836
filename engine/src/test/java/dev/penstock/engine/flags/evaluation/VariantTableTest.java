package dev.penstock.engine.flags.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.flags.definitions.FlagRules;
import dev.penstock.engine.record.TestSeed;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Integer ranges say what the rule on doubles says. */
class VariantTableTest {

    private static final long LAST = (1L << 60) - 1;

    private static VariantTable table(double... percentages) {
        List<FlagRules.Variant> variants = new ArrayList<>();
        int[] results = new int[percentages.length];
        for (int i = 0; i < percentages.length; i++) {
            variants.add(new FlagRules.Variant("v" + i, percentages[i]));
            results[i] = i;
        }
        return VariantTable.of(variants, results);
    }

    private static int chosen(long n, double... percentages) {
        double hash = (double) n / 0x1p60;
        double low = 0;
        for (int i = 0; i < percentages.length; i++) {
            double high = low + percentages[i] / 100.0;
            if (low <= hash && hash < high) {
                return i;
            }
            low = high;
        }
        return -1;
    }

    private static void assertSame(double... percentages) {
        VariantTable table = table(percentages);
        double edge = 0;
        for (double percentage : percentages) {
            edge += percentage / 100.0;
            long around = Double.isNaN(edge) ? 0 : Math.min(LAST, Math.max(0, (long) (edge * 0x1p60)));
            for (long n = Math.max(0, around - 300); n <= Math.min(LAST, around + 300); n++) {
                assertThat(table.rangeOf(n)).as("%s", n).isEqualTo(chosen(n, percentages));
            }
        }
        assertThat(table.rangeOf(0)).isEqualTo(chosen(0, percentages));
        assertThat(table.rangeOf(LAST)).isEqualTo(chosen(LAST, percentages));
    }

    @Test
    void shouldAgreeWithTheRuleOnDoublesAtEveryEdge() {
        assertSame(50, 50);
        assertSame(33.33, 33.33, 33.34);
        assertSame(0.1, 0.2, 0.3, 99.4);
        assertSame(10, 10, 10, 10, 10, 10, 10, 10, 10, 10);
        assertSame(0, 100);
        assertSame(60, 60, 60);
        assertSame(50, -20, 40);
        assertSame(-10, 30);
        assertSame(20, Double.NaN, 30);
        assertSame(1e-9, 99.999999);
        assertSame(1e308, 1e308);
    }

    @Test
    void shouldAgreeWithTheRuleOnDoublesForAnyPercentages() {
        TestSeed.run(random -> {
            for (int i = 0; i < 200; i++) {
                assertSame(randomPercentages(random));
            }
        });
    }

    private static double[] randomPercentages(SplittableRandom random) {
        double[] percentages = new double[random.nextInt(1, 5)];
        for (int i = 0; i < percentages.length; i++) {
            percentages[i] = random.nextBoolean() ? random.nextInt(0, 60) : random.nextDouble(0, 60);
        }
        return percentages;
    }

    @Test
    void shouldLeaveTheRestWithoutAVariant() {
        assertThat(table(25, 25).rangeOf(LAST / 2 + 1)).isEqualTo(-1);
    }

    @Test
    void shouldNeverReachWhatLiesBeyondHundred() {
        VariantTable table = table(100, 50);

        assertThat(table.rangeOf(LAST - 1_000)).isZero();
    }
}
