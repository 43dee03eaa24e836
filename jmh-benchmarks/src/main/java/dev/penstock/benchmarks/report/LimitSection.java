package dev.penstock.benchmarks.report;

import dev.penstock.benchmarks.peers.Contender;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What the parts cost alone, and what the pipeline takes beside their sum. */
final class LimitSection implements Section {
    private static final String REFERENCE = "shape=REFERENCE";
    private static final String TOUCHED = "strings=TOUCHED";
    private static final double NS = 1e3;

    @Override
    public void write(Page page, JdkResults results, Path plots) {
        page.heading(3, "The limits");
        page.table("part, alone on one thread", "ns for an event");
        page.row("plain Disruptor: claim, copy 200 bytes, publish", score(results, "ring", "claimAndPublish"));
        page.row(
                "this library's ring: the same",
                results.score("ring", "claimAndPublish", "", "length=200").text("%.0f"));
        page.row("copying 200 bytes there, and nothing else", score(results, "ring", "copy"));
        page.row("drawing a reference event", capture(results, "draw"));
        page.row("drawing it and capturing it by the builder", capture(results, "builder"));
        page.row("... by a translator", capture(results, "translator"));
        page.row("capturing a map that was made before", capture(results, "mapReady"));
        page.row(
                "bytes on the heap for it: builder, translator, map",
                List.of("builder", "translator", "mapReady").stream()
                        .map(way -> results.score("capture", way, "gc.alloc.rate.norm", TOUCHED)
                                .text("%.2f"))
                        .collect(Collectors.joining("; ")));
        page.row("encode, from the record to JSON", encode(results).text("%.0f"));
        for (int batch : new int[] {100, 1_000}) {
            page.row(
                    "compress, own, batches of " + batch,
                    compress(results, "eventAware", batch).text("%,.0f"));
            page.row(
                    "compress, zlib level 1 in the pipeline, batches of " + batch,
                    compress(results, "zlib", batch).text("%,.0f"));
            page.row(
                    "zlib level 1 from array to array, batches of " + batch,
                    compress(results, "heapArrays", batch).text("%,.0f"));
        }
        page.row(
                "POST of 10,000 bytes with 100 events, CPU",
                post(results, 10_000, 100).text("%.0f"));
        page.row(
                "POST of 100,000 bytes with 1,000 events, CPU",
                post(results, 100_000, 1_000).text("%.0f"));
        page.row(
                "POST of 500,000 bytes with 1,000 events, CPU",
                post(results, 500_000, 1_000).text("%.0f"));
        page.row("SHA-1 of 40 bytes", score(results, "sha1", "sha1"));
        page.endTable();
        page.paragraph(
                "A capture alone is into a ring of 32,768 slots that the same thread empties every 8,192 events, without a clock in"
                        + " between. The pipeline's CPU is that of the whole process while",
                "it delivers, without its producer's and the compilers': so with reading the ring and collecting. The sum is of"
                        + " encode, compress and POST as above.");
        page.table("delivered as", "pipeline's CPU, ns for an event", "sum of the parts", "ratio");
        sum(page, results, Contender.PENSTOCK_BUILDER, "eventAware", 100, 10_000);
        sum(page, results, Contender.PENSTOCK_LARGE, "eventAware", 1_000, 100_000);
        sum(page, results, Contender.PENSTOCK_ZLIB, "zlib", 100, 10_000);
        sum(page, results, Contender.PENSTOCK_ZLIB_LARGE, "zlib", 1_000, 100_000);
        sum(page, results, Contender.PENSTOCK_PLAIN_LARGE, "plain", 1_000, 500_000);
        page.endTable();
    }

    private static void sum(
            Page page, JdkResults results, Contender contender, String compression, int batch, int bytes) {
        double parts = encode(results).median()
                + compress(results, compression, batch).median()
                + post(results, bytes, batch).median();
        Spread all = results.of(DeliverySection.RUN, contender, "pipeline cpu us/event")
                .times(NS);
        if (!all.isMeasured()) {
            return;
        }
        Spread sum = Spread.of(parts);
        page.row(contender.title(), all.text("%,.0f"), sum.text("%,.0f"), all.ratio(sum));
    }

    private static String score(JdkResults results, String run, String benchmark) {
        return results.score(run, benchmark, "").text("%.0f");
    }

    private static String capture(JdkResults results, String benchmark) {
        return results.score("capture", benchmark, "", TOUCHED).text("%.0f");
    }

    private static Spread encode(JdkResults results) {
        return results.score("encode", "ownWriter", "", REFERENCE);
    }

    private static Spread compress(JdkResults results, String benchmark, int batch) {
        return results.score("compression", benchmark, "", REFERENCE, "batch=" + batch);
    }

    private static Spread post(JdkResults results, int bytes, int events) {
        return results.of("post", bytes + " cpu us").times(NS / events);
    }
}
