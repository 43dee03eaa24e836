package dev.penstock.client.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.Thread.UncaughtExceptionHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UncaughtExceptionCaptureTest {

    private final FakeExceptionClient fake = new FakeExceptionClient();
    private final FakeExceptionClient otherFake = new FakeExceptionClient();
    private final List<Throwable> passedOn = Collections.synchronizedList(new ArrayList<>());
    private final UncaughtExceptionHandler original = new Original();
    private final RuntimeException thrown = new IllegalStateException("boom");
    private UncaughtExceptionHandler before;

    private final class Original implements UncaughtExceptionHandler {
        @Override
        public void uncaughtException(Thread thread, Throwable uncaught) {
            passedOn.add(uncaught);
        }
    }

    @BeforeEach
    void installOriginal() {
        before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler(original);
    }

    @AfterEach
    void restore() {
        Thread.setDefaultUncaughtExceptionHandler(before);
    }

    private void die() {
        Thread thread = new Thread(
                () -> {
                    throw thrown;
                },
                "dying");
        thread.start();
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void shouldCaptureAndPassOn() {
        try (UncaughtExceptionCapture capture = UncaughtExceptionCapture.install(fake.client())) {
            assertThat(capture).isNotNull();
            die();
        }

        assertThat(fake.sent()).hasSize(1);
        assertThat(fake.sent().get(0).thrown()).isSameAs(thrown);
        assertThat(fake.sent().get(0).details()).isSameAs(ExceptionDetails.UNCAUGHT);
        assertThat(fake.calls()).containsExactly("exception");
        assertThat(passedOn).containsExactly(thrown);
    }

    @Test
    void shouldWaitForDeliveryWhenTheProcessEnds() {
        UncaughtExceptionCapture.install(fake.client(), new UncaughtExceptionOptions(true, Duration.ofMillis(7)));
        die();

        assertThat(fake.sent().get(0).details()).isSameAs(ExceptionDetails.UNCAUGHT_FATAL);
        assertThat(fake.calls()).containsExactly("exception", "flush PT0.007S");
        assertThat(passedOn).containsExactly(thrown);
    }

    @Test
    void shouldDeliverBeforeAHandlerThatMayEndTheProcess() {
        List<List<String>> callsWhenPassedOn = Collections.synchronizedList(new ArrayList<>());
        Thread.setDefaultUncaughtExceptionHandler((thread, uncaught) -> callsWhenPassedOn.add(fake.calls()));
        UncaughtExceptionCapture.install(fake.client(), UncaughtExceptionOptions.PROCESS_ENDS);
        die();

        assertThat(callsWhenPassedOn).containsExactly(List.of("exception", "flush PT2S"));
    }

    @Test
    void shouldPassOnWhatItFailsToCapture() {
        fake.onException(() -> {
            throw new StackOverflowError();
        });
        UncaughtExceptionCapture.install(fake.client());
        die();

        assertThat(passedOn).containsExactly(thrown);
        assertThat(thrown.getSuppressed()).hasOnlyElementsOfType(StackOverflowError.class);
    }

    @Test
    void shouldPassOnWhatCapturingThrowsAgain() {
        fake.onException(() -> {
            throw thrown;
        });
        UncaughtExceptionCapture.install(fake.client());
        die();

        assertThat(passedOn).containsExactly(thrown);
    }

    @Test
    void shouldNotRunInCirclesWithAHandlerThatCallsTheDefaultOne() {
        Thread.setDefaultUncaughtExceptionHandler((thread, uncaught) -> {
            passedOn.add(uncaught);
            Thread.getDefaultUncaughtExceptionHandler().uncaughtException(thread, uncaught);
        });
        UncaughtExceptionCapture.install(fake.client());
        die();
        die();

        assertThat(fake.sent()).hasSize(2);
        assertThat(passedOn).containsExactly(thrown, thrown);
    }

    @Test
    void shouldCaptureAgainOnAThreadThatGoesOn() {
        UncaughtExceptionCapture.install(fake.client());
        UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
        handler.uncaughtException(Thread.currentThread(), thrown);
        handler.uncaughtException(Thread.currentThread(), thrown);

        assertThat(fake.sent()).hasSize(2);
        assertThat(passedOn).hasSize(2);
    }

    @Test
    void shouldRestoreTheOriginalWhenClosedInTheOrderOfInstallation() {
        UncaughtExceptionCapture first = UncaughtExceptionCapture.install(fake.client());
        UncaughtExceptionCapture second = UncaughtExceptionCapture.install(otherFake.client());

        first.close();
        die();
        assertThat(fake.sent()).isEmpty();
        assertThat(otherFake.sent()).hasSize(1);
        assertThat(passedOn).hasSize(1);

        second.close();
        second.close();
        assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(original);
    }

    @Test
    void shouldRestoreTheOriginalWhenClosedTheOtherWayRound() {
        UncaughtExceptionCapture first = UncaughtExceptionCapture.install(fake.client());
        UncaughtExceptionCapture second = UncaughtExceptionCapture.install(otherFake.client());

        second.close();
        die();
        assertThat(fake.sent()).hasSize(1);
        assertThat(otherFake.sent()).isEmpty();

        first.close();
        assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(original);
    }

    @Test
    void shouldLetBothCaptureWhileBothAreInstalled() {
        UncaughtExceptionCapture.install(fake.client());
        UncaughtExceptionCapture.install(otherFake.client());
        die();

        assertThat(fake.sent()).hasSize(1);
        assertThat(otherFake.sent()).hasSize(1);
        assertThat(passedOn).hasSize(1);
    }

    @Test
    void shouldLeaveALaterHandlerInPlaceAndOnlyPassOn() {
        UncaughtExceptionCapture capture = UncaughtExceptionCapture.install(fake.client());
        UncaughtExceptionHandler behind = Thread.getDefaultUncaughtExceptionHandler();
        List<Throwable> seenLater = Collections.synchronizedList(new ArrayList<>());
        UncaughtExceptionHandler later = (thread, uncaught) -> {
            seenLater.add(uncaught);
            behind.uncaughtException(thread, uncaught);
        };
        Thread.setDefaultUncaughtExceptionHandler(later);

        capture.close();
        die();

        assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(later);
        assertThat(seenLater).containsExactly(thrown);
        assertThat(fake.sent()).isEmpty();
        assertThat(passedOn).containsExactly(thrown);
    }

    @Test
    void shouldStillPrintTheStackTraceWhereThereWasNoHandler() {
        Thread.setDefaultUncaughtExceptionHandler(null);
        UncaughtExceptionCapture capture = UncaughtExceptionCapture.install(fake.client());
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream err = System.err;
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            die();
        } finally {
            System.setErr(err);
        }

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .startsWith("Exception in thread \"dying\" java.lang.IllegalStateException: boom")
                .contains("at " + getClass().getName());
        capture.close();
        assertThat(Thread.getDefaultUncaughtExceptionHandler()).isNull();
    }

    @Test
    void shouldRefuseMissingArgumentsAndNegativeTimes() {
        assertThatIllegalArgumentException().isThrownBy(() -> UncaughtExceptionCapture.install(null));
        assertThatIllegalArgumentException().isThrownBy(() -> UncaughtExceptionCapture.install(fake.client(), null));
        assertThatIllegalArgumentException().isThrownBy(() -> new UncaughtExceptionOptions(true, null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UncaughtExceptionOptions(true, Duration.ofNanos(-1)))
                .withMessageContaining("flushTimeout");
        assertThat(new UncaughtExceptionOptions(true, Duration.ZERO).flushTimeout())
                .isZero();
        assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(original);
    }

    @Test
    void shouldPassOnEvenNothing() {
        fake.onException(() -> {
            throw new IllegalStateException("nothing to capture");
        });
        UncaughtExceptionCapture.install(fake.client());
        Thread.getDefaultUncaughtExceptionHandler().uncaughtException(Thread.currentThread(), null);

        assertThat(passedOn).containsExactly((Throwable) null);
    }

    @Test
    void shouldCaptureAgainAfterAFormerHandlerThatThrew() {
        Thread.setDefaultUncaughtExceptionHandler((thread, uncaught) -> {
            throw new IllegalStateException("a handler's own");
        });
        UncaughtExceptionCapture.install(fake.client());
        UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
        for (int i = 0; i < 2; i++) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> handler.uncaughtException(Thread.currentThread(), thrown));
        }

        assertThat(fake.sent()).hasSize(2);
    }

    @Test
    void shouldNotPrintThatAThreadWasStopped() {
        Thread.setDefaultUncaughtExceptionHandler(null);
        UncaughtExceptionCapture.install(fake.client());
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream err = System.err;
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            Thread.getDefaultUncaughtExceptionHandler().uncaughtException(Thread.currentThread(), new ThreadDeath());
        } finally {
            System.setErr(err);
        }

        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(fake.sent()).hasSize(1);
    }
}
