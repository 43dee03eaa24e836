package dev.penstock.client.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExceptionLevelTest {

    @ParameterizedTest
    @CsvSource({
        "fatal, fatal",
        "critical, fatal",
        "alert, fatal",
        "emergency, fatal",
        "error, error",
        "warning, warning",
        "warn, warning",
        "log, log",
        "info, info",
        "notice, info",
        "debug, debug",
        "trace, debug"
    })
    void shouldKnowTheNamesOfLoggingSystemsInAnyCase(String text, String wireName) {
        assertThat(ExceptionLevel.of(text).orElseThrow().wireName()).isEqualTo(wireName);
        assertThat(ExceptionLevel.of(text.toUpperCase(Locale.ROOT))
                        .orElseThrow()
                        .wireName())
                .isEqualTo(wireName);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "verbose", "severe", "errors", " error"})
    void shouldNotGuessALevel(String text) {
        assertThat(ExceptionLevel.of(text)).isEmpty();
    }

    @Test
    void shouldReadNamesTheSameInEveryLanguage() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            assertThat(ExceptionLevel.of("CRITICAL")).contains(ExceptionLevel.FATAL);
        } finally {
            Locale.setDefault(before);
        }
    }
}
