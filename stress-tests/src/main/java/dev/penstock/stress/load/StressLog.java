package dev.penstock.stress.load;

import java.util.ResourceBundle;

/** What clients under test log: kept out of the report unless {@code -Dpenstock.stress.log=true} asks for it. Any thread. */
final class StressLog implements System.Logger {
    static final StressLog INSTANCE = new StressLog();

    private final boolean wanted = Boolean.getBoolean("penstock.stress.log");

    private StressLog() {}

    @Override
    public String getName() {
        return "penstock";
    }

    @Override
    public boolean isLoggable(Level level) {
        return wanted && level.getSeverity() >= Level.INFO.getSeverity();
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
        if (isLoggable(level)) {
            System.err.println(level + " " + message + (thrown == null ? "" : " " + thrown));
        }
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... params) {
        log(level, bundle, format, (Throwable) null);
    }
}
