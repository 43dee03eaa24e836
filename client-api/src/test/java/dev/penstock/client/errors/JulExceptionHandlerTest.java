package dev.penstock.client.errors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.SlyThrow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.ErrorManager;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JulExceptionHandlerTest {

    private final FakeExceptionClient fake = new FakeExceptionClient();
    private final JulExceptionHandler handler = new JulExceptionHandler(fake.client());
    private final List<Exception> failures = new ArrayList<>();

    JulExceptionHandlerTest() {
        handler.setErrorManager(new ErrorManager() {
            @Override
            public synchronized void error(String message, Exception failure, int code) {
                failures.add(failure);
            }
        });
    }

    private static LogRecord record(Level level, String message) {
        LogRecord record = new LogRecord(level, message);
        record.setLoggerName("com.acme.Store");
        record.setThrown(new Exception("boom"));
        return record;
    }

    private static final class OwnLevel extends Level {
        private static final long serialVersionUID = 1;

        OwnLevel(String name, int value) {
            super(name, value);
        }
    }

    @Test
    void shouldCaptureTheExceptionOfALogCall() {
        Logger logger = Logger.getAnonymousLogger();
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
        Exception thrown = new Exception("boom");

        logger.log(Level.SEVERE, "could not save", thrown);

        assertThat(fake.sent()).hasSize(1);
        assertThat(fake.sent().get(0).thrown()).isSameAs(thrown);
        assertThat(fake.sent().get(0).details().source()).contains("jul.handler");
        assertThat(fake.sent().get(0).details().mechanismType()).contains("logger");
        assertThat(fake.sent().get(0).details().handled()).contains(true);
    }

    @Test
    void shouldFillParametersIn() {
        LogRecord record = record(Level.SEVERE, "could not save match {0}");
        record.setParameters(new Object[] {"m-9"});

        handler.publish(record);

        assertThat(fake.sent().get(0).properties())
                .containsEntry("log_message", "could not save match m-9")
                .containsEntry("logger_name", "com.acme.Store");
    }

    @ParameterizedTest
    @CsvSource({
        "SEVERE, 1000, error",
        "WARNING, 900, warning",
        "INFO, 800, info",
        "CONFIG, 700, info",
        "FINE, 500, debug",
        "FINEST, 300, debug",
        "FATAL, 1100, fatal",
        "trace, 400, debug",
        "AUDIT, 1001, error",
        "AUDIT, 999, warning",
        "AUDIT, 899, info",
        "AUDIT, 699, debug"
    })
    void shouldTranslateLevels(String name, int value, String wireName) {
        handler.setLevel(Level.ALL);

        handler.publish(record(new OwnLevel(name, value), "x"));

        assertThat(fake.sent().get(0).details().level().map(ExceptionLevel::wireName))
                .contains(wireName);
    }

    @Test
    void shouldTakeOnlySevereRecordsUnlessToldOtherwise() {
        handler.publish(record(new OwnLevel("BELOW", Level.SEVERE.intValue() - 1), "x"));
        assertThat(fake.sent()).isEmpty();

        handler.publish(record(Level.SEVERE, "x"));
        assertThat(fake.sent()).hasSize(1);

        handler.setLevel(Level.WARNING);
        handler.publish(record(Level.WARNING, "x"));
        assertThat(fake.sent()).hasSize(2);
    }

    @Test
    void shouldIgnoreRecordsWithoutAnException() {
        handler.publish(new LogRecord(Level.SEVERE, "no exception"));
        handler.publish(null);

        assertThat(fake.calls()).isEmpty();
        assertThat(failures).isEmpty();
    }

    @Test
    void shouldTellItsErrorManagerOfAFilterThatThrows() {
        handler.setFilter(record -> {
            throw new StackOverflowError();
        });

        handler.publish(record(Level.SEVERE, "x"));

        assertThat(fake.sent()).isEmpty();
        assertThat(failures)
                .singleElement()
                .satisfies(failure -> assertThat(failure).hasCauseInstanceOf(StackOverflowError.class));
    }

    @Test
    void shouldTellItsErrorManagerOfAFilterThatThrowsACheckedException() {
        IOException failure = new IOException();
        handler.setFilter(record -> {
            throw SlyThrow.of(failure);
        });

        handler.publish(record(Level.SEVERE, "x"));

        assertThat(failures).containsExactly(failure);
    }

    @Test
    void shouldSendWithoutWaitingWhenFlushed() {
        handler.flush();

        assertThat(fake.calls()).containsExactly("flush PT0S");
    }

    @Test
    void shouldCaptureNothingOnceClosedAndLeaveTheClientOpen() {
        handler.close();
        handler.publish(record(Level.SEVERE, "x"));

        assertThat(fake.calls()).isEmpty();
    }
}
