package dev.penstock.engine.errors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.errors.ExceptionDetails;
import dev.penstock.client.errors.SourceLocator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceContextTest {

    private static final List<String> FILE =
            IntStream.rangeClosed(1, 50).mapToObj(i -> "line " + i).toList();

    private static RecordedEvent captured(SourceLocator locator, StackTraceElement... stack) {
        Exception thrown = new Exception("x");
        thrown.setStackTrace(stack);
        return RecordedEvent.of(thrown, ExceptionDetails.MANUAL, RecordedEvent.SETTINGS.withSourceLocator(locator));
    }

    private static StackTraceElement at(int line) {
        return new StackTraceElement("com.acme.Store", "save", "Store.java", line);
    }

    private static Map<String, Object> crashAt(int line) {
        return captured((className, fileName) -> Optional.of(FILE), at(line)).crash(0);
    }

    private static void assertHasNoContext(Map<String, Object> frame) {
        assertThat(frame).doesNotContainKeys("context_line", "pre_context", "post_context");
    }

    @Test
    void shouldAddFiveLinesOnEachSideInTheOrderOfTheFile() {
        assertThat(crashAt(40))
                .containsEntry("pre_context", List.of("line 35", "line 36", "line 37", "line 38", "line 39"))
                .containsEntry("context_line", "line 40")
                .containsEntry("post_context", List.of("line 41", "line 42", "line 43", "line 44", "line 45"));
    }

    @Test
    void shouldAddFewerLinesAtTheEndsOfTheFile() {
        assertThat(crashAt(1))
                .containsEntry("pre_context", List.of())
                .containsEntry("context_line", "line 1")
                .containsEntry("post_context", List.of("line 2", "line 3", "line 4", "line 5", "line 6"));
        assertThat(crashAt(49))
                .containsEntry("context_line", "line 49")
                .containsEntry("post_context", List.of("line 50"));
        assertThat(crashAt(50)).containsEntry("context_line", "line 50").containsEntry("post_context", List.of());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 51, Integer.MAX_VALUE})
    void shouldAddNothingForALineThatIsNotInTheFile(int line) {
        assertHasNoContext(crashAt(line));
    }

    @Test
    void shouldAddNothingWithoutALocator() {
        assertHasNoContext(captured(null, at(40)).crash(0));
    }

    @Test
    void shouldAddNothingToFramesThatAreNotInAppOrHaveNoFile() {
        SourceLocator locator = (className, fileName) -> Optional.of(FILE);

        assertHasNoContext(captured(locator, new StackTraceElement("java.util.List", "of", "List.java", 3))
                .crash(0));
        assertHasNoContext(captured(locator, new StackTraceElement("com.acme.Store", "save", null, 3))
                .crash(0));
    }

    @Test
    void shouldAskOnceForEachClass() {
        List<String> asked = new ArrayList<>();
        RecordedEvent event = captured(
                (className, fileName) -> {
                    asked.add(className + " " + fileName);
                    return Optional.of(FILE);
                },
                at(1),
                at(2));

        assertThat(asked).containsExactly("com.acme.Store Store.java");
        assertThat(event.frames(0))
                .extracting(frame -> frame.get("context_line"))
                .containsExactly("line 2", "line 1");
    }

    @Test
    void shouldAddNothingWhenTheLocatorFails() {
        assertHasNoContext(captured((className, fileName) -> null, at(1)).crash(0));
        assertHasNoContext(
                captured((className, fileName) -> Optional.empty(), at(1)).crash(0));
        assertHasNoContext(captured((className, fileName) -> Optional.of(Arrays.asList(null, null)), at(1))
                .crash(0));
        assertHasNoContext(captured(
                        (className, fileName) -> {
                            throw new StackOverflowError();
                        },
                        at(1))
                .crash(0));
    }

    @Test
    void shouldCutLongLines() {
        Map<String, Object> frame = captured((className, fileName) -> Optional.of(List.of("x".repeat(513))), at(1))
                .crash(0);

        assertThat((String) frame.get("context_line")).hasSize(512);
    }

    @Test
    void shouldGiveUpSourceLinesBeforeFramesWhereThereIsNoRoom() {
        StackTraceElement[] stack = new StackTraceElement[64];
        Arrays.fill(stack, at(20));
        Exception thrown = new Exception("x");
        thrown.setStackTrace(stack);
        List<String> wide =
                IntStream.range(0, 50).mapToObj(i -> "x".repeat(500)).toList();
        ExceptionEvents events = new ExceptionEvents(
                RecordedEvent.SETTINGS.withSourceLocator((className, fileName) -> Optional.of(wide)), 64 * 1024);

        RecordedEvent event = RecordedEvent.of(thrown, ExceptionDetails.MANUAL, events);

        assertThat(event.frames(0)).hasSize(64);
        assertThat(event.crash(0)).containsKey("context_line");
        assertHasNoContext(event.frames(0).get(0));
    }
}
