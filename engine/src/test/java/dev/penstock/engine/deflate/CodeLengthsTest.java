package dev.penstock.engine.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.record.TestSeed;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;

/** Lengths of codes: possible ones, within the limit, and optimal where that does not bind. */
class CodeLengthsTest {

    private static long space(byte[] lengths, int maxBits) {
        long space = 0;
        for (byte length : lengths) {
            space += length == 0 ? 0 : 1L << (maxBits - length);
        }
        return space;
    }

    private static long cost(int[] counts, byte[] lengths) {
        long bits = 0;
        for (int i = 0; i < counts.length; i++) {
            bits += (long) counts[i] * lengths[i];
        }
        return bits;
    }

    /** What an optimal code costs: the sum of all inner nodes of the tree. */
    private static long optimum(int[] counts) {
        PriorityQueue<Long> nodes = new PriorityQueue<>();
        for (int count : counts) {
            if (count > 0) {
                nodes.add((long) count);
            }
        }
        long cost = 0;
        while (nodes.size() > 1) {
            long both = nodes.remove() + nodes.remove();
            cost += both;
            nodes.add(both);
        }
        return cost;
    }

    @Test
    void shouldGiveNoCodeToWhatIsNotUsedAndABitToWhatIsAlone() {
        assertThat(CodeLengths.of(new int[5], 13)).containsOnly(0);
        assertThat(CodeLengths.of(new int[] {0, 9, 0}, 13)).containsExactly(0, 1, 0);
        assertThat(CodeLengths.of(new int[] {3, 0, 9}, 13)).containsExactly(1, 0, 1);
    }

    @Test
    void shouldBeOptimalWithoutALimit() {
        TestSeed.run(random -> {
            for (int round = 0; round < 500; round++) {
                int[] counts = new int[random.nextInt(2, 300)];
                for (int i = 0; i < counts.length; i++) {
                    counts[i] = random.nextInt(1 << random.nextInt(1, 20));
                }
                counts[0] = 1;
                counts[1] = 2;
                byte[] lengths = CodeLengths.of(counts, 40);
                assertThat(space(lengths, 40)).isEqualTo(1L << 40);
                assertThat(cost(counts, lengths)).isEqualTo(optimum(counts));
            }
        });
    }

    @Test
    void shouldUseAllOfTheSpaceWithinALimit() {
        TestSeed.run(random -> {
            for (int round = 0; round < 500; round++) {
                int[] counts = new int[286];
                int fibonacci = 1;
                int before = 1;
                for (int i = 0; i < counts.length; i++) {
                    counts[i] = i < 30 ? fibonacci : random.nextInt(1, 50);
                    int next = fibonacci + before;
                    before = fibonacci;
                    fibonacci = i < 30 ? next : 1;
                }
                byte[] lengths = CodeLengths.of(counts, 13);
                assertThat(space(lengths, 13)).isEqualTo(1L << 13);
                for (int i = 0; i < counts.length; i++) {
                    assertThat(lengths[i]).isBetween((byte) 1, (byte) 13);
                }
                assertThat(cost(counts, lengths)).isLessThan(optimum(counts) * 11 / 10);
            }
        });
    }
}
