package dev.penstock.cli.common;

import java.io.PrintWriter;
import java.nio.charset.Charset;

/**
 * Where a command writes: lines, complaints, and one progress line that is redrawn in place on a terminal.
 * <p>
 * Away from a terminal nothing but plain lines is written, no control character ever.
 * <p>
 * <b>Threads:</b> any thread; a line is never torn.
 */
public final class Screen {
    private static final String ERASE_LINE = "\r\u001b[K";
    private static final String WRAP_OFF = "\u001b[?7l";
    private static final String WRAP_ON = "\u001b[?7h";

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean terminal;
    private final boolean coloured;
    private boolean progressShown;

    /**
     * Makes a screen on two writers.
     *
     * @param out takes results
     * @param err takes complaints
     * @param terminal whether a person watches, so that a line may be redrawn
     * @param coloured whether colours may be used; ignored when not a terminal
     */
    public Screen(PrintWriter out, PrintWriter err, boolean terminal, boolean coloured) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.coloured = terminal && coloured;
    }

    /**
     * The screen of this process: standard output and error, colours unless {@code NO_COLOR} is set.
     *
     * @return a new screen
     */
    public static Screen ofProcess() {
        String noColour = System.getenv("NO_COLOR");
        boolean dumb = "dumb".equals(System.getenv("TERM"));
        return new Screen(
                new PrintWriter(System.out, true, Charset.defaultCharset()),
                new PrintWriter(System.err, true, Charset.defaultCharset()),
                !dumb && TerminalCheck.isTerminal(),
                noColour == null || noColour.isEmpty());
    }

    /**
     * Whether a person watches.
     *
     * @return true if progress is redrawn in place
     */
    public boolean terminal() {
        return terminal;
    }

    /**
     * Whether colours may be used.
     *
     * @return true on a terminal without {@code NO_COLOR}
     */
    public boolean coloured() {
        return coloured;
    }

    /**
     * The writer of results.
     *
     * @return the same each time
     */
    public PrintWriter out() {
        return out;
    }

    /**
     * The writer of complaints.
     *
     * @return the same each time
     */
    public PrintWriter err() {
        return err;
    }

    /**
     * Writes a line, after erasing the progress line.
     *
     * @param text the line, or several
     */
    public synchronized void line(String text) {
        erase();
        out.println(text);
    }

    /**
     * Writes a line on standard error, after erasing the progress line.
     *
     * @param text what is wrong and what to do about it
     */
    public synchronized void complain(String text) {
        erase();
        err.println(text);
    }

    /**
     * Shows how far things are: in place on a terminal, as a line elsewhere.
     *
     * @param text one line; cut at the terminal's edge
     */
    public synchronized void progress(String text) {
        if (!terminal) {
            out.println(text);
            return;
        }
        out.print(ERASE_LINE + WRAP_OFF + text + WRAP_ON);
        out.flush();
        progressShown = true;
    }

    /**
     * Marks text as good news.
     *
     * @param text what to mark
     * @return the text, green and bold where colours may be used
     */
    public String good(String text) {
        return coloured ? "\u001b[1;32m" + text + "\u001b[0m" : text;
    }

    /**
     * Marks text as bad news.
     *
     * @param text what to mark
     * @return the text, red and bold where colours may be used
     */
    public String bad(String text) {
        return coloured ? "\u001b[1;31m" + text + "\u001b[0m" : text;
    }

    private void erase() {
        if (progressShown) {
            out.print(ERASE_LINE);
            out.flush();
            progressShown = false;
        }
    }
}
