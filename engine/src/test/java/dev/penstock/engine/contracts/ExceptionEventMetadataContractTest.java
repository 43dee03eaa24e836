package dev.penstock.engine.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.errors.ExceptionDetails;
import dev.penstock.client.errors.LoggedException;
import dev.penstock.client.errors.LoggedExceptionCapture;
import dev.penstock.client.errors.UncaughtExceptionCapture;
import dev.penstock.client.errors.UncaughtExceptionOptions;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.ClientFixture;
import java.lang.Thread.UncaughtExceptionHandler;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is said of an exception besides the exception itself. */
@Timeout(60)
class ExceptionEventMetadataContractTest {

    private static final ExceptionDetails FILTER = ExceptionDetails.ESCAPED_REQUEST.withSource("servlet.filter");

    @RegisterExtension
    private final ContractHost host = new ContractHost();

    private final Exception thrown = new IllegalStateException("boom");

    private ReceivedEvent captured(Object what, ExceptionDetails details) {
        ClientFixture client = host.client();
        assertThat(client.client().exception(what, details).distinctId("user").send())
                .isEqualTo(CaptureResult.ACCEPTED);
        return host.onlySent(client, "$exception");
    }

    private ReceivedEvent logged(String level) {
        ClientFixture client = host.client();
        new LoggedExceptionCapture(client.client(), "logback.appender")
                .capture(new LoggedException(thrown, level, "com.acme.Store", "no swords left"));
        return host.onlySent(client, "$exception");
    }

    @SuppressWarnings("unchecked") // JSON has no other objects
    private static List<Map<String, Object>> list(ReceivedEvent event) {
        return (List<Map<String, Object>>) event.property("$exception_list");
    }

    @SuppressWarnings("unchecked") // JSON has no other objects
    private static Map<String, Object> mechanism(ReceivedEvent event, int index) {
        return (Map<String, Object>) list(event).get(index).get("mechanism");
    }

    @Test
    @DisplayName("Exception Event Metadata: Manual capture emits canonical defaults")
    void shouldSayWhatAManualCallMeans() {
        ReceivedEvent event = captured(thrown, ExceptionDetails.MANUAL);

        assertThat(event.properties())
                .containsEntry("$exception_level", "error")
                .doesNotContainKey("$exception_source");
        assertThat(mechanism(event, 0)).containsEntry("type", "generic").containsEntry("handled", true);
    }

    @Test
    @DisplayName("Exception Event Metadata: Framework middleware identifies category and concrete source")
    void shouldSayThatItEscapedARequest() {
        ReceivedEvent event = captured(thrown, FILTER);

        assertThat(event.property("$exception_source")).isEqualTo("servlet.filter");
        assertThat(mechanism(event, 0)).containsEntry("type", "middleware").containsEntry("handled", false);
    }

    @Test
    @DisplayName("Exception Event Metadata: A nested cause identifies its relationship")
    void shouldSayOfWhatACauseIsOne() {
        ReceivedEvent event = captured(new IllegalStateException("outer", thrown), ExceptionDetails.MANUAL);

        assertThat(mechanism(event, 0)).containsEntry("exception_id", 0L).doesNotContainKeys("parent_id", "source");
        assertThat(mechanism(event, 1))
                .containsEntry("type", "chained")
                .containsEntry("parent_id", 0L)
                .containsEntry("source", "cause");
    }

    @Test
    @DisplayName("Exception Event Metadata: An aggregate serializes a deterministic flattened tree")
    void shouldListEachParentBeforeItsChildren() {
        Exception aggregate = new IllegalStateException("all");
        aggregate.addSuppressed(new IllegalStateException("first"));
        aggregate.addSuppressed(new IllegalStateException("second", new IllegalStateException("its cause")));

        ReceivedEvent event = captured(aggregate, ExceptionDetails.MANUAL);

        assertThat(list(event))
                .extracting(entry -> entry.get("value"))
                .containsExactly("all", "first", "second", "its cause");
        List<Map<String, Object>> mechanisms =
                IntStream.range(0, 4).mapToObj(index -> mechanism(event, index)).toList();
        assertThat(mechanisms)
                .extracting(mechanism -> mechanism.get("exception_id"))
                .doesNotHaveDuplicates();
        assertThat(mechanisms.subList(1, 4))
                .allSatisfy(mechanism -> assertThat(mechanism).containsEntry("type", "chained"));
        assertThat(mechanisms)
                .extracting(mechanism -> mechanism.get("parent_id"))
                .containsExactly(
                        null,
                        mechanisms.get(0).get("exception_id"),
                        mechanisms.get(0).get("exception_id"),
                        mechanisms.get(2).get("exception_id"));
    }

    @Test
    @DisplayName("Exception Event Metadata: Cycles and oversized exception trees are bounded")
    void shouldListNoneTwiceAndFiftyAtMost() {
        Exception one = new IllegalStateException("one");
        one.initCause(new IllegalStateException("two", one));
        Exception deepest = new IllegalStateException("e59");
        for (int i = 58; i >= 0; i--) {
            deepest = new IllegalStateException("e" + i, deepest);
        }

        assertThat(list(captured(one, ExceptionDetails.MANUAL)))
                .extracting(entry -> entry.get("value"))
                .containsExactly("one", "two");
        host.collector().reset();
        assertThat(list(captured(deepest, ExceptionDetails.MANUAL)))
                .extracting(entry -> entry.get("value"))
                .isEqualTo(IntStream.range(0, 50).mapToObj(i -> "e" + i).toList());
    }

