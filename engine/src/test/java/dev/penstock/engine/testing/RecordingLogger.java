package dev.penstock.engine.testing;

import java.text.MessageFormat;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Remembers what was logged.
 *
 * <p><b>Threads:</b> any.
 */
public final class RecordingLogger implements System.Logger {

    /** A line. */
    public record Line(Level level, String text, Throwable thrown) {}

    private final List<Line> lines = new CopyOnWriteArrayList<>();

    @Override
    public String getName() {
        return "recording";
    }

    @Override
    public boolean isLoggable(Level level) {
        return true;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String text, Throwable thrown) {
        lines.add(new Line(level, text, thrown));
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
        String text = parameters == null || parameters.length == 0 ? format : MessageFormat.format(format, parameters);
        lines.add(new Line(level, text, null));
    }

    /** All lines. */
    public List<Line> lines() {
        return lines;
    }

    /** The text of lines at a level or above. */
    public List<String> from(Level level) {
        return lines.stream()
                .filter(line -> line.level().getSeverity() >= level.getSeverity())
                .map(Line::text)
                .toList();
    }
}
