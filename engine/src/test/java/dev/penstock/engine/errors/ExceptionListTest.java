package dev.penstock.engine.errors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.errors.ExceptionDetails;
import java.io.IOException;
import java.sql.SQLTimeoutException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExceptionListTest {

    private static final class MatchSaveException extends Exception {
        private static final long serialVersionUID = 1;

        MatchSaveException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private static Throwable withSuppressed(Throwable thrown, Throwable... suppressed) {
        for (Throwable each : suppressed) {
            thrown.addSuppressed(each);
        }
        return thrown;
    }

    @Test
    void shouldWriteAnExceptionItsCauseAndWhatWasSuppressed() {
        RecordedEvent event = RecordedEvent.of(withSuppressed(
                new MatchSaveException("could not save match 9", new SQLTimeoutException()),
                new IOException("close failed")));

        assertThat(event.list()).hasSize(3);
        assertThat(event.entry(0))
                .containsEntry("type", "ExceptionListTest$MatchSaveException")
                .containsEntry("module", "dev.penstock.engine.errors")
                .containsEntry("value", "could not save match 9")
                .containsEntry("thread_id", Thread.currentThread().getId());
        assertThat(event.mechanism(0))
                .isEqualTo(Map.of("type", "generic", "handled", true, "synthetic", false, "exception_id", 0));
        assertThat(event.entry(1))
                .containsEntry("type", "SQLTimeoutException")
                .containsEntry("module", "java.sql")
                .containsEntry("value", "")
                .doesNotContainKey("thread_id");
        assertThat(event.mechanism(1))
                .isEqualTo(Map.of(
                        "type", "chained", "source", "cause", "synthetic", false, "exception_id", 1, "parent_id", 0));
        assertThat(event.entry(2)).containsEntry("type", "IOException").containsEntry("value", "close failed");
        assertThat(event.mechanism(2))
                .isEqualTo(Map.of(
                        "type",
                        "chained",
                        "source",
                        "suppressed",
                        "synthetic",
                        false,
                        "exception_id",
                        2,
                        "parent_id",
                        0));
    }

    @Test
    void shouldKeepFieldsOfThePlatformOnTheOutermostOnly() {
        RecordedEvent event = RecordedEvent.of(
                new Exception(new Exception()),
                ExceptionDetails.MANUAL.withMechanismField("attempt", 2).withHandled(false),
                RecordedEvent.SETTINGS);

        assertThat(event.mechanism(0)).containsEntry("attempt", 2).containsEntry("handled", false);
        assertThat(event.mechanism(1)).doesNotContainKeys("attempt", "handled");
    }

    @Test
    void shouldSayOutOfContextOnlyHowNestedExceptionsWereReached() {
        RecordedEvent event =
                RecordedEvent.of(new Exception(new Exception()), ExceptionDetails.UNKNOWN, RecordedEvent.SETTINGS);

        assertThat(event.mechanism(1))
                .isEqualTo(Map.of("type", "chained", "source", "cause", "exception_id", 1, "parent_id", 0));
    }

    @Test
    void shouldCallAnExceptionWithoutAStackRealAndLeaveTheStackOut() {
        Exception thrown = new Exception("no stack");
        thrown.setStackTrace(new StackTraceElement[0]);
        RecordedEvent event = RecordedEvent.of(thrown);

        assertThat(event.entry(0)).doesNotContainKey("stacktrace");
        assertThat(event.mechanism(0)).containsEntry("synthetic", false);
    }

    @Test
    void shouldGiveAnyOtherValueATypeATextAndTheCallersStack() {
        // Called back by the JDK, so that the stack has an end to this library's own calls.
        RecordedEvent[] event = new RecordedEvent[1];
        List.of("just text").forEach(text -> event[0] = RecordedEvent.of(text));

        assertThat(event[0].list()).hasSize(1);
        assertThat(event[0].entry(0))
                .containsEntry("type", "String")
                .containsEntry("module", "java.lang")
                .containsEntry("value", "just text");
        assertThat(event[0].mechanism(0)).containsEntry("synthetic", true).containsEntry("type", "generic");
        assertThat(event[0].crash(0)).containsEntry("function", "forEach");
        assertThat(event[0].frames(0))
                .anySatisfy(frame -> assertThat(frame)
                        .containsEntry("module", getClass().getName())
                        .containsEntry("function", "shouldGiveAnyOtherValueATypeATextAndTheCallersStack"));
        assertThat(event[0].properties()).containsEntry("$exception_message", "just text");
    }

    @Test
    void shouldCallAnInventedExceptionSyntheticEvenOutOfContext() {
        assertThat(RecordedEvent.of("text", ExceptionDetails.UNKNOWN, RecordedEvent.SETTINGS)
                        .mechanism(0))
                .isEqualTo(Map.of("synthetic", true, "exception_id", 0));
    }

    @Test
    void shouldGiveEvenNullAType() {
        RecordedEvent event = RecordedEvent.of(null);

        assertThat(event.entry(0))
                .containsEntry("type", "null")
                .containsEntry("value", "null")
                .doesNotContainKey("module");
        assertThat(event.mechanism(0)).containsEntry("synthetic", true);
    }

    @Test
    void shouldCutTextsThatAreTooLong() {
        assertThat((String) RecordedEvent.of(new Exception("x".repeat(16_384)))
                        .entry(0)
                        .get("value"))
                .hasSize(16_384);
        assertThat((String) RecordedEvent.of(new Exception("x".repeat(16_385)))
                        .entry(0)
                        .get("value"))
                .hasSize(16_384);
        assertThat((String) RecordedEvent.of("x".repeat(16_385)).entry(0).get("value"))
                .hasSize(16_384);
    }
}
