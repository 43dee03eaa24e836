package dev.penstock.engine.errors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.errors.ExceptionDetails;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StackFramesTest {

    private static Exception with(StackTraceElement... stack) {
        Exception exception = new Exception("x");
        exception.setStackTrace(stack);
        return exception;
    }

    private static StackTraceElement at(String className, String method) {
        return new StackTraceElement(className, method, "Store.java", 88);
    }

    private static StackTraceElement[] deep(int frames) {
        return IntStream.range(0, frames)
                .mapToObj(i -> at("com.acme.Store", "m" + i))
                .toArray(StackTraceElement[]::new);
    }

    @Test
    void shouldWriteTheOldestCallFirstAndTheCrashLast() {
        RecordedEvent event = RecordedEvent.of(with(
                new StackTraceElement("com.acme.match.Store", "save", "Store.java", 88),
                new StackTraceElement("com.acme.Main", "main", "Main.java", 12)));

        assertThat(event.entry(0).get("stacktrace"))
                .isEqualTo(Map.of(
                        "type",
                        "raw",
                        "frames",
                        List.of(
                                Map.of(
                                        "platform",
                                        "java",
                                        "module",
                                        "com.acme.Main",
                                        "function",
                                        "main",
                                        "filename",
                                        "Main.java",
                                        "lineno",
                                        12,
                                        "in_app",
                                        true),
                                Map.of(
                                        "platform",
                                        "java",
                                        "module",
                                        "com.acme.match.Store",
                                        "function",
                                        "save",
                                        "filename",
                                        "Store.java",
                                        "lineno",
                                        88,
                                        "in_app",
                                        true))));
    }

    @Test
    void shouldKeepTheThrowablesOwnStack() {
        Exception thrown = new Exception("x");

        RecordedEvent event = RecordedEvent.of(thrown);

        assertThat(event.crash(0))
                .containsEntry("function", "shouldKeepTheThrowablesOwnStack")
                .containsEntry("lineno", thrown.getStackTrace()[0].getLineNumber());
    }

    @Test
    void shouldLeaveOutFileAndLineWhereTheyAreUnknown() {
        RecordedEvent event = RecordedEvent.of(with(
                new StackTraceElement("com.acme.Store", "nativeSave", null, -2),
                new StackTraceElement("com.acme.Store", "save", null, -1),
                new StackTraceElement("com.acme.Store", "start", "Store.java", 0)));

        assertThat(event.frames(0).get(2)).doesNotContainKeys("filename", "lineno");
        assertThat(event.frames(0).get(1)).doesNotContainKeys("filename", "lineno");
        assertThat(event.frames(0).get(0)).containsEntry("lineno", 0);
    }

    @Test
    void shouldKeepTheSixtyFourFramesNearestTheCrash() {
        assertThat(RecordedEvent.of(with(deep(64))).frames(0)).hasSize(64);

        RecordedEvent event = RecordedEvent.of(with(deep(65)));
        assertThat(event.frames(0)).hasSize(64);
        assertThat(event.frames(0).get(0)).containsEntry("function", "m63");
        assertThat(event.crash(0)).containsEntry("function", "m0");
    }

    @Test
    void shouldMarkOnlyFramesThatACompilerMade() {
        RecordedEvent event =
                RecordedEvent.of(with(at("com.acme.Store", "lambda$save$0"), at("com.acme.Store", "save")));

        assertThat(event.crash(0)).containsEntry("method_synthetic", true);
        assertThat(event.frames(0).get(0)).doesNotContainKey("method_synthetic");
    }

    @Test
    void shouldWriteTheMappingOfNamesOnEachFrame() {
        RecordedEvent event =
                RecordedEvent.of(with(deep(2)), ExceptionDetails.MANUAL, RecordedEvent.SETTINGS.withMapId("map-1"));

        assertThat(event.frames(0))
                .hasSize(2)
                .allSatisfy(frame -> assertThat(frame).containsEntry("map_id", "map-1"));
    }

    @Test
    void shouldTellFramesInAppByTheSettings() {
        RecordedEvent event = RecordedEvent.of(
                with(at("com.acme.lib.Codec", "a"), at("com.acme.Store", "b"), at("org.other.Thing", "c")),
                ExceptionDetails.MANUAL,
                RecordedEvent.SETTINGS
                        .withInAppIncludes(List.of("com.acme"))
                        .withInAppExcludes(List.of("com.acme.lib")));

        assertThat(event.frames(0)).extracting(frame -> frame.get("in_app")).containsExactly(false, true, false);
    }

    @Test
    void shouldLeaveOutTheAddressOfAHiddenClass() {
        RecordedEvent event = RecordedEvent.of(with(at("com.acme.Store$$Lambda$14/0x00000008000c4000", "run")));

        assertThat(event.crash(0)).containsEntry("module", "com.acme.Store$$Lambda$14");
    }

    @Test
    void shouldGiveUpTheOldestFramesWhereThereIsNoRoom() {
        ExceptionEvents small = new ExceptionEvents(RecordedEvent.SETTINGS, 4 * 1024);

        RecordedEvent event = RecordedEvent.of(with(deep(64)), ExceptionDetails.MANUAL, small);

        assertThat(event.frames(0)).hasSizeBetween(3, 16);
        assertThat(event.crash(0)).containsEntry("function", "m0");
    }

    @Test
    void shouldCutOnlyTheCallsWithinThisLibraryThatAStackBeginsWith() {
        StackTraceElement own = at("dev.penstock.engine.Some", "own");
        StackTraceElement other = at("dev.penstocks.Some", "other");

        assertThat(StackFrames.callersOfThisLibrary(new StackTraceElement[] {own, own, other, own}))
                .containsExactly(other, own);
        assertThat(StackFrames.callersOfThisLibrary(new StackTraceElement[] {own, own}))
                .containsExactly(own, own);
        assertThat(StackFrames.callersOfThisLibrary(new StackTraceElement[0])).isEmpty();
    }
}
