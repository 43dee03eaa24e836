package dev.penstock.benchmarks.report;

import dev.penstock.benchmarks.peers.Contender;
import java.util.ArrayList;
import java.util.List;

/** Where another library is better than the row the ratios are to: found in the figures, not by whoever writes. */
final class Betters {
    private final JdkResults results;
    private final String run;
    private final Contender ours;
    private final List<String> found = new ArrayList<>();

    Betters(JdkResults results, String run, Contender ours) {
        this.results = results;
        this.run = run;
        this.ours = ours;
    }

    /** Compares one figure of a contender, of which less is better. */
    Betters less(Contender other, String figure, String name) {
        return compare(
                other,
                figure,
                name,
                of(other, figure).median() < of(ours, figure).median());
    }

    /** Compares one figure of a contender, of which more is better. */
    Betters more(Contender other, String figure, String name) {
        return compare(
                other,
                figure,
                name,
                of(other, figure).median() > of(ours, figure).median());
    }

    private Betters compare(Contender other, String figure, String name, boolean isBetter) {
        if (isBetter && !other.isOurs() && other.isLibrary()) {
            found.add(" - " + other.title() + ", " + name + ": "
                    + of(other, figure).text("%,.0f") + " against "
                    + of(ours, figure).text("%,.0f"));
        }
        return this;
    }

    void write(Page page) {
        page.paragraph("Where another library is better than " + ours.title() + ":"
                + (found.isEmpty() ? " nowhere." : "\n\n" + String.join("\n", found)));
    }

    private Spread of(Contender contender, String figure) {
        return results.of(run, contender, figure);
    }
}
