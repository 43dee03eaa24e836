package dev.penstock.stress.load;

import dev.penstock.client.OverflowPolicy;
import dev.penstock.client.SpoolSettings;
import java.util.SplittableRandom;

/**
 * The options of a client under test.
 *
 * @param wire what it speaks
 * @param gzip whether batches are compressed
 * @param overflow what happens when the ring is full
 * @param spool the spool; {@link SpoolSettings#OFF} for none
 * @param lanes rings with a pipeline each
 * @param ringSlots slots of each ring
 * @param batch events that close a batch
 * @param lingerMs the longest wait of an event for company
 * @param inFlight requests open at a time, per lane
 * @param retries tries after the first
 * @param requestTimeoutMs the longest wait for an answer
 * @param circuitFailures failures in a row that open the circuit; 0 for none
 */
public record Setup(
        Wire wire,
        boolean gzip,
        OverflowPolicy overflow,
        SpoolSettings spool,
        int lanes,
        int ringSlots,
        int batch,
        int lingerMs,
        int inFlight,
        int retries,
        int requestTimeoutMs,
        int circuitFailures) {
    /** The longest wait of a capture under {@link OverflowPolicy#WAIT}. */
    public static final int OVERFLOW_WAIT_MS = 20;

    private static final int[] CIRCUIT_FAILURES = {0, 8, 40};

    /**
     * Draws what a scenario leaves open.
     *
     * @param wire what it speaks
     * @param gzip whether batches are compressed
     * @param overflow what happens when the ring is full
     * @param spool the spool
     * @param requestTimeoutMs the longest wait for an answer
     * @param random where it is drawn from
     * @return a setup
     */
    public static Setup draw(
            Wire wire,
            boolean gzip,
            OverflowPolicy overflow,
            SpoolSettings spool,
            int requestTimeoutMs,
            SplittableRandom random) {
        return new Setup(
                wire,
                gzip,
                overflow,
                spool,
                1 + random.nextInt(3),
                1 << (8 + random.nextInt(8)),
                1 + random.nextInt(random.nextBoolean() ? 20 : 500),
                random.nextInt(200),
                1 + random.nextInt(8),
                1 + random.nextInt(5),
                requestTimeoutMs,
                CIRCUIT_FAILURES[random.nextInt(CIRCUIT_FAILURES.length)]);
    }

    @Override
    public String toString() {
        return wire + (gzip ? " gzip " : " plain ") + overflow + ", lanes " + lanes + ", slots " + ringSlots
                + ", batch " + batch + ", linger " + lingerMs + " ms, in flight " + inFlight + ", retries " + retries
                + ", timeout " + requestTimeoutMs + " ms, circuit " + circuitFailures + ", spool " + spool.mode();
    }
}
