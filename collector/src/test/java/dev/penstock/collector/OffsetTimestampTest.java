package dev.penstock.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetTimestampTest {
    private static boolean isValid(String text) {
        // Characters of other values lie around it in a parser's buffer.
        return OffsetTimestamp.isValid(("9" + text + "9").toCharArray(), 1, text.length());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T10:00:04Z,2026-03-01T10:00:04Z",
        "2026-03-01T10:00:04.5Z,2026-03-01T10:00:04.5Z",
        "2026-03-01T10:00:04.123456789012Z,2026-03-01T10:00:04.123456789Z",
        "2026-03-01T10:00:04+00:00,2026-03-01T10:00:04Z",
        "2026-03-01T10:00:04-00:00,2026-03-01T10:00:04Z",
        "2026-03-01T10:00:04.871+05:45,2026-03-01T04:15:04.871Z",
        "2026-03-01T10:00:04.871-09:30,2026-03-01T19:30:04.871Z",
        "2026-01-01T00:00:00+00:01,2025-12-31T23:59:00Z",
        "2024-02-29T23:59:59-23:59,2024-03-01T23:58:59Z"
    })
    void shouldReadATimestampOfAnyZone(String text, Instant instant) {
        assertThat(isValid(text)).isTrue();
        assertThat(OffsetTimestamp.toInstant(text)).isEqualTo(instant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-03-01",
                "2026-03-01T10:00Z",
                "2026-03-01T10:00:04",
                "2026-03-01T10:00:04.",
                "2026-03-01T10:00:04.5",
                "2026-03-01T10:00:04.Z",
                "2026-03-01 10:00:04Z",
                "2026-03-01T10:00:04z",
                "2026-03-01T10:00:04ZZ",
                "2026-03-01T10:00:04Z+01:00",
                "2026-03-01T10:00:04+01",
                "2026-03-01T10:00:04+0100",
                "2026-03-01T10:00:04+01:0",
                "2026-03-01T10:00:04+01:000",
                "2026-03-01T10:00:04+24:00",
                "2026-03-01T10:00:04+23:60",
                "2026-03-01T10:00:04+0x:00",
                "2026-03-01T10:00:04+01-00",
                "2026-03-01T10:00:04*01:00",
                "2026-02-29T10:00:04+01:00",
                "2026-03-01T24:00:00+01:00",
                "1772359204"
            })
    void shouldRejectATextOfAnotherShape(String text) {
        assertThat(isValid(text)).isFalse();
    }

    @Test
    void shouldCheckEveryCharacter() {
        String good = "2026-03-01T10:00:04.871+01:30";
        for (int i = 0; i < good.length(); i++) {
            for (char wrong : new char[] {'x', '/', ':', ' ', '\u0661'}) {
                if (wrong != good.charAt(i)) {
                    String other = good.substring(0, i) + wrong + good.substring(i + 1);
                    assertThat(isValid(other)).as(other).isFalse();
                }
            }
        }
    }
}