    @Test
    @DisplayName("Exception Event Metadata: A preserved runtime stack is not synthetic")
    void shouldNotCallARealStackSynthetic() {
        assertThat(mechanism(captured(thrown, ExceptionDetails.MANUAL), 0)).containsEntry("synthetic", false);
    }

    @Test
    @DisplayName("Exception Event Metadata: A synthesized current stack is marked synthetic")
    void shouldCallTheCallersStackSynthetic() {
        ReceivedEvent event = captured("no exception", ExceptionDetails.MANUAL);

        assertThat(mechanism(event, 0)).containsEntry("synthetic", true);
        assertThat(list(event).get(0)).containsKey("stacktrace");
    }

    @Test
    @DisplayName("Exception Event Metadata: Logger capture normalizes severity and remains handled")
    void shouldTakeTheLevelOfALogRecord() {
        ReceivedEvent event = logged("warn");

        assertThat(event.property("$exception_level")).isEqualTo("warning");
        assertThat(mechanism(event, 0)).containsEntry("type", "logger").containsEntry("handled", true);
    }

    @Test
    @DisplayName("Exception Event Metadata: A fatal logger call remains handled")
    void shouldCallWhatWasLoggedHandled() {
        ReceivedEvent event = logged("fatal");

        assertThat(event.property("$exception_level")).isEqualTo("fatal");
        assertThat(mechanism(event, 0)).containsEntry("handled", true);
    }

    @Test
    @DisplayName("Exception Event Metadata: A terminating failure emits fatal unhandled metadata")
    void shouldCallFatalWhatEndsTheProcess() {
        ClientFixture client = host.client();
        UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        // Without one, the stack trace would be printed as if the build had failed.
        Thread.setDefaultUncaughtExceptionHandler((thread, uncaught) -> {});
        try (UncaughtExceptionCapture capture =
                UncaughtExceptionCapture.install(client.client(), UncaughtExceptionOptions.PROCESS_ENDS)) {
            assertThat(capture).isNotNull();
            Thread dying = new Thread(
                    () -> {
                        throw new IllegalStateException("boom");
                    },
                    "dying");
            dying.start();
            Await.end(dying);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }

        ReceivedEvent event = host.onlySent(client, "$exception");
        assertThat(event.property("$exception_level")).isEqualTo("fatal");
        assertThat(mechanism(event, 0)).containsEntry("handled", false);
    }

    @Test
    @DisplayName("Exception Event Metadata: Capture source remains distinct from processor-derived source files")
    void shouldNotSendWhatTheServerDerives() {
        thrown.setStackTrace(
                new StackTraceElement[] {new StackTraceElement("com.acme.Store", "save", "Store.java", 40)});

        ReceivedEvent event = captured(thrown, FILTER);

        assertThat(event.properties())
                .containsEntry("$exception_source", "servlet.filter")
                .doesNotContainKey("$exception_sources");
    }

    @Test
    @DisplayName("Exception Event Metadata: Generic properties cannot override canonical exception metadata")
    void shouldIgnoreTheCallersPropertiesOfTheseNames() {
        ClientFixture client = host.client();

        client.client()
                .captureException(
                        "user",
                        thrown,
                        Map.of(
                                "$exception_list", "mine",
                                "$exception_level", "debug",
                                "$exception_source", "my.own",
                                "area", "checkout"));

        ReceivedEvent event = host.onlySent(client, "$exception");
        assertThat(event.properties())
                .containsEntry("$exception_level", "error")
                .containsEntry("area", "checkout")
                .doesNotContainKey("$exception_source");
        assertThat(list(event).get(0)).containsEntry("value", "boom");
    }

    @Test
    @DisplayName("Exception Event Metadata: Internal integration metadata participates in typed precedence")
    void shouldLetAnIntegrationKnowBetter() {
        ReceivedEvent event =
                captured(thrown, FILTER.withLevel("critical").withHandled(true).withFingerprint("f-1"));

        assertThat(event.properties())
                .containsEntry("$exception_level", "fatal")
                .containsEntry("$exception_fingerprint", "f-1");
        assertThat(mechanism(event, 0)).containsEntry("type", "middleware").containsEntry("handled", true);
    }

    @Test
    @DisplayName("Exception Event Metadata: Invalid typed metadata falls back at an SDK-owned boundary")
    void shouldPassOverWhatIsInvalid() {
        ReceivedEvent event = captured(
                thrown,
                ExceptionDetails.MANUAL
                        .withMechanismType("")
                        .withLevel("catastrophic")
                        .withSynthetic(true));

        assertThat(event.property("$exception_level")).isEqualTo("error");
        assertThat(mechanism(event, 0)).containsEntry("type", "generic").containsEntry("synthetic", true);
    }

    @Test
    @DisplayName("Exception Event Metadata: Invalid metadata remains absent in a context-free builder")
    void shouldGuessNothingForWhatIsInvalid() {
        ReceivedEvent event = captured(thrown, ExceptionDetails.UNKNOWN.withMechanismField("handled", "perhaps"));

        assertThat(mechanism(event, 0)).doesNotContainKey("handled");
    }

    @Test
    @DisplayName("Exception Event Metadata: A low-level producer preserves unknown metadata as absent")
    void shouldGuessNothing() {
        ReceivedEvent event = captured(thrown, ExceptionDetails.UNKNOWN);

        assertThat(event.properties())
                .doesNotContainKeys("$exception_level", "$exception_source", "$exception_fingerprint", "$debug_images");
        assertThat(mechanism(event, 0)).isEqualTo(Map.of("exception_id", 0L));
    }
}
