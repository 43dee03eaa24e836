package dev.penstock.cli.flags;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextLinesTest {
    private final TextLines lines = new TextLines();

    @Test
    void shouldBreakBeforeTheWordThatDoesNotFit() {
        String full = "x".repeat(90);

        lines.item(2, "yes", 5, full + " ab cd");
        lines.item(2, "yes", 5, full + " abc");

        assertThat(lines.join().lines())
                .containsExactly("  yes  " + full + " ab", "       cd", "  yes  " + full, "       abc");
    }

    @Test
    void shouldLetAWordStickOutThatFitsNowhere() {
        String word = "x".repeat(120);

        lines.text(4, "a " + word + " b");

        assertThat(lines.join().lines()).containsExactly("    a", "    " + word, "    b");
    }

    @Test
    void shouldLeaveRoomHoweverDeepATextLies() {
        lines.text(500, "words ".repeat(20).strip());

        assertThat(lines.join().lines())
                .hasSizeLessThan(5)
                .allMatch(line -> line.startsWith(" ".repeat(60) + "words") && line.length() <= 100);
    }

    @Test
    void shouldKeepControlCharactersFromTheTerminal() {
        lines.text(0, "a\u001b[31mb\nc");

        assertThat(lines.join()).isEqualTo("a?[31mb?c");
    }
}
