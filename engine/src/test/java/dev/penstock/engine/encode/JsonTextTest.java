package dev.penstock.engine.encode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Words of eight bytes are tested and stored at a time, whatever stands around the text. */
class JsonTextTest {

    private static final int LONGEST = 26;

    @ParameterizedTest
    @ValueSource(ints = {'a', ' ', '"', '\\', '\n', 0, 0x1F, 0x7F, 0x80, 0xE9, 0xFF})
    void shouldEscapeOneCharAtAnyPlaceOfATextOfAnyLength(int special) {
        for (int length = 1; length <= LONGEST; length++) {
            for (int place = 0; place < length; place++) {
                char[] chars = new char[length];
                Arrays.fill(chars, 'x');
                chars[place] = (char) special;
                String text = new String(chars);

                assertThat(written(text, (byte) '"', 3, 9)).isEqualTo(escaped(text));
                assertThat(written(text, (byte) 0x80, 0, 0)).isEqualTo(escaped(text));
            }
        }
    }

    @Test
    void shouldWriteNothingForNoText() {
        assertThat(written("", (byte) '"', 0, 8)).isEmpty();
        assertThat(written("", (byte) '"', 8, 0)).isEmpty();
    }

    /** The text as it is written from an array in which other bytes stand before and behind it. */
    private static String written(String text, byte around, int before, int behind) {
        byte[] latin1 = text.getBytes(StandardCharsets.ISO_8859_1);
        byte[] array = new byte[before + latin1.length + behind];
        Arrays.fill(array, around);
        System.arraycopy(latin1, 0, array, before, latin1.length);
        JsonOutput out = new JsonOutput(16);
        JsonText.writeLatin1(array, before, latin1.length, out);
        return out.toString();
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> escaped.append("\\\"");
                case '\\' -> escaped.append("\\\\");
                case '\n' -> escaped.append("\\n");
                default -> escaped.append(c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        return escaped.toString();
    }
}
