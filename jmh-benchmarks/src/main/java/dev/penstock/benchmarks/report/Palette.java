package dev.penstock.benchmarks.report;

import dev.penstock.benchmarks.peers.Contender;

/** One color for each library wherever it is drawn: this one's are blue. */
final class Palette {
    private Palette() {}

    static String of(Contender contender) {
        return switch (contender) {
            case PENSTOCK_BUILDER -> "#0b5fff";
            case PENSTOCK_TRANSLATOR -> "#38a3ff";
            case PENSTOCK_MAP -> "#7c5cff";
            case PENSTOCK_LARGE, PENSTOCK_ZLIB, PENSTOCK_ZLIB_LARGE, PENSTOCK_PLAIN, PENSTOCK_PLAIN_LARGE -> "#0b5fff";
            case POSTHOG_SERVER, POSTHOG_SERVER_SMALL -> "#d9480f";
            case POSTHOG_JAVA -> "#f59f00";
            case SEGMENT, SEGMENT_GZIP -> "#2b8a3e";
            case LAUNCHDARKLY -> "#a61e4d";
            case LOG4J -> "#0c8599";
            case MAP -> "#868e96";
            case DRAW -> "#ced4da";
        };
    }
}
