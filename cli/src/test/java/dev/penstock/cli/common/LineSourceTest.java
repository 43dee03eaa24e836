package dev.penstock.cli.common;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineSourceTest {
    private static final int MAX_LINE_BYTES = 1 << 20;
    private static final String LONGEST = "x".repeat(MAX_LINE_BYTES);

    @Test
    void shouldCutAtEitherLineBreakAndAtTheEnd() throws IOException {
        assertThat(lines("a\nb\r\n\nc")).containsExactly("1 a", "2 b", "3 ", "4 c");
        assertThat(lines("")).isEmpty();
        assertThat(lines("\n")).containsExactly("1 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void shouldPassOverALineThatIsTooLongByOneByte(String lineBreak) throws IOException {
        assertThat(lines(LONGEST + lineBreak + "b" + lineBreak)).containsExactly("1 " + LONGEST, "2 b");
        assertThat(lines(LONGEST + "x" + lineBreak + "b" + lineBreak)).containsExactly("1 too long", "2 b");
        assertThat(lines(LONGEST + "\rx" + lineBreak + "b" + lineBreak)).containsExactly("1 too long", "2 b");
    }

    private static List<String> lines(String text) throws IOException {
        List<String> lines = new ArrayList<>();
        try (LineSource source = LineSource.ofStream(new ByteArrayInputStream(text.getBytes(UTF_8)), MAX_LINE_BYTES)) {
            while (source.next()) {
                lines.add(source.number() + " "
                        + (source.tooLong() ? "too long" : new String(source.line(), 0, source.length(), UTF_8)));
            }
            assertThat(source.bytesRead()).isEqualTo(text.length());
        }
        return lines;
    }
}
