package dev.penstock.cli.flags;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Lines of at most 100 columns where words allow it; what does not fit goes on below its beginning. One thread at a time. */
final class TextLines {
    private static final int WIDTH = 100;
    /** However deep a text lies, this much room is left to it. */
    private static final int LEAST_ROOM = 40;

    /** Names come from files and may hold what a terminal would obey. */
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final List<String> lines = new ArrayList<>();

    /** Adds an empty line. */
    void gap() {
        lines.add("");
    }

    /** Adds a text. */
    void text(int indent, String text) {
        item(indent, "", 0, text);
    }

    /** Adds a text with something before it. */
    void item(int indent, String lead, int leadWidth, String text) {
        int left = Math.min(indent, WIDTH - LEAST_ROOM - leadWidth);
        String margin = " ".repeat(left + leadWidth);
        String first =
                " ".repeat(left) + lead + " ".repeat(Math.max(leadWidth == 0 ? 0 : 1, leadWidth - lead.length()));
        StringBuilder line = new StringBuilder(first);
        boolean begun = false;
        for (String word : CONTROL.matcher(text).replaceAll("?").split(" ", -1)) {
            if (begun && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(margin);
                begun = false;
            }
            line.append(begun ? " " : "").append(word);
            begun = true;
        }
        lines.add(line.toString().stripTrailing());
    }

    /** All lines as one text, without a line break at its end. */
    String join() {
        return String.join(System.lineSeparator(), lines);
    }
}
