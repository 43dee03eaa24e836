package dev.penstock.client.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.penstock.client.CaptureResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LoggerTest {

    private record Call(LogLevel level, String body, Map<String, ?> attributes) {}

    private interface Full {
        CaptureResult log(Logger logger, String body, Map<String, ?> attributes);
    }

    static Stream<Arguments> levels() {
        return Stream.of(
                level(LogLevel.TRACE, Logger::trace, Logger::trace),
                level(LogLevel.DEBUG, Logger::debug, Logger::debug),
                level(LogLevel.INFO, Logger::info, Logger::info),
                level(LogLevel.WARN, Logger::warn, Logger::warn),
                level(LogLevel.ERROR, Logger::error, Logger::error),
                level(LogLevel.FATAL, Logger::fatal, Logger::fatal));
    }

    private static Arguments level(LogLevel level, BiFunction<Logger, String, CaptureResult> brief, Full full) {
        return arguments(level, brief, full);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("levels")
    void shouldLogWithTheLevelOfTheMethod(LogLevel level, BiFunction<Logger, String, CaptureResult> brief, Full full) {
        List<Call> calls = new ArrayList<>();
        Logger logger = (given, body, attributes) -> {
            calls.add(new Call(given, body, attributes));
            return CaptureResult.SAMPLED;
        };

        assertThat(brief.apply(logger, "one")).isEqualTo(CaptureResult.SAMPLED);
        assertThat(full.log(logger, "two", Map.of("a", 1))).isEqualTo(CaptureResult.SAMPLED);

        assertThat(calls).containsExactly(new Call(level, "one", Map.of()), new Call(level, "two", Map.of("a", 1)));
    }
}
