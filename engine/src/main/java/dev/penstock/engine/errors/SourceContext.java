package dev.penstock.engine.errors;

import dev.penstock.client.errors.SourceLocator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Adds the lines around a frame to it, in the order of the file. A frame without all that is needed, or for which there
 * is no room, stays as it is.
 *
 * <p><b>Threads:</b> one, for one event.
 */
final class SourceContext {

    private static final int LINES_EACH_SIDE = 5;

    private static final int MAX_LINE_CHARS = 512;

    /** The names of the three members, and for each line its quotes and comma. */
    private static final int CONTEXT_BYTES = 60 + 3 * (2 * LINES_EACH_SIDE + 1);

    private final SourceLocator locator;
    private final Map<String, List<String>> files = new HashMap<>();

    /** Takes what finds source files, or null. */
    SourceContext(SourceLocator locator) {
        this.locator = locator;
    }

    void addTo(StackFrames.Frame frame, SizeBudget budget) {
        StackTraceElement at = frame.element();
        if (locator != null && frame.isInApp() && at.getFileName() != null && at.getLineNumber() > 0) {
            Foreign.call(() -> window(at), failure -> Optional.<Window>empty())
                    .filter(window -> budget.take(window.bytes()))
                    .ifPresent(window -> window.addTo(frame.members()));
        }
    }

    /** The list of lines is the application's, and reading it may fail as well. */
    private Optional<Window> window(StackTraceElement at) {
        List<String> file = files.computeIfAbsent(at.getClassName(), className -> file(className, at.getFileName()));
        int line = at.getLineNumber() - 1;
        if (line >= file.size()) {
            return Optional.empty();
        }
        return Optional.of(new Window(
                lines(file, line - LINES_EACH_SIDE, line),
                lines(file, line, line + 1).get(0),
                lines(file, line + 1, line + 1 + LINES_EACH_SIDE)));
    }

    private List<String> file(String className, String fileName) {
        Optional<List<String>> found =
                Foreign.call(() -> locator.lines(className, fileName), failure -> Optional.empty());
        // A locator that answers null means none as well.
        return found == null ? List.of() : found.orElse(List.of());
    }

    private static List<String> lines(List<String> file, int from, int to) {
        List<String> lines = new ArrayList<>();
        int end = Math.min(to, file.size());
        for (int i = Math.max(0, from); i < end; i++) {
            lines.add(SizeBudget.beginning(file.get(i), MAX_LINE_CHARS));
        }
        return lines;
    }

    private record Window(List<String> before, String line, List<String> after) {

        long bytes() {
            long bytes = CONTEXT_BYTES + SizeBudget.bytes(line);
            for (String text : before) {
                bytes += SizeBudget.bytes(text);
            }
            for (String text : after) {
                bytes += SizeBudget.bytes(text);
            }
            return bytes;
        }

        void addTo(Map<String, Object> members) {
            members.put("pre_context", before);
            members.put("context_line", line);
            members.put("post_context", after);
        }
    }
}
