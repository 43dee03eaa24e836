package dev.penstock.engine.spool;

import java.util.HashMap;
import java.util.Map;

/**
 * Records that somebody has in memory and whose file was given up: they end with a verdict, or are lost when they are
 * released.
 *
 * <p><b>Threads:</b> only the spool's thread. Bounded by what pipelines hold in memory.
 */
final class OrphanedRecords {

    private record Orphan(RecordIds ids, int events) {}

    private final Map<Long, Orphan> orphans = new HashMap<>();

    void add(long id, RecordIds ids, int events) {
        orphans.put(id, new Orphan(ids, events));
    }

    void acknowledge(long id) {
        orphans.remove(id);
    }

    void release(long id, SpoolSurroundings spool) {
        Orphan orphan = orphans.remove(id);
        if (orphan != null) {
            spool.lose(orphan.ids(), orphan.events(), SpoolSpace.FULL);
        }
    }
}
