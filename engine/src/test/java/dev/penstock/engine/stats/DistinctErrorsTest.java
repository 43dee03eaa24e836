package dev.penstock.engine.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DistinctErrorsTest {

    private static final long INTERVAL_NS = 1_000;

    private record Told(String message, Throwable cause) {}

    private final RecordingLogger logger = new RecordingLogger();
    private final List<Told> told = new ArrayList<>();
    private final DistinctErrors errors = new DistinctErrors(
            () -> logger, "app", INTERVAL_NS, (message, cause) -> told.add(new Told(message, cause)));

    private List<String> messages() {
        return logger.lines().stream().map(RecordingLogger.Line::message).toList();
    }

    @Test
    void shouldSayNothingUntilItReports() {
        errors.warn("kind", "trouble", null);
        assertThat(messages()).isEmpty();

        errors.report(0);

        assertThat(messages()).containsExactly("penstock [app]: trouble");
    }

    @Test
    void shouldSayTheFirstAndCountRepetitionsUntilTheIntervalIsOver() {
        errors.warn("kind", "trouble", null);
        errors.report(5);
        for (int i = 0; i < 41; i++) {
            errors.warn("kind", "trouble again", null);
            errors.report(6 + i);
        }
        errors.report(5 + INTERVAL_NS - 1);
        assertThat(messages()).hasSize(1);

        errors.report(5 + INTERVAL_NS);
        errors.report(5 + 10 * INTERVAL_NS);

        assertThat(messages()).containsExactly("penstock [app]: trouble", "penstock [app]: trouble again (41 times)");
    }

    @Test
    void shouldCountWhatHappenedBeforeItWasFirstSaid() {
        errors.note(Level.WARNING, "kind", 3, "trouble", null);
        errors.note(Level.WARNING, "kind", 4, "trouble", null);
        errors.report(0);

        assertThat(messages()).containsExactly("penstock [app]: trouble (7 times)");
    }

    @Test
    void shouldKeepKindsApart() {
        errors.warn("one", "first", null);
        errors.report(0);
        errors.warn("one", "first", null);
        errors.warn("two", "second", null);
        errors.report(1);

        assertThat(messages()).containsExactly("penstock [app]: first", "penstock [app]: second");
    }

    @Test
    void shouldCompareTimesThatWrapAround() {
        errors.warn("kind", "trouble", null);
        errors.report(Long.MAX_VALUE - 10);
        errors.warn("kind", "trouble", null);
        errors.report(Long.MIN_VALUE + 10);
        assertThat(messages()).hasSize(1);

        errors.report(Long.MIN_VALUE + INTERVAL_NS);
        assertThat(messages()).hasSize(2);
    }

    @Test
    void shouldRememberABoundedNumberOfKinds() {
        IntStream.range(0, 10_000).forEach(i -> errors.warn("kind " + i, "trouble " + i, null));
        errors.report(0);

        assertThat(messages()).hasSize(257).anyMatch(line -> line.endsWith("(9744 times)"));
    }

    @Test
    void shouldTellTheListenerWhatIsAWarningOrWorse() {
        Throwable cause = new IllegalStateException("simulated");
        errors.note(Level.DEBUG, "quiet", 1, "quiet", cause);
        errors.note(Level.WARNING, "loud", 1, "loud", cause);
        errors.note(Level.ERROR, "louder", 1, "louder", null);
        errors.report(0);

        assertThat(told)
                .containsExactlyInAnyOrder(
                        new Told("penstock [app]: loud", cause), new Told("penstock [app]: louder", null));
        assertThat(logger.lines())
                .extracting(RecordingLogger.Line::level)
                .containsExactlyInAnyOrder(Level.DEBUG, Level.WARNING, Level.ERROR);
    }

    @Test
    void shouldGoOnWhenTheLoggerThrows() {
        System.Logger failing = new System.Logger() {
            @Override
            public String getName() {
                return "failing";
            }

            @Override
            public boolean isLoggable(Level level) {
                return true;
            }

            @Override
            public void log(Level level, ResourceBundle bundle, String message, Throwable cause) {
                throw new StackOverflowError("simulated");
            }

            @Override
            public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
                throw new IllegalStateException("simulated");
            }
        };
        DistinctErrors unlucky = new DistinctErrors(
                () -> failing, "app", INTERVAL_NS, (message, cause) -> told.add(new Told(message, cause)));
        unlucky.warn("one", "first", null);
        unlucky.warn("two", "second", null);

        unlucky.report(0);

        assertThat(told).hasSize(2);
    }

    @Test
    void shouldAskForTheLoggerOnceAndNotBeforeThereIsSomethingToSay() {
        AtomicInteger asked = new AtomicInteger();
        DistinctErrors quiet = new DistinctErrors(
                () -> {
                    asked.incrementAndGet();
                    return logger;
                },
                "app",
                INTERVAL_NS,
                null);
        quiet.report(0);
        quiet.debug("not said");
        assertThat(asked).hasValue(0);

        quiet.prepare();
        assertThat(asked).hasValue(1);

        quiet.warn("one", "first", null);
        quiet.warn("two", "second", null);
        quiet.report(0);
        assertThat(messages()).hasSize(2);
        assertThat(asked).hasValue(1);
    }

    @Test
    void shouldTellTheListenerEvenIfThereIsNoLoggerToBeHad() {
        DistinctErrors unlucky = new DistinctErrors(
                () -> {
                    throw new IllegalStateException("simulated");
                },
                "app",
                INTERVAL_NS,
                (message, cause) -> told.add(new Told(message, cause)));
        unlucky.prepare();
        unlucky.warn("kind", "trouble", null);
        unlucky.report(0);

        assertThat(told).hasSize(1);
    }

    @Test
    void shouldDoWithoutAListener() {
        DistinctErrors alone = new DistinctErrors(() -> logger, "app", INTERVAL_NS, null);
        alone.warn("kind", "trouble", null);
        alone.report(0);

        assertThat(messages()).containsExactly("penstock [app]: trouble");
    }

    @Test
    void shouldLoseNoCountUnderThreads() throws InterruptedException {
        Thread[] threads = new Thread[4];
        for (int t = 0; t < threads.length; t++) {
            threads[t] = new Thread(() -> {
                for (int i = 0; i < 50_000; i++) {
                    errors.warn("kind", "trouble", null);
                }
            });
            threads[t].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        errors.report(0);

        assertThat(messages()).containsExactly("penstock [app]: trouble (200000 times)");
    }
}
