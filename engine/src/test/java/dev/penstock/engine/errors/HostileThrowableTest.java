package dev.penstock.engine.errors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.client.errors.ExceptionDetails;
import dev.penstock.engine.record.TestSeed;
import dev.penstock.engine.testing.SlyThrow;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Throwables are the application's code, and need not behave. */
class HostileThrowableTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** An exception each of whose methods may be made to misbehave. */
    private static class Odd extends RuntimeException {
        private static final long serialVersionUID = 1;

        Odd(String message) {
            super(message);
        }
    }

    private static final
    class AnExceptionWhoseNameIsLongerThanAHundredBytesSoThatItHasToBeCutWhereverThereIsLittleRoomForAnythingAtAll
            extends Exception {
        private static final long serialVersionUID = 1;

        AnExceptionWhoseNameIsLongerThanAHundredBytesSoThatItHasToBeCutWhereverThereIsLittleRoomForAnythingAtAll(
                String message, Throwable cause) {
            super(message, cause);
        }
    }

    private static int bytes(Object value) {
        try {
            return JSON.writeValueAsBytes(value).length;
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldSurviveTenThousandCauses() {
        Throwable chain = new Exception("root");
        for (int i = 0; i < 10_000; i++) {
            chain = new Exception("wrapper " + i, chain);
        }
        RecordedEvent event = RecordedEvent.of(chain);

        assertThat(event.list()).hasSize(50);
        assertThat(event.entry(49)).containsEntry("value", "wrapper 9950");
    }

    @Test
    void shouldSurviveACauseThatIsNewEachTime() {
        final class Endless extends Odd {
            private static final long serialVersionUID = 1;

            Endless() {
                super("endless");
            }

            @Override
            public synchronized Throwable getCause() {
                return new Endless();
            }
        }

        RecordedEvent event = RecordedEvent.of(new Endless());

        assertThat(event.list()).hasSize(50);
        assertThat(event.mechanism(49)).containsEntry("parent_id", 48);
    }

    @Test
    void shouldTakeACauseThatCannotBeReadForNone() {
        Odd thrown = new Odd("x") {
            private static final long serialVersionUID = 1;

            @Override
            public synchronized Throwable getCause() {
                throw new IllegalStateException("no cause");
            }
        };
        thrown.addSuppressed(new Exception("suppressed"));
        RecordedEvent event = RecordedEvent.of(thrown);

        assertThat(event.list()).hasSize(2);
        assertThat(event.entry(1)).containsEntry("value", "suppressed");
    }

    @Test
    void shouldNameWhatGetMessageThrows() {
        RecordedEvent event = RecordedEvent.of(new Odd("x") {
            private static final long serialVersionUID = 1;

            @Override
            public String getMessage() {
                throw new StackOverflowError();
            }
        });

        assertThat(event.entry(0)).containsEntry("value", "(getMessage() threw java.lang.StackOverflowError)");
        assertThat(event.crash(0)).containsEntry("function", "shouldNameWhatGetMessageThrows");
    }

    @Test
    void shouldSurviveCheckedExceptionsThrownSlyly() {
        RecordedEvent event = RecordedEvent.of(new Odd("x") {
            private static final long serialVersionUID = 1;

            @Override
            public String getMessage() {
                throw SlyThrow.of(new java.io.IOException());
            }
        });

        assertThat(event.entry(0)).containsEntry("value", "(getMessage() threw java.io.IOException)");
    }

    @Test
    void shouldSurviveAnEndlessToString() {
        RecordedEvent event = RecordedEvent.of(new Object() {
            @Override
            public String toString() {
                return "x" + this;
            }
        });

        assertThat(event.entry(0)).containsEntry("value", "(toString() threw java.lang.StackOverflowError)");
        assertThat((String) event.entry(0).get("type")).matches("HostileThrowableTest\\$[0-9]+");
    }

    @Test
    void shouldTakeATextThatIsNullForEmpty() {
        assertThat(RecordedEvent.of(new Odd(null)).entry(0)).containsEntry("value", "");
        assertThat(RecordedEvent.of(new Object() {
                            @Override
                            @SuppressWarnings("ToStringReturnsNull")
                            public String toString() {
                                return null;
                            }
                        })
                        .entry(0))
                .containsEntry("value", "");
    }

    @Test
    void shouldBoundAMessageOfTenMegabytes() {
        RecordedEvent event = RecordedEvent.of(new Odd("é".repeat(10_000_000)));

        assertThat((String) event.entry(0).get("value")).hasSize(16_384);
    }

    @Test
    void shouldSurviveAStackThatCannotBeRead() {
        Odd throwing = new Odd("x") {
            private static final long serialVersionUID = 1;

            @Override
            public StackTraceElement[] getStackTrace() {
                throw new LinkageError();
            }
        };
        Odd without = new Odd("x") {
            private static final long serialVersionUID = 1;

            @Override
            public StackTraceElement[] getStackTrace() {
                return null;
            }
        };

        assertThat(RecordedEvent.of(throwing).entry(0)).doesNotContainKey("stacktrace");
        assertThat(RecordedEvent.of(without).entry(0)).doesNotContainKey("stacktrace");
    }

    @Test
    void shouldReadOnlyTheEndOfAHugeStackWithHoles() {
        StackTraceElement[] stack = new StackTraceElement[5_000_000];
        stack[1] = new StackTraceElement("com.acme.Store", "save", "Store.java", 88);
        Odd thrown = new Odd("x") {
            private static final long serialVersionUID = 1;

            @Override
            public StackTraceElement[] getStackTrace() {
                return stack;
            }
        };

        assertThat(RecordedEvent.of(thrown).frames(0))
                .singleElement()
                .satisfies(frame -> assertThat(frame).containsEntry("module", "com.acme.Store"));
    }

    @Test
    void shouldFitTheLargestListIntoAnEvent() {
        StackTraceElement[] stack = new StackTraceElement[64];
        Arrays.fill(
                stack,
                new StackTraceElement("\u0001".repeat(3_000), "\u0001".repeat(3_000), "\u0001".repeat(3_000), 1));
        Throwable chain = null;
        for (int i = 0; i < 60; i++) {
            chain = new Exception("\u0001".repeat(20_000), chain);
            chain.setStackTrace(stack);
        }
        RecordedEvent event = RecordedEvent.of(
                chain, ExceptionDetails.MANUAL, RecordedEvent.SETTINGS.withMapId("\u0001".repeat(100)));

        assertThat(event.list()).hasSize(50);
        int share = RecordedEvent.MAX_EVENT_BYTES / 5 * 3;
        assertThat(bytes(event.list())).isBetween(share - 50_000, share);
    }

    @ParameterizedTest
    @ValueSource(ints = {700, 800, 1_024, 1_025, 2_000, 2_187, 4_096, 16_384, 65_536})
    void shouldStayWithinItsShareOfASmallEvent(int maxEventBytes) {
        StackTraceElement[] stack = new StackTraceElement[64];
        Arrays.fill(stack, new StackTraceElement("com.acme.Store", "save", "Store.java", 88));
        Throwable chain = null;
        for (int i = 0; i < 60; i++) {
            chain =
                    new AnExceptionWhoseNameIsLongerThanAHundredBytesSoThatItHasToBeCutWhereverThereIsLittleRoomForAnythingAtAll(
                            "\u0001".repeat(1_000), chain);
            chain.setStackTrace(stack);
        }
        ExceptionDetails details = ExceptionDetails.UNCAUGHT
                .withMechanismType("\u0001".repeat(10_000))
                .withMechanismField("large", "\u0001".repeat(8_000))
                .withMechanismField("small", List.of(1, Map.of("a", true)));

        RecordedEvent event =
                RecordedEvent.of(chain, details, new ExceptionEvents(RecordedEvent.SETTINGS, maxEventBytes));

        assertIsValid(event);
        int share = (int) (maxEventBytes * 0.6);
        assertThat(event.list()).hasSize(Math.min(50, Math.max(1, share / 656)));
        assertThat(bytes(event.list())).isBetween(share / 3, share);
        assertThat((String) event.entry(0).get("value")).isNotEmpty();
    }

    @Test
    void shouldStayWithinItsShareWithWhateverElseWasThrown() {
        RecordedEvent event = RecordedEvent.of(
                "\u0001".repeat(10_000), ExceptionDetails.MANUAL, new ExceptionEvents(RecordedEvent.SETTINGS, 1_024));

        assertThat(bytes(event.list())).isBetween(300, 614);
    }

    @Test
    void shouldWriteAThousandAndTwentyFourFramesInAll() {
        StackTraceElement[] stack = new StackTraceElement[64];
        Arrays.fill(stack, new StackTraceElement("com.acme.Store", "save", "Store.java", 88));
        Throwable chain = null;
        for (int i = 0; i < 50; i++) {
            chain = new Exception("x", chain);
            chain.setStackTrace(stack);
        }
        RecordedEvent event = RecordedEvent.of(chain);

        assertThat(event.frames(15)).hasSize(64);
        assertThat(event.entry(16)).doesNotContainKey("stacktrace");
        assertThat(bytes(event.properties())).isLessThan(RecordedEvent.MAX_EVENT_BYTES);
    }

    @Test
    void shouldWriteValidListsOfAnyTree() {
        TestSeed.run(random -> {
            for (int i = 0; i < 200; i++) {
                int maxEventBytes = 1_024 << random.nextInt(10);
                RecordedEvent event = RecordedEvent.of(
                        tree(random),
                        ExceptionDetails.UNCAUGHT,
                        new ExceptionEvents(RecordedEvent.SETTINGS, maxEventBytes));
                assertIsValid(event);
                assertThat(bytes(event.list())).isLessThanOrEqualTo((int) (maxEventBytes * 0.6));
                if (maxEventBytes >= 64 * 1024) {
                    assertThat(bytes(event.properties())).isLessThan(maxEventBytes);
                }
            }
        });
    }

    private static Throwable tree(SplittableRandom random) {
        Throwable[] all = new Throwable[1 + random.nextInt(80)];
        for (int i = 0; i < all.length; i++) {
            all[i] = new Exception(String.valueOf((char) random.nextInt(0x3000)).repeat(random.nextInt(3_000)));
        }
        for (Throwable each : all) {
            Throwable other = all[random.nextInt(all.length)];
            if (other != each && random.nextInt(4) > 0) {
                each.initCause(other);
            }
            for (int i = random.nextInt(4); i > 0; i--) {
                Throwable suppressed = all[random.nextInt(all.length)];
                if (suppressed != each) {
                    each.addSuppressed(suppressed);
                }
            }
        }
        return all[0];
    }

    private static void assertIsValid(RecordedEvent event) {
        List<Map<String, Object>> list = event.list();
        assertThat(list).hasSizeBetween(1, 50);
        Set<Object> ids = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            Map<String, Object> mechanism = event.mechanism(i);
            assertThat((String) list.get(i).get("type")).isNotEmpty();
            assertThat(list.get(i).get("value")).isInstanceOf(String.class);
            if (i == 0) {
                assertThat(mechanism).doesNotContainKeys("parent_id", "source");
            } else {
                assertThat(mechanism).containsEntry("type", "chained").doesNotContainKey("handled");
                assertThat(mechanism.get("source")).isIn("cause", "suppressed");
                assertThat(ids).contains(mechanism.get("parent_id"));
            }
            assertThat(ids.add(mechanism.get("exception_id"))).isTrue();
        }
    }
}
