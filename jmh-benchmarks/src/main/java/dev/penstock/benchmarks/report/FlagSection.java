package dev.penstock.benchmarks.report;

import dev.penstock.benchmarks.flags.LibraryName;
import dev.penstock.benchmarks.support.Scores;
import java.nio.file.Path;

/** What a question about a flag costs. */
final class FlagSection implements Section {
    private static final String RUN = "flags";
    private static final String REUSED_RUN = "flags-reused";

    @Override
    public void write(Page page, JdkResults results, Path plots) {
        page.heading(3, "Feature flags");
        page.paragraph(
                "One answer from definitions in memory, without events: nanoseconds, the ratio to this library's, and bytes"
                        + " allocated. Kept: the context was made before; fresh:",
                "it is made for the question from a new map. A result that is used again is this library's own; the others answer as they do"
                        + " above. With two threads an operation is still one answer.");
        page.table("question", "Penstock", "posthog-server", "ratio", "launchdarkly", "ratio");
        row(page, results, "on or off, the same few people", "onOffHot");
        row(page, results, "on or off, anybody", "onOffCold");
        row(page, results, "on or off, kept", "onOffKept");
        row(page, results, "on or off, kept, two threads", "onOffKept2Threads");
        row(page, results, "on or off, fresh", "onOffFresh");
        row(page, results, "one of three variants, kept", "splitKept");
        row(page, results, "all of 100 flags, kept", "allKept");
        row(
                page,
                results,
                "... into a result that is used again, the same few people",
                "allHot",
                LibraryName.PENSTOCK_REUSED);
        row(page, results, "... anybody", "allCold", LibraryName.PENSTOCK_REUSED);
        page.endTable();
        page.paragraph("SHA-1 of 40 bytes, which each rollout takes: "
                + results.score("sha1", "sha1", "").text("%.0f ns") + ".");
    }

    private static void row(Page page, JdkResults results, String question, String benchmark) {
        row(page, results, question, benchmark, LibraryName.PENSTOCK);
    }

    private static void row(Page page, JdkResults results, String question, String benchmark, LibraryName library) {
        Spread ours = time(results, benchmark, library);
        if (!ours.isMeasured()) {
            return;
        }
        page.row(
                question,
                cell(results, benchmark, library),
                cell(results, benchmark, LibraryName.POSTHOG),
                time(results, benchmark, LibraryName.POSTHOG).ratio(ours),
                cell(results, benchmark, LibraryName.LAUNCHDARKLY),
                time(results, benchmark, LibraryName.LAUNCHDARKLY).ratio(ours));
    }

    private static String cell(JdkResults results, String benchmark, LibraryName library) {
        return time(results, benchmark, library).text("%,.0f") + " ns, "
                + results.score(run(library), benchmark, Scores.BYTES, "library=" + library)
                        .text("%,.0f") + " B";
    }

    private static Spread time(JdkResults results, String benchmark, LibraryName library) {
        return results.score(run(library), benchmark, "", "library=" + library);
    }

    private static String run(LibraryName library) {
        return library == LibraryName.PENSTOCK_REUSED ? REUSED_RUN : RUN;
    }
}
