package dev.penstock.engine.deflate;

/**
 * The patterns of events that came lately. Each has two places where it can be, and takes that of the one that came longer ago.
 *
 * <p><b>Threads:</b> one. <b>Allocation:</b> none once as many patterns have come as are kept.
 */
final class EventPatterns {

    private static final int BITS = 7;
    private static final int HASH = 0x9E37_79B9;

    private final EventPattern[] patterns = new EventPattern[1 << BITS];

    /** The pattern with a key; with {@link EventPattern#values} of 0 if it is not known. */
    EventPattern of(int key) {
        int slot = (key * HASH) >>> (Integer.SIZE - BITS);
        EventPattern pattern = at(slot);
        if (pattern.key == key) {
            return pattern;
        }
        EventPattern other = at(slot ^ 1);
        if (other.key == key) {
            return other;
        }
        EventPattern older = other.last - pattern.last < 0 ? other : pattern;
        older.reset(key);
        return older;
    }

    private EventPattern at(int slot) {
        EventPattern pattern = patterns[slot];
        if (pattern == null) {
            pattern = new EventPattern();
            patterns[slot] = pattern;
        }
        return pattern;
    }

    /** Forgets all positions. */
    void clear() {
        for (EventPattern pattern : patterns) {
            if (pattern != null) {
                pattern.reset(0);
            }
        }
    }
}
