package dev.penstock.engine.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {

    private static String encoded(String text) {
        byte[] out = new byte[3 * text.length() + 2];
        int end = Utf8.encode(text.toCharArray(), 0, text.length(), out, 1);
        assertThat(out[0]).isZero();
        assertThat(out[end]).isZero();
        return new String(Arrays.copyOfRange(out, 1, end), UTF_8);
    }

    @Test
    void shouldEncodeEveryCodePointAsTheJdkDoes() {
        char[] chars = new char[2];
        byte[] out = new byte[6];
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            if (point >= 0xD800 && point <= 0xDFFF) {
                continue;
            }
            int length = Character.toChars(point, chars, 0);
            int end = Utf8.encode(chars, 0, length, out, 0);
            byte[] expected = new String(chars, 0, length).getBytes(UTF_8);
            if (!Arrays.equals(out, 0, end, expected, 0, expected.length)) {
                assertThat(Arrays.copyOf(out, end)).as("U+%x", point).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud800", "\udfff", "a\ud83d", "\ude00a", "\ude00\ud83d", "\ud83d\ud83d\ude00\ude00"})
    void shouldReplaceEveryLoneSurrogate(String text) {
        String expected = text.codePoints()
                .map(c -> c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();

        assertThat(encoded(text)).isEqualTo(expected);
    }

    @Test
    void shouldNotLookBeyondItsEnd() {
        byte[] out = new byte[12];
        int end = Utf8.encode("😀".toCharArray(), 0, 1, out, 0);

        assertThat(new String(out, 0, end, UTF_8)).isEqualTo("\ufffd");
    }
}
