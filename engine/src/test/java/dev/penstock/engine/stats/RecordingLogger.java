package dev.penstock.engine.stats;

import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what is logged. */
public final class RecordingLogger implements System.Logger {

    /**
     * A line.
     *
     * @param level how loud
     * @param message what was said
     * @param cause what was given with it, or null
     */
    public record Line(Level level, String message, Throwable cause) {}

    private final List<Line> lines = new CopyOnWriteArrayList<>();

    /**
     * What was logged.
     *
     * @return the lines, oldest first
     */
    public List<Line> lines() {
        return lines;
    }

    @Override
    public String getName() {
        return "recording";
    }

    @Override
    public boolean isLoggable(Level level) {
        return true;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable cause) {
        lines.add(new Line(level, message, cause));
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
        lines.add(new Line(level, format, null));
    }
}
