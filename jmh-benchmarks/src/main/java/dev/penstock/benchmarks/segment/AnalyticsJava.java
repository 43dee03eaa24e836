package dev.penstock.benchmarks.segment;

/**
 * Segment's own library for Java, for comparisons elsewhere, set up as in this package.
 * <p>
 * <b>Threads:</b> any; keeps no state.
 */
public final class AnalyticsJava {
    private AnalyticsJava() {}

    /**
     * Opens it.
     *
     * @param host where it sends to; acknowledges at once, so its sockets are as it makes them
     * @param gzip whether bodies are compressed
     * @return a client
     */
    public static MessageClient open(String host, boolean gzip) {
        return new AnalyticsJavaMessages(host, new Wire(gzip, false));
    }
}
