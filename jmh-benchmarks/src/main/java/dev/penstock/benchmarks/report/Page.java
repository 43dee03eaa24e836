package dev.penstock.benchmarks.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A page of Markdown, written from top to bottom. */
final class Page {
    private final StringBuilder text = new StringBuilder();
    private List<List<String>> rows = new ArrayList<>();

    void heading(int level, String title) {
        text.append("#".repeat(level)).append(' ').append(title).append("\n\n");
    }

    void paragraph(String... lines) {
        text.append(String.join("\n", lines)).append("\n\n");
    }

    void plot(String title, String file) {
        paragraph("![" + title + "](" + file + ")");
    }

    /** Begins a table with its heads. */
    void table(String... heads) {
        rows = new ArrayList<>();
        row(heads);
        rows.add(Collections.nCopies(heads.length, "---"));
    }

    /** Adds a row to it. */
    void row(String... cells) {
        rows.add(List.of(cells));
    }

    /** Ends it. */
    void endTable() {
        rows.forEach(row -> text.append("| ").append(String.join(" | ", row)).append(" |\n"));
        text.append('\n');
    }

    @Override
    public String toString() {
        return text.toString().strip() + "\n";
    }
}
