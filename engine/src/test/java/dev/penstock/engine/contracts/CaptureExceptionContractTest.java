package dev.penstock.engine.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.errors.ExceptionDetails;
import dev.penstock.client.errors.ExceptionSettings;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.engine.testing.ClientFixture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is sent of something that was thrown. */
@Timeout(60)
class CaptureExceptionContractTest {

    @RegisterExtension
    private final ContractHost host = new ContractHost();

    /** Something of an application's own, with the stack of an application. */
    private static final class RootError extends Exception {
        private static final long serialVersionUID = 1;
    }

    private static final class WrapperError extends Exception {
        private static final long serialVersionUID = 1;

        WrapperError(Throwable cause) {
            super(cause);
        }
    }

    private static StackTraceElement at(String method, int line) {
        return new StackTraceElement("com.acme.Store", method, "Store.java", line);
    }

    private static <T extends Throwable> T thrownAt(T thrown, StackTraceElement... crashFirst) {
        thrown.setStackTrace(crashFirst);
        return thrown;
    }

    private ReceivedEvent captured(ClientFixture client, Throwable thrown) {
        assertThat(client.client().captureException("user", thrown, null)).isEqualTo(CaptureResult.ACCEPTED);
        return host.onlySent(client, "$exception");
    }

    private static List<Map<String, Object>> list(ReceivedEvent event) {
        return maps(event.property("$exception_list"));
    }

    private static List<Map<String, Object>> frames(ReceivedEvent event) {
        return maps(((Map<?, ?>) list(event).get(0).get("stacktrace")).get("frames"));
    }

    @SuppressWarnings("unchecked") // JSON has no other objects
    private static List<Map<String, Object>> maps(Object value) {
        return (List<Map<String, Object>>) value;
    }

    @Test
    @DisplayName("Capture Exception: Capturing a handled exception emits an exception event")
    void shouldSendTypeMessageAndStack() {
        ReceivedEvent event = captured(host.client(), new IllegalStateException("boom"));

        assertThat(event.properties())
                .containsEntry("$exception_type", "IllegalStateException")
                .containsEntry("$exception_message", "boom");
        assertThat(frames(event)).isNotEmpty();
    }

    @Test
    @DisplayName("Capture Exception: Exception capture includes caller properties")
    void shouldSendTheCallersProperties() {
        ClientFixture client = host.client();

        client.client()
                .captureException(
                        "user", new IllegalStateException("boom"), Map.of("handled", true, "area", "checkout"));

        assertThat(host.onlySent(client, "$exception").properties())
                .containsEntry("handled", true)
                .containsEntry("area", "checkout");
    }

    @Test
    @DisplayName("Capture Exception: Exception capture normalizes non-standard thrown values")
    void shouldMakeAnExceptionOfAnything() {
        ClientFixture client = host.client();

        assertThat(client.client()
                        .exception(List.of("out", "of", "swords"), ExceptionDetails.MANUAL)
                        .distinctId("user")
                        .send())
                .isEqualTo(CaptureResult.ACCEPTED);

        ReceivedEvent event = host.onlySent(client, "$exception");
        assertThat(event.property("$exception_message")).isEqualTo("[out, of, swords]");
        assertThat(list(event)).hasSize(1);
    }

    @Test
    @DisplayName("Capture Exception: Frames are ordered entry point first, crash site last")
    void shouldSendTheCrashLast() {
        ReceivedEvent event =
                captured(host.client(), thrownAt(new RootError(), at("boom", 3), at("handler", 2), at("main", 1)));

        assertThat(frames(event)).extracting(frame -> frame.get("function")).containsExactly("main", "handler", "boom");
    }

    @Test
    @DisplayName("Capture Exception: Crash-first runtime stacks are reversed before sending")
    void shouldReverseTheStackOfTheRuntime() {
        Exception thrown = new RootError();
        List<String> crashFirst = Arrays.stream(thrown.getStackTrace())
                .limit(64)
                .map(StackTraceElement::getMethodName)
                .collect(Collectors.toCollection(ArrayList::new));

        ReceivedEvent event = captured(host.client(), thrown);

        Collections.reverse(crashFirst);
        assertThat(frames(event)).extracting(frame -> frame.get("function")).isEqualTo(crashFirst);
    }

    @Test
    @DisplayName("Capture Exception: Chained exceptions are listed caught-first, root cause last")
    void shouldListTheCaughtExceptionFirst() {
        ReceivedEvent event = captured(host.client(), new WrapperError(new RootError()));

        assertThat(list(event))
                .extracting(entry -> entry.get("type"))
                .containsExactly("CaptureExceptionContractTest$WrapperError", "CaptureExceptionContractTest$RootError");
    }

    @Test
    @DisplayName("Capture Exception: Platforms without exception chaining send a single-element list")
    void shouldListOneWithoutACause() {
        assertThat(list(captured(host.client(), new RootError()))).hasSize(1);
    }

    @Test
    @DisplayName("Capture Exception: Context arrays are in ascending file order")
    void shouldSendTheLinesInTheOrderOfTheFile() {
        List<String> file =
                IntStream.rangeClosed(1, 50).mapToObj(line -> "line " + line).toList();
        ClientFixture client = host.client(config -> config.exceptions(
                ExceptionSettings.DEFAULT.withSourceLocator((className, fileName) -> Optional.of(file))));

        Map<String, Object> crash = frames(captured(client, thrownAt(new RootError(), at("boom", 40))))
                .get(0);

        assertThat(crash)
                .containsEntry("context_line", "line 40")
                .containsEntry("pre_context", List.of("line 35", "line 36", "line 37", "line 38", "line 39"))
                .containsEntry("post_context", List.of("line 41", "line 42", "line 43", "line 44", "line 45"));
    }

    @Test
    @DisplayName("Capture Exception: Frames without source context are valid")
    void shouldSendFramesWithoutSource() {
        ReceivedEvent event = captured(host.client(), new RootError());

        assertThat(frames(event))
                .isNotEmpty()
                .allSatisfy(
                        frame -> assertThat(frame).doesNotContainKeys("context_line", "pre_context", "post_context"));
    }
}
