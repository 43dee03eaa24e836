package dev.penstock.engine.spool;

import java.io.IOException;

/**
 * Gets files out of the way: those whose records are done are deleted, all else is set aside, where an operator finds it.
 *
 * <p><b>Threads:</b> only the spool's thread.
 */
final class SegmentDisposal {

    private final SpoolSurroundings spool;
    private final SpoolIndex index;
    private final SegmentFiles files;

    SegmentDisposal(SpoolSurroundings spool, SpoolIndex index, SegmentFiles files) {
        this.spool = spool;
        this.index = index;
        this.files = files;
    }

    /** Gets a segment out of the way; false, and the segment stays for another try, if its file cannot be moved. */
    boolean remove(SpoolSegment segment) {
        files.close(segment);
        boolean gone = segment.isDamaged() ? setAside(segment.name(), "was damaged") : delete(segment.name());
        if (gone) {
            index.remove(segment);
        }
        return gone;
    }

    /** Gets a segment out of the way if all its records are done; false if it is still there. */
    boolean removeIfDone(SpoolSegment segment) {
        return segment.isScanned() && segment.records() == 0 && remove(segment);
    }

    boolean delete(String name) {
        try {
            spool.disk().delete(name);
            return true;
        } catch (IOException e) {
            spool.warn("file not deleted", "has a file it no longer needs and cannot delete, " + name + ": " + e, e);
            return false;
        }
    }

    /** Moves a file aside and says so. */
    boolean setAside(String name, String why) {
        try {
            String now = spool.disk().setAside(name);
            spool.counters().addFileSetAside();
            countSetAside();
            spool.warn(
                    "file set aside",
                    "has set aside a file that " + why + ", " + now
                            + ": it counts towards the spool's bound until somebody takes it away",
                    null);
            return true;
        } catch (IOException e) {
            spool.warn("file not set aside", "cannot set aside " + name + ", which " + why + ": " + e, e);
            return false;
        }
    }

    /** Measures what is set aside. */
    void countSetAside() {
        try {
            index.setBytesSetAside(spool.disk().bytesSetAside());
        } catch (IOException e) {
            spool.warn("set aside not measured", "cannot measure what is set aside: " + e, e);
        }
    }
}
