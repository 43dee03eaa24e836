package dev.penstock.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8TextTest {
    /** Bytes at the edges of the ranges that matter. */
    private static final int[] EDGES = {
        0x00, 0x20, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4,
        0xf5, 0xff
    };

    @Test
    void shouldAgreeWithTheStrictDecoderOfTheJdk() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[1 + random.nextInt(20)];
            int special = random.nextInt(bytes.length);
            for (int at = 0; at < bytes.length; at++) {
                boolean plain = at < special || at > special + 4;
                bytes[at] = (byte) (plain ? 'a' : EDGES[random.nextInt(EDGES.length)]);
            }
            assertThat(Utf8Text.fault(bytes, bytes.length) < 0)
                    .as("seed %d, round %d", seed, i)
                    .isEqualTo(decodes(bytes));
        }
    }

    private static boolean decodes(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    @Test
    void shouldFindEscapesOfLoneSurrogatesAtAnyPlace() {
        for (int before = 0; before < 20; before++) {
            String start = "x".repeat(before);
            assertThat(fault(start + "\\ud800")).isEqualTo(before);
            assertThat(fault(start + "\\udc00xxxxxxxx")).isEqualTo(before);
            assertThat(fault(start + "\\ud800\\n")).isEqualTo(before);
            assertThat(fault(start + "\\ud800\\ud800")).isEqualTo(before);
            assertThat(fault(start + "\\uDBFF\\uDfff")).isEqualTo(-1);
            assertThat(fault(start + "\\\\ud800")).isEqualTo(-1);
            assertThat(fault(start + "\\")).isEqualTo(-1);
        }
    }

    private static int fault(String text) {
        byte[] bytes = Batches.utf8(text);
        return Utf8Text.fault(bytes, bytes.length);
    }
}
