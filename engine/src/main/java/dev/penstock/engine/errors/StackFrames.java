package dev.penstock.engine.errors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the frames of a stack.
 *
 * <p><b>Threads:</b> immutable; any.
 */
final class StackFrames {

    /** Of one exception, those nearest the crash. */
    static final int MAX_FRAMES = 64;

    /** Of all exceptions of an event. */
    static final int MAX_FRAMES_IN_ALL = 1_024;

    /** The names of a frame's members, its numbers and punctuation. */
    private static final int FRAME_BYTES = 160;

    private static final int MAX_NAME_CHARS = 1_024;
    private static final String THIS_LIBRARY = "dev.penstock.";

    private final InAppRule inApp;
    private final String mapId;

    /** Takes what tells frames in app, and the id of the names' mapping, or null. */
    StackFrames(InAppRule inApp, String mapId) {
        this.inApp = inApp;
        this.mapId = mapId;
    }

    /**
     * One frame.
     *
     * @param element where it is
     * @param members what is written of it, to which source lines may be added
     */
    record Frame(StackTraceElement element, Map<String, Object> members) {

        boolean isInApp() {
            return Boolean.TRUE.equals(members.get("in_app"));
        }
    }

    /** The frames nearest the crash, as many as are allowed and fit, the crash last. */
    List<Frame> oldestFirst(StackTraceElement[] stack, int allowed, SizeBudget budget) {
        List<Frame> frames = new ArrayList<>();
        int length = Math.min(stack.length, Math.min(MAX_FRAMES, allowed));
        for (int i = 0; i < length; i++) {
            // An array of the application's own making may have holes.
            if (stack[i] != null) {
                Frame frame = frame(stack[i]);
                if (!budget.take(bytes(frame.members()))) {
                    break;
                }
                frames.add(frame);
            }
        }
        Collections.reverse(frames);
        return frames;
    }

    private Frame frame(StackTraceElement element) {
        String className = TypeName.withoutSuffix(element.getClassName());
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("platform", "java");
        members.put("module", SizeBudget.beginning(className, MAX_NAME_CHARS));
        members.put("function", SizeBudget.beginning(element.getMethodName(), MAX_NAME_CHARS));
        if (element.getFileName() != null) {
            members.put("filename", SizeBudget.beginning(element.getFileName(), MAX_NAME_CHARS));
        }
        if (element.getLineNumber() >= 0) {
            members.put("lineno", element.getLineNumber());
        }
        members.put("in_app", inApp.isInApp(className));
        if (CompilerMade.is(className, element.getMethodName())) {
            members.put("method_synthetic", true);
        }
        if (mapId != null) {
            members.put("map_id", mapId);
        }
        return new Frame(element, members);
    }

    private static long bytes(Map<String, Object> members) {
        long bytes = FRAME_BYTES;
        for (Object value : members.values()) {
            if (value instanceof String text) {
                bytes += SizeBudget.bytes(text);
            }
        }
        return bytes;
    }

    /** A stack without the calls within this library that it begins with; all of it, if there is nothing else. */
    static StackTraceElement[] callersOfThisLibrary(StackTraceElement[] stack) {
        int first = 0;
        while (first < stack.length && stack[first].getClassName().startsWith(THIS_LIBRARY)) {
            first++;
        }
        return first == stack.length ? stack : Arrays.copyOfRange(stack, first, stack.length);
    }
}
