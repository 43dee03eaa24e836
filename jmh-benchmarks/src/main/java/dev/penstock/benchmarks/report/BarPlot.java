package dev.penstock.benchmarks.report;

import dev.penstock.benchmarks.peers.Contender;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A bar for each contender, from zero, with its median as text and a thin line from the smallest to the largest run. */
final class BarPlot {
    private static final int WIDTH = 900;
    private static final int LEFT = 260;
    private static final int RIGHT = 760;
    private static final int TOP = 52;
    private static final int ROW = 26;
    private static final int BAR = 16;

    private final String title;
    private final String format;
    private final Map<Contender, Spread> bars = new LinkedHashMap<>();

    BarPlot(String title, String format) {
        this.title = title;
        this.format = format;
    }

    void add(Contender contender, Spread value) {
        if (value.isMeasured()) {
            bars.put(contender, value);
        }
    }

    void write(Path file) throws IOException {
        Svg svg = new Svg(WIDTH, TOP + bars.size() * ROW + 20);
        svg.text(24, 30, "start", Svg.INK, 16, title);
        double most = bars.values().stream().mapToDouble(Spread::most).max().orElse(1);
        double y = TOP;
        for (Map.Entry<Contender, Spread> bar : bars.entrySet()) {
            Spread value = bar.getValue();
            double end = x(value.median(), most);
            double middle = y + BAR / 2.0;
            svg.text(LEFT - 10, middle + 5, "end", Svg.INK, 13, bar.getKey().title());
            svg.box(LEFT, y, end - LEFT, BAR, Palette.of(bar.getKey()));
            svg.line(x(value.least(), most), middle, x(value.most(), most), middle, Svg.INK);
            svg.text(
                    Math.max(end, x(value.most(), most)) + 8,
                    middle + 5,
                    "start",
                    Svg.INK,
                    13,
                    String.format(Locale.ROOT, format, value.median()));
            y += ROW;
        }
        svg.write(file);
    }

    private static double x(double value, double most) {
        return LEFT + (RIGHT - LEFT) * value / most;
    }
}
