package dev.penstock.cli.common;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.text.MessageFormat;
import java.time.Instant;
import java.util.ResourceBundle;

/** The client's log: appended to a file, or nowhere. Any thread. */
public final class ClientLog implements System.Logger, AutoCloseable {
    private final PrintWriter out;

    private ClientLog(PrintWriter out) {
        this.out = out;
    }

    /**
     * Opens a log.
     *
     * @param file made when absent, otherwise appended to; null for no log at all
     * @return the log, to be closed after the client
     * @throws IOException if the file cannot be opened
     */
    public static ClientLog open(Path file) throws IOException {
        if (file == null) {
            return new ClientLog(new PrintWriter(Writer.nullWriter()));
        }
        return new ClientLog(new PrintWriter(
                Files.newBufferedWriter(
                        file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                true));
    }

    @Override
    public String getName() {
        return "penstock";
    }

    @Override
    public boolean isLoggable(Level level) {
        return level.getSeverity() >= Level.DEBUG.getSeverity();
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
        if (isLoggable(level)) {
            write(level, message, thrown);
        }
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... params) {
        if (isLoggable(level)) {
            boolean plain = params == null || params.length == 0;
            write(level, plain ? format : MessageFormat.format(format, params), null);
        }
    }

    private synchronized void write(Level level, String message, Throwable thrown) {
        out.println(Instant.now() + " " + level + " " + message);
        if (thrown != null) {
            thrown.printStackTrace(out);
        }
    }

    @Override
    public synchronized void close() {
        out.close();
    }
}
