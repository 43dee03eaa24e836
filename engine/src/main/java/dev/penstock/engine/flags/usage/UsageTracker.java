package dev.penstock.engine.flags.usage;

import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Remembers which uses were reported, so that each is reported once.
 *
 * <p>Why it is shaped so:
 *
 * <ol>
 *   <li>Nearly every read is of a use that is known: that path is one lookup by distinct id and one probe of a small table of
 *       64-bit fingerprints, without a lock, a write or an allocation.
 *   <li>A first sight costs an event anyway. It is decided under the lock of that one id's entry, so of many threads exactly
 *       one is told that it is the first.
 *   <li>Exact order of use would make every read a write to shared memory. Instead each id has a mark that a read sets if it is
 *       not set; ids are passed in a circle, and one that is marked is let through once more. So ids in use stay, and those
 *       that are not are forgotten one at a time.
 * </ol>
 *
 * <p>Two uses of one id are taken for the same if their fingerprints agree, which for 1,000 uses has a chance of one in
 * 10<sup>13</sup>. Guarded by {@code FlagEvaluationBenchmark}.
 *
 * <p><b>Threads:</b> any; lock-free for known uses, a lock for each id otherwise. <b>Memory:</b> at most {@code maxIds} ids
 * and {@code 32 * maxIds} fingerprints of 8 bytes beyond the first four of each id, whichever is reached first.
 */
final class UsageTracker {

    private static final int FINGERPRINTS_PER_ID = 32;

    /** How many ids in use are let through before one of them goes: bounds what one caller does for the others. */
    private static final int MAX_CHANCES = 64;

    private final int maxIds;
    private final int maxFingerprints;
    private final ConcurrentHashMap<String, SeenUses> ids = new ConcurrentHashMap<>();
    private final Queue<SeenUses> circle = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicInteger fingerprints = new AtomicInteger();
    private volatile boolean closed;

    UsageTracker(int maxIds) {
        this.maxIds = maxIds;
        this.maxFingerprints = maxIds * FINGERPRINTS_PER_ID;
    }

    /**
     * Whether this use is seen for the first time; from then on it is known. Of concurrent callers one is answered true.
     *
     * @param distinctId who used the flag
     * @param fingerprint of flag, value and groups
     */
    boolean isFirst(String distinctId, long fingerprint) {
        long known = fingerprint == 0 ? 1 : fingerprint; // zero means an empty cell
        SeenUses seen = ids.get(distinctId);
        if (seen != null && seen.contains(known)) {
            seen.mark();
            return false;
        }
        return !closed && add(distinctId, known);
    }

    private boolean add(String distinctId, long fingerprint) {
        int grown;
        do {
            grown = entry(distinctId).add(fingerprint);
        } while (grown == SeenUses.RETIRED);
        if (grown > 0) {
            fingerprints.addAndGet(grown);
        }
        boolean forgetting = true;
        while (forgetting && (size.get() > maxIds || fingerprints.get() > maxFingerprints)) {
            forgetting = forgetOne();
        }
        return grown != SeenUses.KNOWN;
    }

    private SeenUses entry(String distinctId) {
        SeenUses seen = ids.get(distinctId);
        if (seen != null) {
            return seen;
        }
        SeenUses fresh = new SeenUses(distinctId);
        seen = ids.putIfAbsent(distinctId, fresh);
        if (seen != null) {
            return seen;
        }
        size.incrementAndGet();
        circle.add(fresh);
        return fresh;
    }

    /** False if there is nothing to forget. */
    private boolean forgetOne() {
        for (int chances = MAX_CHANCES; ; chances--) {
            SeenUses oldest = circle.poll();
            if (oldest == null) {
                return false;
            }
            if (chances > 0 && oldest.unmark()) {
                circle.add(oldest);
                continue;
            }
            // Out of the map first, so that whoever finds it retired also finds it gone.
            ids.remove(oldest.distinctId(), oldest);
            fingerprints.addAndGet(-oldest.retire());
            size.decrementAndGet();
            return true;
        }
    }

    /** Makes a use unknown again. */
    void forget(String distinctId, long fingerprint) {
        SeenUses seen = ids.get(distinctId);
        if (seen != null) {
            seen.remove(fingerprint == 0 ? 1 : fingerprint);
        }
    }

    int size() {
        return size.get();
    }

    /** Cells beyond the first few of each id. */
    int fingerprints() {
        return fingerprints.get();
    }

    /** Forgets everything; from now on nothing is a first use. */
    void close() {
        closed = true;
        ids.clear();
        circle.clear();
        size.set(0);
        fingerprints.set(0);
    }
}
