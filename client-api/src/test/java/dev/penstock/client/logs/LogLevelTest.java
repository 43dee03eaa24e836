package dev.penstock.client.logs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class LogLevelTest {

    @ParameterizedTest
    @CsvSource({"TRACE, 1", "DEBUG, 5", "INFO, 9", "WARN, 13", "ERROR, 17", "FATAL, 21"})
    @DisplayName("Logs: each level maps to its number")
    void shouldHaveTheNumberOfTheSeverity(LogLevel level, int number) {
        assertThat(level.severityNumber()).isEqualTo(number);
    }

    @Test
    void shouldHaveSixLevelsInRisingOrder() {
        assertThat(LogLevel.values()).hasSize(6).isSortedAccordingTo((a, b) -> a.severityNumber() - b.severityNumber());
    }

    @ParameterizedTest
    @CsvSource({"trace, TRACE", "Debug, DEBUG", "INFO, INFO", "wARn, WARN", "' error ', ERROR", "fatal, FATAL"})
    void shouldReadANameInAnyCase(String name, LogLevel level) {
        assertThat(LogLevel.of(name)).isEqualTo(level);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {" ", "warning", "notice", "17", "ERRORS", "ínfo"})
    @DisplayName("Logs: unknown level falls back to info")
    void shouldTakeAnUnknownNameAsInfo(String name) {
        assertThat(LogLevel.of(name)).isEqualTo(LogLevel.INFO);
    }
}
