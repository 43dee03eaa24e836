package dev.penstock.stress.command;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** The options that every family has. */
final class RunOptions {
    static final long SEEDS = 1_000_000_000;

    @Option(names = "--seed", paramLabel = "N", description = "What is drawn. Default a new one, which is printed.")
    private Long seed;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = Time.class,
            description = "How long each run lasts, such as 60s or 5m. Default ${DEFAULT-VALUE}.",
            defaultValue = "10s")
    private Duration duration;

    @Option(names = "--scenario", paramLabel = "NAME", description = "One scenario only. Default all.")
    private String scenario;

    long seed() {
        return seed == null ? ThreadLocalRandom.current().nextLong(SEEDS) : seed;
    }

    Duration duration() {
        return duration;
    }

    /** Those that were asked for: one, or all. */
    <T> List<T> wanted(CommandSpec spec, List<T> all, Function<T, String> name) {
        List<T> wanted = all.stream()
                .filter(one -> scenario == null || scenario.equals(name.apply(one)))
                .toList();
        if (wanted.isEmpty()) {
            String names = String.join(", ", all.stream().map(name).toList());
            throw new ParameterException(
                    spec.commandLine(), "There is no scenario " + scenario + " here, but " + names + ".");
        }
        return wanted;
    }

    /** Reads {@code 500ms}, {@code 60s} or {@code 5m}. */
    static final class Time implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String value) {
            String text = value.strip().toLowerCase(Locale.ROOT);
            String form = text.endsWith("ms")
                    ? "PT" + Long.parseLong(text.substring(0, text.length() - 2)) / 1_000.0 + "S"
                    : "PT" + text.toUpperCase(Locale.ROOT);
            try {
                return Duration.parse(form);
            } catch (DateTimeParseException e) {
                throw new TypeConversionException("'" + value + "' is not a time such as 60s or 5m");
            }
        }
    }
}
