package dev.penstock.cli.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class LargeLinesTest {
    private static final UUID FIRST = new UUID(1, 1);
    private static final UUID SECOND = new UUID(2, 2);

    private final LargeLines lines = new LargeLines();

    @Test
    void shouldTellEachLineThatWasTooLargeOnce() {
        lines.sending(FIRST, 7);
        lines.sending(SECOND, 9);

        lines.settled(FIRST, false);
        lines.settled(SECOND, true);
        lines.settled(SECOND, true);

        assertThat(lines.poll()).isEqualTo(9);
        assertThat(lines.poll()).isNull();
    }

    @Test
    void shouldNotTellOfALineThatWasNotSentOrIsShort() {
        lines.sending(FIRST, 7);
        lines.notSent(FIRST);

        lines.settled(FIRST, true);
        lines.settled(SECOND, true);

        assertThat(lines.poll()).isNull();
    }
}
