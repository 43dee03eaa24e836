package dev.penstock.engine.deflate;

/**
 * The kinds of events that came lately. Each has two places where it can be, and takes that of the one that came longer ago.
 *
 * <p><b>Threads:</b> one. <b>Allocation:</b> none once as many kinds have come as are kept.
 */
final class EventKinds {

    private static final int BITS = 7;
    private static final int HASH = 0x9E37_79B9;

    private final EventKind[] kinds = new EventKind[1 << BITS];

    /** The kind with a key; with {@link EventKind#values} of 0 if it is not known. */
    EventKind of(int key) {
        int slot = (key * HASH) >>> (Integer.SIZE - BITS);
        EventKind kind = at(slot);
        if (kind.key == key) {
            return kind;
        }
        EventKind other = at(slot ^ 1);
        if (other.key == key) {
            return other;
        }
        EventKind older = other.last - kind.last < 0 ? other : kind;
        older.reset(key);
        return older;
    }

    private EventKind at(int slot) {
        EventKind kind = kinds[slot];
        if (kind == null) {
            kind = new EventKind();
            kinds[slot] = kind;
        }
        return kind;
    }

    /** Forgets all positions. */
    void clear() {
        for (EventKind kind : kinds) {
            if (kind != null) {
                kind.reset(0);
            }
        }
    }
}
