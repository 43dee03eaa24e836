package dev.penstock.stress.report;

import java.io.PrintWriter;
import java.util.Locale;

/** Where runs are told: a line when each begins, a line when it ends, all that is needed when a promise is broken. One thread. */
public final class Report {
    private final PrintWriter out;
    private final ResultTable table = new ResultTable();

    /**
     * Begins a report.
     *
     * @param out where to
     */
    public Report(PrintWriter out) {
        this.out = out;
    }

    /**
     * The table so far.
     *
     * @return live
     */
    public ResultTable table() {
        return table;
    }

    /**
     * Writes a line.
     *
     * @param text the line
     */
    public void line(String text) {
        out.println(text);
        out.flush();
    }

    /**
     * Adds a run and tells how it went.
     *
     * @param row the run
     */
    public void add(Row row) {
        table.add(row);
        line(String.format(
                Locale.ROOT,
                "    %,d events, %,d faults, lost %,d, duplicates %,d, unconfirmed %,d%s%s: %s",
                row.events(),
                row.faults(),
                row.lost(),
                row.duplicates(),
                row.unconfirmed(),
                row.worstPauseMs() == 0 ? "" : String.format(Locale.ROOT, ", worst pause %.1f ms", row.worstPauseMs()),
                row.note().isEmpty() ? "" : ", " + row.note(),
                row.violations().total() == 0 ? "ok" : "VIOLATED"));
        if (row.violations().total() > 0) {
            line("    VIOLATION in " + row.family() + " " + row.scenario() + ", seed " + row.seed());
            row.violations().lines().forEach(text -> line("      " + text));
            line("    again: " + row.replay());
        }
    }

    /** Writes the table. */
    public void finish() {
        line("");
        table.lines().forEach(this::line);
    }
}
