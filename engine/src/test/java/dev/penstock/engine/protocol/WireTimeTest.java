package dev.penstock.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The times of envelopes and headers. */
class WireTimeTest {

    private static final DateTimeFormatter JDK =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").toEpochMilli();
    private static final long LAST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000-01-01T00:00:00.000Z",
                "1969-12-31T23:59:59.999Z",
                "1970-01-01T00:00:00.000Z",
                "2024-02-29T12:34:56.007Z",
                "2026-11-22T03:04:05.060Z",
                "9999-12-31T23:59:59.999Z"
            })
    void shouldWriteEachFieldInItsFixedWidth(String time) {
        assertThat(WireTime.format(Instant.parse(time).toEpochMilli())).isEqualTo(time);
    }

    @Test
    void shouldStayWithinTheYearsThatItHasRoomFor() {
        assertThat(WireTime.format(FIRST - 1)).isEqualTo("0000-01-01T00:00:00.000Z");
        assertThat(WireTime.format(LAST + 1)).isEqualTo("9999-12-31T23:59:59.999Z");
        assertThat(WireTime.format(Long.MIN_VALUE)).isEqualTo("0000-01-01T00:00:00.000Z");
        assertThat(WireTime.format(Long.MAX_VALUE)).isEqualTo("9999-12-31T23:59:59.999Z");
    }

    @Test
    void shouldWriteWhatTheJdksFormatterWrites() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            long millis = random.nextLong(FIRST, LAST + 1);
            assertThat(WireTime.format(millis)).as("seed " + seed).isEqualTo(JDK.format(Instant.ofEpochMilli(millis)));
        }
    }
}
