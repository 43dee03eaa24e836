package dev.penstock.benchmarks.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A drawing with a background of its own, so that it reads on a light page and on a dark one. */
final class Svg {
    /** Of texts. */
    static final String INK = "#1f2933";

    /** Of what is said in passing. */
    static final String PALE = "#7b8794";

    /** Of lines behind everything. */
    static final String GRID = "#e4e7eb";

    private final StringBuilder body = new StringBuilder();
    private final int width;
    private final int height;

    Svg(int width, int height) {
        this.width = width;
        this.height = height;
    }

    void line(double x1, double y1, double x2, double y2, String color) {
        add("<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='%s'/>", x1, y1, x2, y2, color);
    }

    void box(double x, double y, double boxWidth, double boxHeight, String color) {
        add(
                "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' rx='2' fill='%s'/>",
                x, y, Math.max(0, boxWidth), boxHeight, color);
    }

    /** A line through points, each {@code x,y}. */
    void path(String points, String color, double thickness) {
        add(
                "<polyline points='%s' fill='none' stroke='%s' stroke-width='%.1f' stroke-linejoin='round'/>",
                points, color, thickness);
    }

    /** @param anchor {@code start}, {@code middle} or {@code end} */
    void text(double x, double y, String anchor, String color, int size, String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
        add(
                "<text x='%.1f' y='%.1f' text-anchor='%s' fill='%s' font-size='%d'>%s</text>",
                x, y, anchor, color, size, escaped);
    }

    void write(Path file) throws IOException {
        Files.writeString(
                file,
                String.format(
                        Locale.ROOT,
                        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' width='%d' height='%d'"
                                + " font-family='system-ui, Helvetica, Arial, sans-serif'>%n"
                                + "<rect width='%d' height='%d' rx='8' fill='#ffffff'/>%n%s</svg>%n",
                        width,
                        height,
                        width,
                        height,
                        width,
                        height,
                        body),
                UTF_8);
    }

    private void add(String format, Object... arguments) {
        body.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}
