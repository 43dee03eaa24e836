package dev.penstock.engine.deflate;

import java.util.Arrays;

/**
 * Counts what is put, and says when new codes are worth their while: first soon, then ever more rarely, and at once when data
 * takes more than it used to.
 *
 * <p>Why it is shaped so: to count every token would cost more than better codes gain, so one event in sixteen is counted, for
 * sixteen. Which ones has no period that traffic could fall into step with.
 *
 * <p><b>Threads:</b> one. <b>Allocation:</b> none but in {@link #learn}.
 */
final class CodeLearner {

    /** After so many bytes it is seen how well the codes do. */
    static final int CHUNK = 20 * 1024;

    private static final int MAX_INTERVAL = 4 * 1024 * 1024;
    private static final int SAMPLED = 16;
    private static final int SAMPLE_BITS = 4;
    private static final int HASH = 0x9E37_79B9;

    /** A chunk is worse if it takes this part more than usual, and so many bytes. */
    private static final int WORSE_BY = 8;

    private static final int WORTH = CHUNK / 64;
    private static final int SMOOTHING = 4;

    private final int[] literalCounts = new int[Matches.LITERALS];
    private final int[] distanceCounts = new int[Matches.DISTANCES];

    /** What a token at hand counts; 0 for nothing. */
    private int weight;

    private int event;

    /** What a chunk takes on average. */
    private int usual = CHUNK;

    /** How many bytes were compressed with the codes at hand, and after how many new ones are due. */
    private int sinceCodes;

    private int interval = CHUNK;
    private boolean outdated;

    CodeLearner() {
        Arrays.fill(literalCounts, 1);
        Arrays.fill(distanceCounts, 1);
    }

    /** The next tokens are an event's. */
    void beginEvent() {
        boolean sampled = (event++ * HASH) >>> (Integer.SIZE - SAMPLE_BITS) == 0;
        weight = interval == CHUNK ? 1 : sampled ? SAMPLED : 0;
    }

    /** The next tokens are no event's, and are all counted. */
    void beginOther() {
        weight = 1;
    }

    /** Counts matches and the literals before each, from an index on. */
    void count(byte[] bytes, int begin, Tokens tokens, int n) {
        if (weight == 0) {
            return;
        }
        int at = begin;
        for (int i = 0; i < n; i++) {
            for (int end = tokens.starts[i]; at < end; at++) {
                literalCounts[bytes[at] & 0xff] += weight;
            }
            at = tokens.end(i);
            for (int left = tokens.lengths[i]; left > 0; ) {
                int length = Matches.firstPart(left);
                literalCounts[Matches.lengthSymbol(length)] += weight;
                distanceCounts[Matches.distanceSymbol(tokens.distances[i])] += weight;
                left -= length;
            }
        }
    }

    /**
     * A chunk was compressed.
     *
     * @param length how many bytes it had
     * @param compressed how many it takes
     * @param isFirst whether it is a stream's first, which could not reach back
     */
    void endChunk(int length, int compressed, boolean isFirst) {
        sinceCodes += length;
        if (isFirst || length < CHUNK) {
            return;
        }
        int share = (int) ((long) compressed * CHUNK / length);
        outdated |= share - usual > Math.max(WORTH, usual / WORSE_BY);
        usual += (share - usual) / SMOOTHING;
    }

    /** What was learned does not hold any more. */
    void markOutdated() {
        outdated = true;
    }

    /** Whether new codes are due. */
    boolean isDue() {
        return outdated || sinceCodes >= interval;
    }

    /** Makes new codes of what was counted. */
    void learn(BlockCodes codes) {
        codes.set(literalCounts, distanceCounts);
        forget(literalCounts);
        forget(distanceCounts);
        sinceCodes = 0;
        // What is outdated is learned from little, so more is counted, and soon learned again.
        interval = outdated ? CHUNK : Math.min(4 * interval, MAX_INTERVAL);
        outdated = false;
    }

    /** Counts less what is past; each symbol still counts something, and has a code. */
    private static void forget(int[] counts) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = (counts[i] + 7) >>> 3;
        }
    }
}
