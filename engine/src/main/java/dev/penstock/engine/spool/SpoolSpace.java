package dev.penstock.engine.spool;

import dev.penstock.client.SpoolOverflow;
import dev.penstock.engine.spool.SpoolSegment.State;
import java.io.IOException;
import java.util.Iterator;

/**
 * Keeps the files within their bound: says whether there is room for another one, and makes some where that is the policy.
 *
 * <p><b>Threads:</b> only the spool's thread.
 */
final class SpoolSpace {

    /** Why records are given up here. */
    static final String FULL = "the spool was full";

    private final SpoolSurroundings spool;
    private final SpoolIndex index;
    private final SpoolRecovery recovery;
    private final SpoolTaker taker;
    private final SegmentDisposal disposal;
    private final OrphanedRecords orphans;

    SpoolSpace(
            SpoolSurroundings spool,
            SpoolIndex index,
            SpoolRecovery recovery,
            SpoolTaker taker,
            SegmentDisposal disposal,
            OrphanedRecords orphans) {
        this.spool = spool;
        this.index = index;
        this.recovery = recovery;
        this.taker = taker;
        this.disposal = disposal;
        this.orphans = orphans;
    }

    /** Whether a file of this size may be made now, after giving up others if need be. */
    boolean makeRoom(long bytes) {
        long maxBytes = spool.settings().maxBytes();
        boolean mayDrop = spool.settings().overflow() == SpoolOverflow.DROP_OLDEST
                && index.bytesSetAside() + bytes <= maxBytes; // else it would drop all for nothing
        while (index.countBytes() + bytes > maxBytes) {
            if (!mayDrop || !dropOldest()) {
                return false;
            }
        }
        return true;
    }

    String describe() {
        long aside = index.bytesSetAside();
        return "the spool is full, " + index.countBytes() + " bytes of "
                + spool.settings().maxBytes() + (aside == 0 ? "" : ", " + aside + " of them set aside");
    }

    private boolean dropOldest() {
        Iterator<SpoolSegment> byAge = index.segments().iterator();
        if (!byAge.hasNext()) {
            return false;
        }
        SpoolSegment oldest = byAge.next();
        if (!oldest.isScanned()) {
            return recovery.scan(oldest);
        }
        RecordIds[] ids = new RecordIds[oldest.count()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = oldest.state(i) == State.DONE ? null : readIds(oldest, i);
        }
        if (!disposal.remove(oldest)) {
            return false;
        }
        for (int i = 0; i < ids.length; i++) {
            drop(oldest, i, ids[i]);
        }
        return true;
    }

    private void drop(SpoolSegment segment, int i, RecordIds ids) {
        State state = segment.state(i);
        if (state == State.DONE) {
            return;
        }
        index.set(segment, i, State.DONE);
        if (state == State.OWNED) {
            orphans.add(SpoolIndex.id(segment, i), ids, segment.events(i));
        } else {
            spool.lose(ids, segment.events(i), FULL);
        }
    }

    private RecordIds readIds(SpoolSegment segment, int i) {
        try {
            return taker.read(segment, i).ids();
        } catch (IOException e) {
            return null; // lost with a count, if not by name
        }
    }
}
