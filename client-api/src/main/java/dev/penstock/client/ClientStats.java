package dev.penstock.client;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The account of a client at one moment.
 *
 * <pre>
 * accepted = delivered + refused + expired + discarded + pending
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
     * Accepted events that have no outcome yet, by place.
     *
     * @param inRing published and not yet read
     * @param inOpenBatch in the batch that is still being filled
     * @param inFlight in closed batches: waiting for a connection, on the wire, or waiting for a retry
     * @param inSpool on disk; always zero in this version
     */
    public record Pending(long inRing, long inOpenBatch, long inFlight, long inSpool) {

        /**
         * All pending events.
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
     * @param slots its capacity in slots of 512 bytes; an event takes at least one
     * @param occupied slots in use
     * @param largeEventBytes bytes held by events too large for the ring
     */
    public record Ring(long slots, long occupied, long largeEventBytes) {}

    /**
     * Events taken into the ring.
     *
     * @return the count of {@link CaptureResult#ACCEPTED}
     */
    public long accepted() {
        return results.get(CaptureResult.ACCEPTED);
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
     * @return true if accepted events are exactly those with an outcome and those pending
     */
    public boolean isBalanced() {
        return accepted() == delivered() + refused() + expired() + discarded() + pending.total();
    }

    /**
     * The account on one line, for logs and failure messages.
     *
     * @return a line without secrets
     */
    public String summary() {
        return "accepted " + accepted() + " = delivered " + delivered() + " + refused " + refused() + " + expired "
                + expired() + " + discarded " + discarded() + " + pending " + pending.total() + " (ring "
                + pending.inRing() + ", open batch " + pending.inOpenBatch() + ", in flight " + pending.inFlight()
                + ", spool " + pending.inSpool() + "); not accepted " + refusals();
    }
}
