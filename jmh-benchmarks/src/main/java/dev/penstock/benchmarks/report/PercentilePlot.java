package dev.penstock.benchmarks.report;

import dev.penstock.benchmarks.peers.Contender;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Times by percentile, both axes logarithmic: the further to the right, the rarer, each nine as wide as the one before.
 * Medians of all runs.
 */
final class PercentilePlot {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 460;
    private static final int LEFT = 70;
    private static final int RIGHT = 680;
    private static final int TOP = 56;
    private static final int BOTTOM = 400;
    private static final double FIRST_NS = 10;
    private static final double LAST_NS = 1e8;
    private static final double RAREST = 99.99;
    private static final List<String> UNITS =
            List.of("10 ns", "100 ns", "1 us", "10 us", "100 us", "1 ms", "10 ms", "100 ms");

    private final String title;
    private final Map<Contender, Map<Double, Spread>> lines = new LinkedHashMap<>();

    PercentilePlot(String title) {
        this.title = title;
    }

    void add(Contender contender, double percentile, Spread ns) {
        if (ns.isMeasured() && percentile <= RAREST) {
            lines.computeIfAbsent(contender, any -> new LinkedHashMap<>()).put(percentile, ns);
        }
    }

    void write(Path file) throws IOException {
        Svg svg = new Svg(WIDTH, HEIGHT);
        svg.text(LEFT, 30, "start", Svg.INK, 16, title);
        for (int i = 0; i < UNITS.size(); i++) {
            double y = y(FIRST_NS * Math.pow(10, i));
            svg.line(LEFT, y, RIGHT, y, Svg.GRID);
            svg.text(LEFT - 8, y + 4, "end", Svg.PALE, 12, UNITS.get(i));
        }
        for (double percentile : new double[] {50, 90, 99, 99.9, 99.99}) {
            double x = x(percentile);
            svg.line(x, TOP, x, BOTTOM, Svg.GRID);
            String label = percentile == Math.rint(percentile)
                    ? String.format(Locale.ROOT, "p%.0f", percentile)
                    : "p" + percentile;
            svg.text(x, BOTTOM + 20, "middle", Svg.PALE, 12, label);
        }
        svg.text((LEFT + RIGHT) / 2.0, BOTTOM + 44, "middle", Svg.PALE, 12, "one in 2, in 10, in 100 ... is longer");
        lines.forEach((contender, points) -> draw(svg, contender, points));
        legend(svg);
        svg.write(file);
    }

    private static void draw(Svg svg, Contender contender, Map<Double, Spread> points) {
        StringBuilder path = new StringBuilder();
        points.forEach((percentile, ns) ->
                path.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(percentile), y(ns.median()))));
        svg.path(path.toString().strip(), Palette.of(contender), contender.isOurs() ? 3 : 1.8);
    }

    /** From the slowest down, as the lines end. */
    private void legend(Svg svg) {
        List<Contender> order = lines.keySet().stream()
                .sorted((one, other) -> Double.compare(rarest(other), rarest(one)))
                .toList();
        double y = TOP + 10;
        for (Contender contender : order) {
            svg.box(RIGHT + 24, y - 6, 18, contender.isOurs() ? 4 : 2.5, Palette.of(contender));
            svg.text(RIGHT + 50, y, "start", Svg.INK, 13, contender.title());
            y += 24;
        }
    }

    private double rarest(Contender contender) {
        return lines.get(contender).getOrDefault(RAREST, Spread.of(0)).median();
    }

    private static double x(double percentile) {
        double nines = -Math.log10(1 - percentile / 100);
        return LEFT + (RIGHT - LEFT) * nines / 4;
    }

    private static double y(double ns) {
        double clamped = Math.min(LAST_NS, Math.max(FIRST_NS, ns));
        return BOTTOM - (BOTTOM - TOP) * Math.log10(clamped / FIRST_NS) / Math.log10(LAST_NS / FIRST_NS);
    }
}
