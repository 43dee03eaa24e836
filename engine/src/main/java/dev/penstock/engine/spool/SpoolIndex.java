package dev.penstock.engine.spool;

import dev.penstock.engine.spool.SpoolSegment.State;
import java.util.Collection;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * All records by age, and who has each. A record's id is its segment's number and its index there, so ids grow with age.
 *
 * <p><b>Threads:</b> only the spool's thread.
 */
final class SpoolIndex {

    static final long NO_RECORD = -1;

    private record Delay(long untilNs, long id) {}

    private final TreeMap<Long, SpoolSegment> segments = new TreeMap<>();
    private final PriorityQueue<Delay> delays = new PriorityQueue<>((a, b) -> Long.signum(a.untilNs() - b.untilNs()));
    private final SpoolCounters counters;
    private long bytesSetAside;

    SpoolIndex(SpoolCounters counters) {
        this.counters = counters;
    }

    static long id(SpoolSegment segment, int index) {
        return (segment.number() << Integer.SIZE) | index;
    }

    static int indexIn(long id) {
        return (int) id;
    }

    void add(SpoolSegment segment) {
        segments.put(segment.number(), segment);
        countBytes();
    }

    void remove(SpoolSegment segment) {
        segments.remove(segment.number());
        countBytes();
    }

    /** By age. */
    Collection<SpoolSegment> segments() {
        return segments.values();
    }

    /** The segment of a record that is not done; null for any other id. */
    SpoolSegment segmentOf(long id) {
        SpoolSegment segment = segments.get(id >>> Integer.SIZE);
        int index = indexIn(id);
        boolean open = segment != null && index >= 0 && index < segment.count() && segment.state(index) != State.DONE;
        return open ? segment : null;
    }

    void setBytesSetAside(long bytes) {
        bytesSetAside = bytes;
        countBytes();
    }

    long bytesSetAside() {
        return bytesSetAside;
    }

    /** What all files take, after one of them has changed. */
    long countBytes() {
        long sum = bytesSetAside;
        for (SpoolSegment segment : segments.values()) {
            sum += segment.bytes();
        }
        counters.setBytes(sum);
        return sum;
    }

    /** Adds a record, and returns its id. */
    long add(SpoolSegment segment, int position, int events, State state) {
        int index = segment.add(position, events, State.DONE);
        set(segment, index, state);
        return id(segment, index);
    }

    /** Changes who has a record, and the figures with it. */
    void set(SpoolSegment segment, int index, State next) {
        State before = segment.state(index);
        int events = segment.events(index);
        segment.set(index, next);
        counters.addRecords((next == State.DONE ? 0 : 1) - (before == State.DONE ? 0 : 1));
        counters.addWaiting((next == State.WAITING ? 1 : 0) - (before == State.WAITING ? 1 : 0));
        counters.addPending((isFree(next) ? events : 0) - (isFree(before) ? events : 0));
    }

    private static boolean isFree(State state) {
        return state == State.WAITING || state == State.DELAYED;
    }

    /** Has a record wait until a time. */
    void delay(SpoolSegment segment, int index, long untilNs) {
        set(segment, index, State.DELAYED);
        delays.add(new Delay(untilNs, id(segment, index)));
    }

    /** Lets those be taken whose time has come. */
    void endDelays(long nowNs) {
        while (!delays.isEmpty() && delays.peek().untilNs() - nowNs <= 0) {
            long id = delays.remove().id();
            SpoolSegment segment = segmentOf(id);
            if (segment != null && segment.state(indexIn(id)) == State.DELAYED) {
                set(segment, indexIn(id), State.WAITING);
            }
        }
    }

    boolean hasDelays() {
        return !delays.isEmpty();
    }

    /** When the next delay ends, if there is one. */
    long nextDelayEndNs() {
        return delays.element().untilNs();
    }

    /** The oldest record that can be taken, or {@link #NO_RECORD}. */
    long oldestWaiting() {
        for (SpoolSegment segment : segments.values()) {
            int index = segment.firstWaiting();
            if (index >= 0) {
                return id(segment, index);
            }
        }
        return NO_RECORD;
    }
}
