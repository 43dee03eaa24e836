package dev.penstock.cli.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldEraseTheProgressLineBeforeAnyOtherOnATerminal() {
        Screen screen = screen(true, true);

        screen.progress("half way");
        screen.complain("line 7: bad");
        screen.line("done");

        assertThat(out.toString()).contains("half way").endsWith("\r\u001b[Kdone" + System.lineSeparator());
        assertThat(err.toString()).isEqualTo("line 7: bad" + System.lineSeparator());
        assertThat(screen.good("OK")).contains("\u001b[").contains("OK");
    }

    @Test
    void shouldWritePlainLinesAwayFromATerminal() {
        Screen screen = screen(false, true);

        screen.progress("half way");
        screen.line(screen.good("OK") + screen.bad("NOT OK"));

        assertThat(out.toString().lines()).containsExactly("half way", "OKNOT OK");
    }

    @Test
    void shouldNotColourWhenToldNotTo() {
        assertThat(screen(true, false).good("OK")).isEqualTo("OK");
    }

    private Screen screen(boolean terminal, boolean coloured) {
        return new Screen(new PrintWriter(out, true), new PrintWriter(err, true), terminal, coloured);
    }
}
