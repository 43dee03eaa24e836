package dev.penstock.engine.flags.evaluation;

import dev.penstock.engine.flags.definitions.FlagRules;
import java.util.List;

/** Which hash gets which variant: ranges in the order of the variants, of which the first that covers it counts. */
final class VariantTable {

    private final long[] from;
    private final long[] to;
    private final int[] results;

    private VariantTable(long[] from, long[] to, int[] results) {
        this.from = from;
        this.to = to;
        this.results = results;
    }

    /**
     * Makes a table. Shares are added up as doubles and in order, since every client does it so.
     *
     * @param variants the variants
     * @param results for each variant the index of its answer
     */
    static VariantTable of(List<FlagRules.Variant> variants, int[] results) {
        long[] from = new long[variants.size()];
        long[] to = new long[variants.size()];
        double low = 0;
        for (int i = 0; i < from.length; i++) {
            double high = low + variants.get(i).percentage() / 100.0;
            // Not a number covers nothing: no comparison with it holds.
            boolean empty = Double.isNaN(low) || Double.isNaN(high);
            from[i] = empty ? 0 : Rollout.below(low);
            to[i] = empty ? 0 : Rollout.below(high);
            low = high;
        }
        return new VariantTable(from, to, results.clone());
    }

    /** The index of the range that covers a hash, or -1. */
    int rangeOf(long hash) {
        for (int i = 0; i < from.length; i++) {
            if (hash < to[i] && hash >= from[i]) {
                return i;
            }
        }
        return -1;
    }

    int result(int range) {
        return results[range];
    }

    long from(int range) {
        return from[range];
    }

    long to(int range) {
        return to[range];
    }
}
