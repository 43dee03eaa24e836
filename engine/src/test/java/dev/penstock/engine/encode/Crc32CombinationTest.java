package dev.penstock.engine.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.record.TestSeed;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class Crc32CombinationTest {

    private static int crc(byte[] bytes, int from, int to) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }

    private static void check(byte[] bytes, int split) {
        assertThat(Crc32Combination.combine(
                        crc(bytes, 0, split), crc(bytes, split, bytes.length), bytes.length - split))
                .isEqualTo(crc(bytes, 0, bytes.length));
    }

    @Test
    void shouldCombineAtEverySplitOfAShortText() {
        TestSeed.run(random -> {
            byte[] bytes = new byte[300];
            random.nextBytes(bytes);
            for (int split = 0; split <= bytes.length; split++) {
                check(bytes, split);
            }
        });
    }

    @Test
    void shouldCombineAtRandomSplits() {
        TestSeed.run(random -> {
            for (int i = 0; i < 200; i++) {
                byte[] bytes = new byte[random.nextInt(1, 200_000)];
                random.nextBytes(bytes);
                check(bytes, random.nextInt(bytes.length + 1));
            }
        });
    }

    @Test
    void shouldCombineWithALongSecondPart() {
        byte[] bytes = new byte[20 * 1024 * 1024];
        bytes[3] = 1;
        check(bytes, 100);
    }
}
