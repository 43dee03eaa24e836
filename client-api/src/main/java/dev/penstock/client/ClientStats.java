package dev.penstock.client;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The account of a client at one moment.
 *
 * <pre>
 * accepted + recovered = delivered + refused + expired + discarded + pending
 * </pre>
 *
 * <p>holds exactly whenever nothing moves ({@link #isBalanced()}); pending events are counted where they stand, never by
 * subtraction. All figures count from the client's start.
 *
 * <p><b>Threads:</b> immutable; any thread.
 *
 * @param results how many captures got each answer
 * @param outcomes how many accepted events ended in each outcome
 * @param pending where the others are
 * @param delivery what was sent
 * @param ring how full the ring is
 * @param spool what is on disk and what happened there
 * @param health what stood still or failed again and again
 * @param valuesReplaced property values, keys and timestamps that could not be written as given (NaN, cycles, values
 *     that threw, ...)
 * @param personless events captured without a distinct id
 * @param noticesDropped notices to the {@link DeliveryListener} that found its queue full
 */
public record ClientStats(
        Map<CaptureResult, Long> results,
        Map<Outcome, Long> outcomes,
        Pending pending,
        Delivery delivery,
        Ring ring,
        Spool spool,
        Health health,
        long valuesReplaced,
        long personless,
        long noticesDropped) {

    /**
     * Copies the maps; a missing answer or outcome counts as zero.
     *
     * @param results how many captures got each answer
     * @param outcomes how many accepted events ended in each outcome
     * @param pending where the others are
     * @param delivery what was sent
     * @param ring how full the ring is
     * @param spool what is on disk and what happened there
     * @param health what stood still or failed again and again
     * @param valuesReplaced values that could not be written as given
     * @param personless events captured without a distinct id
     * @param noticesDropped notices that found the listener's queue full
     */
    public ClientStats {
        results = complete(CaptureResult.class, results);
        outcomes = complete(Outcome.class, outcomes);
    }

    private static <K extends Enum<K>> Map<K, Long> complete(Class<K> type, Map<K, Long> counts) {
        EnumMap<K, Long> all = new EnumMap<>(type);
        for (K key : type.getEnumConstants()) {
            all.put(key, counts.getOrDefault(key, 0L));
        }
        return Collections.unmodifiableMap(all);
    }

    /**
     * Accepted and recovered events that have no outcome yet, by place.
     *
     * @param inRing published and not yet read
     * @param inOpenBatch in the batch that is still being filled
     * @param inFlight in closed batches: waiting for a connection, on the wire, or waiting for a retry
     * @param inSpool on disk and not in memory
     */
    public record Pending(long inRing, long inOpenBatch, long inFlight, long inSpool) {

        /**
         * All pending events. While something moves, one may be counted in two places or in none: whoever waits for the
         * last event looks for 0 here and for {@link ClientStats#isBalanced()}.
         *
         * @return the sum over all places
         */
        public long total() {
            return inRing + inOpenBatch + inFlight + inSpool;
        }
    }

    /**
     * What was sent, failures included.
     *
     * @param requests requests begun, retries included
     * @param retries requests that repeat an earlier one
     * @param splits batches that were cut in half after 400 or 413
     * @param timeouts requests that had no answer in time
     * @param wireBytes request bodies as sent
     * @param plainBytes request bodies before compression
     * @param transportRestarts how often the I/O reactor was found dead and rebuilt
     * @param verdicts what the server said of delivered events
     */
    public record Delivery(
            long requests,
            long retries,
            long splits,
            long timeouts,
            long wireBytes,
            long plainBytes,
            long transportRestarts,
            Verdicts verdicts) {}

    /**
     * What the server said of delivered events, where it answers for each; all zero with {@link CaptureMode#V0}.
     *
     * @param ok events taken as they were
     * @param warning events taken with a warning
     * @param limited events taken with some processing left out
     * @param unknown events with a verdict that this version does not know
     * @param missing events the answer did not mention
     * @param unreadable events whose answer could not be read
     */
    public record Verdicts(long ok, long warning, long limited, long unknown, long missing, long unreadable) {}

    /**
     * How full the ring is.
     *
     * @param slots its capacity in slots of 256 bytes; an event takes at least one
     * @param occupied slots in use
     * @param largeEventBytes bytes held by events too large for the ring
     */
    public record Ring(long slots, long occupied, long largeEventBytes) {}

    /**
     * What is on disk, and what happened there; all zero without a spool. All but the first two count from the client's
     * start.
     *
     * @param records batches on disk now that are not acknowledged, those in memory as well included
     * @param bytes what the files take now
     * @param recovered events that an earlier run had left
     * @param storedEvents events written
     * @param failedEvents events that could not be written and stayed in memory
     * @param discardedEvents events given up with the oldest file, or found damaged; part of {@link Outcome#DISCARDED}
     * @param damagedRecords batches found damaged
     * @param tornBytes bytes of batches that an earlier run did not write to their end, which were cut off
     * @param filesSetAside files that are not the spool's, or damaged, and were set aside
     */
    public record Spool(
            long records,
            long bytes,
            long recovered,
            long storedEvents,
            long failedEvents,
            long discardedEvents,
            long damagedRecords,
            long tornBytes,
            long filesSetAside) {

        /** No spool. */
        public static final Spool NONE = new Spool(0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /**
     * How often something stood still with work before it ({@link ClientConfig#stallTimeout()}), or was given up for a
     * while.
     *
     * @param pipelineStalls pipelines that stood still
     * @param pipelineRestarts pipelines that had ended and were begun again
     * @param ioStalls I/O threads that stood still and were replaced
     * @param listenerStalls listeners that did not return
     * @param spoolStalls disks that did not answer
     * @param circuitOpenings how often the server was found away ({@link ClientConfig#circuitFailures()})
     */
    public record Health(
            long pipelineStalls,
            long pipelineRestarts,
            long ioStalls,
            long listenerStalls,
            long spoolStalls,
            long circuitOpenings) {

        /** Nothing. */
        public static final Health NONE = new Health(0, 0, 0, 0, 0, 0);
    }

    /**
     * Events taken into the ring.
     *
     * @return the count of {@link CaptureResult#ACCEPTED}
     */
    public long accepted() {
        return results.get(CaptureResult.ACCEPTED);
    }

    /**
     * Events that an earlier run had left in the spool.
     *
     * @return a count; 0 without a spool
     */
    public long recovered() {
        return spool.recovered();
    }

    /**
     * Captures that got any other answer than {@link CaptureResult#ACCEPTED}.
     *
     * @return the sum of those answers
     */
    public long refusals() {
        return results.values().stream().mapToLong(Long::longValue).sum() - accepted();
    }

    /**
     * Events the server took.
     *
     * @return the count of {@link Outcome#DELIVERED}
     */
    public long delivered() {
        return outcomes.get(Outcome.DELIVERED);
    }

    /**
     * Events the server will never take.
     *
     * @return the count of {@link Outcome#REFUSED}
     */
    public long refused() {
        return outcomes.get(Outcome.REFUSED);
    }

    /**
     * Events whose retries were used up.
     *
     * @return the count of {@link Outcome#EXPIRED}
     */
    public long expired() {
        return outcomes.get(Outcome.EXPIRED);
    }

    /**
     * Events given up on this side.
     *
     * @return the count of {@link Outcome#DISCARDED}
     */
    public long discarded() {
        return outcomes.get(Outcome.DISCARDED);
    }

    /**
     * Whether the account balances at this moment.
     *
     * @return true if accepted and recovered events are exactly those with an outcome and those pending
     */
    public boolean isBalanced() {
        return accepted() + recovered() == delivered() + refused() + expired() + discarded() + pending.total();
    }

    /**
     * The account on one line, for logs and failure messages.
     *
     * @return a line without secrets
     */
    public String summary() {
        String recovered = recovered() == 0 ? "" : " + recovered " + recovered();
        return "accepted " + accepted() + recovered + " = delivered " + delivered() + " + refused " + refused()
                + " + expired "
                + expired() + " + discarded " + discarded() + " + pending " + pending.total() + " (ring "
                + pending.inRing() + ", open batch " + pending.inOpenBatch() + ", in flight " + pending.inFlight()
                + ", spool " + pending.inSpool() + "); not accepted " + refusals();
    }
}
