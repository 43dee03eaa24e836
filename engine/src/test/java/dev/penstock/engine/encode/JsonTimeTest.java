package dev.penstock.engine.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.record.TestSeed;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTimeTest {

    private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    private static final int[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000};
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final JsonTime time = new JsonTime();
    private final JsonOutput out = new JsonOutput(64);

    private String text(long second, int nanos) {
        out.clear();
        out.ensure(JsonTime.MAX_BYTES);
        time.write(second, nanos, out);
        assertThat(out.length()).isLessThanOrEqualTo(JsonTime.MAX_BYTES);
        return out.toString();
    }

    /** By java.time; {@link Instant#toString()} pads fractions to 3, 6 or 9 digits. */
    private static String expected(long second, int nanos) {
        String fraction = nanos == 0 ? "" : String.format(Locale.ROOT, ".%09d", nanos);
        while (fraction.endsWith("0")) {
            fraction = fraction.substring(0, fraction.length() - 1);
        }
        return SECONDS.format(Instant.ofEpochSecond(second)) + fraction + "Z";
    }

    @Test
    void shouldWriteRandomInstantsAsJavaTimeDoes() {
        TestSeed.run(random -> {
            for (int i = 0; i < 200_000; i++) {
                long second = random.nextLong(FIRST, LAST + 1);
                int power = POWERS[random.nextInt(POWERS.length)];
                int nanos = random.nextInt(1_000_000_000) / power * power;
                String text = text(second, nanos);
                if (!text.equals(expected(second, nanos))
                        || !Instant.parse(text).equals(Instant.ofEpochSecond(second, nanos))) {
                    assertThat(text).isEqualTo(expected(second, nanos));
                }
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
        "1969-12-31T23:59:59.999999999Z, 1969-12-31T23:59:59.999999999Z",
        "0000-01-01T00:00:00Z, 0000-01-01T00:00:00Z",
        "0000-02-29T12:00:00Z, 0000-02-29T12:00:00Z",
        "1900-02-28T23:59:59Z, 1900-02-28T23:59:59Z",
        "2000-02-29T00:00:00.100Z, 2000-02-29T00:00:00.1Z",
        "2024-12-31T23:59:59.120Z, 2024-12-31T23:59:59.12Z",
        "2026-03-01T10:00:04.871Z, 2026-03-01T10:00:04.871Z",
        "2026-03-01T10:00:04.000000001Z, 2026-03-01T10:00:04.000000001Z",
        "9999-12-31T23:59:59.999999999Z, 9999-12-31T23:59:59.999999999Z",
    })
    void shouldWriteAsManyDigitsOfFractionAsTheInstantHas(Instant instant, String text) {
        assertThat(text(instant.getEpochSecond(), instant.getNano())).isEqualTo(text);
    }

    @Test
    void shouldFollowTheMinuteForwardsAndBackwards() {
        for (long start : new long[] {FIRST, -3_600, 1_772_359_200L - 90}) {
            for (long second = start; second < start + 200; second++) {
                assertThat(text(second, 0)).isEqualTo(expected(second, 0));
            }
            for (long second = start + 200; second >= start; second--) {
                assertThat(text(second, 0)).isEqualTo(expected(second, 0));
            }
        }
    }
}
