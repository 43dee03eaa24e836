package dev.penstock.engine.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.record.TestSeed;
import java.util.Arrays;
import java.util.zip.Adler32;
import org.junit.jupiter.api.Test;

class Adler32CombinationTest {

    private static int adler(byte[] bytes, int from, int to) {
        Adler32 adler = new Adler32();
        adler.update(bytes, from, to - from);
        return (int) adler.getValue();
    }

    private static void check(byte[] bytes, int cut) {
        int combined =
                Adler32Combination.combine(adler(bytes, 0, cut), adler(bytes, cut, bytes.length), bytes.length - cut);

        assertThat(combined).as("cut at %d of %d", cut, bytes.length).isEqualTo(adler(bytes, 0, bytes.length));
    }

    @Test
    void shouldEqualTheChecksumOfTheWhole() {
        TestSeed.run(random -> {
            for (int length : new int[] {0, 1, 2, 255, 65_520, 65_521, 65_522, 1_000_000}) {
                byte[] bytes = new byte[length];
                random.nextBytes(bytes);
                check(bytes, 0);
                check(bytes, length);
                check(bytes, random.nextInt(length + 1));
            }
        });
    }

    /** All sums at their largest, and a first part whose sum is a multiple of the modulus. */
    @Test
    void shouldStayWithinItsModulus() {
        byte[] large = new byte[500_000];
        Arrays.fill(large, (byte) 0xff);
        for (int cut : new int[] {0, 1, 257, 65_521, 131_042, 500_000}) {
            check(large, cut);
        }
        byte[] zeros = new byte[65_521 * 2];
        check(zeros, 65_521);
        byte[] wraps = new byte[300];
        Arrays.fill(wraps, 0, 256, (byte) 0xff);
        wraps[256] = (byte) (65_521 - 1 - 256 * 255 % 65_521);
        check(wraps, 257);
    }
}
