package dev.penstock.stress.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/** The table at the end: one line for each scenario, however often it was run. Markdown, which people can read too. */
public final class ResultTable {
    private static final String HEADER =
            "| family | scenario | seeds | runs | events | faults | lost | duplicates | unconfirmed | worst pause | violations |";
    private static final String RULE = "|---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|";
    private static final int MAX_SEEDS = 4;

    private final Map<String, List<Row>> rows = new LinkedHashMap<>();

    /**
     * Adds a run.
     *
     * @param row the run
     */
    public void add(Row row) {
        rows.computeIfAbsent(row.family() + " " + row.scenario(), key -> new ArrayList<>())
                .add(row);
    }

    /**
     * Promises broken in all runs.
     *
     * @return 0 or more
     */
    public long violations() {
        return rows.values().stream()
                .flatMap(List::stream)
                .mapToLong(row -> row.violations().total())
                .sum();
    }

    /**
     * The table.
     *
     * @return lines of Markdown
     */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(HEADER, RULE));
        rows.values()
                .forEach(
                        same -> lines.add(line(same.get(0).family(), same.get(0).scenario(), same)));
        List<Row> all = rows.values().stream().flatMap(List::stream).toList();
        lines.add(line("**all**", "", all));
        return lines;
    }

    private static String line(String family, String scenario, List<Row> same) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %,d | %,d | %,d | %,d | %,d | %,d | %s | %,d |",
                family,
                scenario,
                scenario.isEmpty() ? "" : seeds(same),
                sum(same, Row::runs),
                sum(same, Row::events),
                sum(same, Row::faults),
                sum(same, Row::lost),
                sum(same, Row::duplicates),
                sum(same, Row::unconfirmed),
                pause(same),
                sum(same, row -> row.violations().total()));
    }

    private static long sum(List<Row> rows, ToLongFunction<Row> figure) {
        return rows.stream().mapToLong(figure).sum();
    }

    private static String pause(List<Row> rows) {
        double worst = rows.stream().mapToDouble(Row::worstPauseMs).max().orElse(0);
        return worst == 0 ? "" : String.format(Locale.ROOT, "%.1f ms", worst);
    }

    private static String seeds(List<Row> rows) {
        List<String> seeds =
                rows.stream().map(row -> Long.toString(row.seed())).distinct().toList();
        return seeds.size() <= MAX_SEEDS
                ? String.join(", ", seeds)
                : seeds.get(0) + " ... " + seeds.get(seeds.size() - 1) + " (" + seeds.size() + ")";
    }
}
