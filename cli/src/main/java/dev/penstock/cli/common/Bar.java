package dev.penstock.cli.common;

/** Bars of plain characters. */
public final class Bar {

    private Bar() {}

    /**
     * A bar for a histogram; the least share above zero still shows.
     *
     * @param part how much
     * @param most what fills the bar
     * @param width the longest bar
     * @return up to {@code width} characters, without padding
     */
    public static String of(long part, long most, int width) {
        if (part <= 0 || most <= 0) {
            return "";
        }
        long length = Math.round((double) part / most * width);
        return length == 0 ? "." : "#".repeat((int) Math.min(width, length));
    }

    /**
     * A bar for progress, with its frame.
     *
     * @param part how far
     * @param whole how far in all
     * @param width characters inside the frame
     * @return such as {@code [####------]}
     */
    public static String progress(long part, long whole, int width) {
        int length = whole <= 0 ? width : (int) Math.min(width, part * (double) width / whole);
        return "[" + "#".repeat(length) + "-".repeat(width - length) + "]";
    }
}
