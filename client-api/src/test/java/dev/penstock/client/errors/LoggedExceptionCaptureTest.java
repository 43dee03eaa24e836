package dev.penstock.client.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.penstock.client.CaptureResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoggedExceptionCaptureTest {

    private final FakeExceptionClient fake = new FakeExceptionClient();
    private final LoggedExceptionCapture capture = new LoggedExceptionCapture(fake.client(), "logback.appender");
    private final Exception thrown = new Exception("boom");

    private LoggedException logged(String logger) {
        return new LoggedException(thrown, "warn", logger, "could not save");
    }

    @Test
    void shouldCaptureWhatTheRecordSays() {
        assertThat(capture.capture(logged("com.acme.Store"))).contains(CaptureResult.ACCEPTED);

        FakeExceptionClient.Sent sent = fake.sent().get(0);
        assertThat(sent.thrown()).isSameAs(thrown);
        assertThat(sent.details().level()).contains(ExceptionLevel.WARNING);
        assertThat(sent.details().mechanismType()).contains("logger");
        assertThat(sent.details().handled()).contains(true);
        assertThat(sent.details().source()).contains("logback.appender");
        assertThat(sent.properties())
                .isEqualTo(Map.of("logger_name", "com.acme.Store", "log_message", "could not save"));
    }

    @Test
    void shouldStayHandledWhenTheRecordIsFatal() {
        capture.capture(new LoggedException(thrown, "FATAL", null, null));

        assertThat(fake.sent().get(0).details().level()).contains(ExceptionLevel.FATAL);
        assertThat(fake.sent().get(0).details().handled()).contains(true);
    }

    @Test
    void shouldLeaveOutWhatIsNotKnown() {
        capture.capture(new LoggedException(thrown, "verbose", null, null));

        assertThat(fake.sent().get(0).details().level()).isEmpty();
        assertThat(fake.sent().get(0).properties()).isEmpty();
    }

    @Test
    void shouldCaptureNothingWithoutAnException() {
        assertThat(capture.capture(new LoggedException(null, "error", "a", "b")))
                .isEmpty();
        assertThat(fake.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev.penstock", "dev.penstock.anything"})
    void shouldNotCaptureWhatTheClientItselfLogs(String logger) {
        assertThat(capture.capture(logged(logger))).isEmpty();
        assertThat(fake.calls()).isEmpty();
    }

    @Test
    void shouldCaptureWhatALoggerOfASimilarNameLogs() {
        assertThat(capture.capture(logged("dev.penstocks"))).isPresent();
    }

    @Test
    void shouldNotCaptureWhatIsLoggedOnAThreadOfTheClient() throws InterruptedException {
        List<Optional<CaptureResult>> answers = new ArrayList<>();
        Thread own = new Thread(() -> answers.add(capture.capture(logged("org.http"))), "penstock-default-listener");
        own.start();
        own.join(10_000);

        assertThat(answers).containsExactly(Optional.empty());
        assertThat(fake.calls()).isEmpty();
    }

    @Test
    void shouldNotCaptureWhatIsLoggedWhileCapturing() {
        FakeExceptionClient otherFake = new FakeExceptionClient();
        LoggedExceptionCapture other = new LoggedExceptionCapture(otherFake.client(), "jul.handler");
        List<Optional<CaptureResult>> nested = new ArrayList<>();
        fake.onException(() -> {
            nested.add(capture.capture(logged("com.acme.Nested")));
            nested.add(other.capture(logged("com.acme.Nested")));
        });

        assertThat(capture.capture(logged("com.acme.Store"))).isPresent();

        assertThat(nested).containsExactly(Optional.empty(), Optional.empty());
        assertThat(fake.sent()).hasSize(1);
        assertThat(otherFake.sent()).isEmpty();
    }

    @Test
    void shouldAnswerAFailureAndGoOn() {
        fake.onException(() -> {
            throw new StackOverflowError();
        });
        assertThat(capture.capture(logged("com.acme.Store"))).contains(CaptureResult.INVALID);

        fake.onException(() -> {});
        assertThat(capture.capture(logged("com.acme.Store"))).contains(CaptureResult.ACCEPTED);
    }

    @Test
    void shouldCutALongMessage() {
        int longest = LoggedExceptionCapture.MAX_MESSAGE_CHARS;
        capture.capture(new LoggedException(thrown, "error", null, "x".repeat(longest)));
        capture.capture(new LoggedException(thrown, "error", null, "x".repeat(longest + 1)));

        assertThat(fake.sent())
                .allSatisfy(sent -> assertThat((String) sent.properties().get("log_message"))
                        .hasSize(longest));
    }

    @Test
    void shouldLeaveOutASourceThatIsNone() {
        new LoggedExceptionCapture(fake.client(), "com.acme.MyAppender").capture(logged("a"));

        assertThat(fake.sent().get(0).details().source()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new LoggedExceptionCapture(null, "a.b"));
    }

    @Test
    void shouldCaptureNothingWithoutARecord() {
        assertThat(capture.capture(null)).isEmpty();
        assertThat(fake.calls()).isEmpty();
    }

    @Test
    void shouldNotCutACharacterOfAMessageInTwo() {
        int longest = LoggedExceptionCapture.MAX_MESSAGE_CHARS;
        String most = "x".repeat(longest - 1);
        capture.capture(new LoggedException(thrown, "error", null, most + "\uD83D\uDE00"));
        capture.capture(new LoggedException(thrown, "error", null, "y" + most.substring(1) + "\uD83Dz"));

        assertThat(fake.sent().get(0).properties()).containsEntry("log_message", most);
        assertThat((String) fake.sent().get(1).properties().get("log_message")).endsWith("x\uD83D");
    }
}
