package dev.penstock.engine.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDateTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"Sun, 06 Nov 1994 08:49:37 GMT", " Sun, 06 Nov 1994 08:49:37 GMT ", "Sun Nov  6 08:49:37 1994"})
    void shouldReadTheForms(String value) {
        assertThat(HttpDate.parse(value)).isEqualTo(Instant.parse("1994-11-06T08:49:37Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "now", "120", "Mon, 06 Nov 1994 08:49:37 GMT", "Sun, 31 Feb 1994 08:49:37 GMT"})
    void shouldReadNothingElse(String value) {
        assertThat(HttpDate.parse(value)).isNull();
    }

    @Test
    void shouldReadNothingWhereThereIsNothingOrTooMuch() {
        assertThat(HttpDate.parse(null)).isNull();
        assertThat(HttpDate.parse("Sun, 06 Nov 1994 08:49:37 GMT" + " ".repeat(64)))
                .isNull();
    }
}
