package dev.penstock.engine.selfcheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpokenTest {

    @ParameterizedTest
    @CsvSource({"0, 0 ms", "999, 999 ms", "1000, 1 s", "1500, 1.5 s", "60000, 60 s"})
    void shouldSayHowLong(long ms, String text) {
        assertThat(Spoken.time(Duration.ofMillis(ms))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 s",
        "119, 119 s",
        "120, 2 min",
        "3599, 59 min",
        "3600, 1 h 0 min",
        "172799, 47 h 59 min",
        "172800, 2 days"
    })
    void shouldSayHowFar(long seconds, String text) {
        assertThat(Spoken.distance(Duration.ofSeconds(seconds))).isEqualTo(text);
    }
}
