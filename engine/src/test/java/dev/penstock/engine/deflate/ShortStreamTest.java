package dev.penstock.engine.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Short streams, and which of them are worth a try. */
class ShortStreamTest {

    private final ShortStream zlib = new ShortStream();

    @AfterEach
    void close() {
        zlib.close();
    }

    private int due(int length, int times) {
        int due = 0;
        for (int i = 0; i < times; i++) {
            due += zlib.isDue(length) ? 1 : 0;
        }
        return due;
    }

    @Test
    void shouldTryAllUntilOneWasLongEnough() {
        assertThat(due(ShortStream.MAX_LENGTH, 100)).isEqualTo(100);
        zlib.compare(5_000, 1_000, 1_200);

        assertThat(due(4_999, 100)).isEqualTo(100);
        assertThat(due(5_000, 640)).as("now and then").isEqualTo(10);
    }

    @Test
    void shouldNotTakeLittleForEnough() {
        zlib.compare(5_000, 1_000, 1_010);
        assertThat(due(5_000, 100)).isEqualTo(100);
    }

    @Test
    void shouldRememberTheShortestThatWasLongEnough() {
        zlib.compare(5_000, 1_000, 1_200);
        zlib.compare(9_000, 1_000, 1_200);
        assertThat(due(5_000, 63)).isZero();
    }

    @Test
    void shouldTryAllAgainWhenOneTookLess() {
        zlib.compare(5_000, 1_000, 1_200);
        zlib.compare(8_000, 1_000, 999);
        assertThat(due(ShortStream.MAX_LENGTH, 100)).isEqualTo(100);
    }

    @Test
    void shouldCompressStreamAfterStream() throws DataFormatException {
        SplittableRandom random = new SplittableRandom(1);
        for (int length : new int[] {0, 1, 1_000, ShortStream.MAX_LENGTH, 10}) {
            byte[] noise = new byte[length];
            random.nextBytes(noise);
            int compressed = zlib.compress(noise, length);
            ByteBuffer bytes = zlib.compressed();
            assertThat(bytes.remaining()).isEqualTo(compressed);
            Inflater inflater = new Inflater(true);
            inflater.setInput(bytes);
            byte[] read = new byte[length + 1];
            assertThat(inflater.inflate(read)).isEqualTo(length);
            assertThat(Arrays.copyOf(read, length)).isEqualTo(noise);
            inflater.end();
        }
    }
}
