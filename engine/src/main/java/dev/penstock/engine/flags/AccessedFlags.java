package dev.penstock.engine.flags;

import dev.penstock.engine.flags.result.EvaluatedFlag;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;

/**
 * Which flags of an evaluation were read: a bit for each flag of the snapshot, a map for the few others.
 *
 * <p><b>Threads:</b> any; lock-free. <b>Allocation:</b> none to mark a flag of the snapshot.
 */
final class AccessedFlags {

    private static final int BITS = 64;

    private final AtomicLongArray ordinals;
    private final Map<String, EvaluatedFlag> others = new ConcurrentHashMap<>();

    AccessedFlags(int flags) {
        this.ordinals = new AtomicLongArray((flags + BITS - 1) / BITS);
    }

    /** True if it was not marked before. */
    boolean mark(int ordinal) {
        int word = ordinal / BITS;
        long bit = 1L << ordinal;
        if ((ordinals.getPlain(word) & bit) != 0) {
            return false;
        }
        long before;
        do {
            before = ordinals.get(word);
        } while ((before & bit) == 0 && !ordinals.weakCompareAndSetVolatile(word, before, before | bit));
        return (before & bit) == 0;
    }

    /** True if it was not marked before. */
    boolean mark(EvaluatedFlag other) {
        return !others.containsKey(other.key()) && others.putIfAbsent(other.key(), other) == null;
    }

    boolean isMarked(int ordinal) {
        return (ordinals.get(ordinal / BITS) & 1L << ordinal) != 0;
    }

    void forEachOther(Consumer<EvaluatedFlag> action) {
        others.values().forEach(action);
    }
}
