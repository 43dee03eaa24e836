package dev.penstock.engine.spool;

import dev.penstock.client.SpoolSync;
import dev.penstock.engine.spool.SpoolSegment.State;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Appends records to the active segment, begins another one when it is full, and forces what it wrote.
 *
 * <p>A segment is made of zeros under another name and then renamed, so a disk that is full refuses it as a whole, and a
 * crash leaves nothing that looks like one. A failed write or force ends the segment at its last good record; a failed
 * disk is left alone for a second, and appends are refused at once meanwhile.
 *
 * <p><b>Threads:</b> only the spool's thread.
 */
final class SpoolWriter {

    private static final long AGAIN_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long LARGEST = Integer.MAX_VALUE - (long) SegmentHeader.BYTES;

    private final SpoolSurroundings spool;
    private final SpoolIndex index;
    private final SegmentFiles files;
    private final SegmentDisposal disposal;
    private final SpoolSpace space;
    private final SegmentWriter writer;

    /** Null while there is none. */
    private SpoolSegment active;

    /** How far the active segment's file reaches; nothing more fits once it is broken. */
    private long limit;

    private long nextNumber;

    /** Whether something was written that was not forced, and since when. */
    private boolean dirty;

    private long dirtySinceNs;

    /** Whether the active file's name and length were not forced. */
    private boolean dirtyName;

    private long lastAppendNs;
    private boolean failing;
    private long nextTryNs;
    private String refusal;

    SpoolWriter(
            SpoolSurroundings spool,
            SpoolIndex index,
            SegmentFiles files,
            SegmentDisposal disposal,
            SpoolSpace space,
            SegmentWriter writer) {
        this.spool = spool;
        this.index = index;
        this.files = files;
        this.disposal = disposal;
        this.space = space;
        this.writer = writer;
    }

    /** Makes all numbers up to one taken. */
    void beginAfter(long number) {
        nextNumber = Math.max(nextNumber, number + 1);
    }

    /** The segment that is being written, or null. */
    SpoolSegment active() {
        return active;
    }

    /** Whether a record fits into the active segment; if not, {@link #append} ends that one first. */
    boolean fits(SpoolRecord record) {
        return active != null && active.end() + FrameHead.frameBytes(record) <= limit;
    }

    /** Appends a record that belongs to whoever brings it; {@link SpoolIndex#NO_RECORD} if that fails. */
    long append(SpoolRecord record) {
        long frameBytes = FrameHead.frameBytes(record);
        if (!fits(record) && !begin(frameBytes)) {
            return SpoolIndex.NO_RECORD;
        }
        int position = active.end();
        try {
            long number = active.number();
            writer.frame(
                    files.of(active),
                    number,
                    position,
                    record,
                    spool.wallClock().time());
        } catch (IOException e) {
            fail("cannot write to " + active.name(), e);
            cutActive(position);
            return SpoolIndex.NO_RECORD;
        }
        failing = false;
        lastAppendNs = spool.clock().nanoTime();
        markDirty(lastAppendNs);
        active.setEnd(position + (int) frameBytes);
        return index.add(active, position, record.count(), State.OWNED);
    }

    /** Why the latest append failed. */
    String refusal() {
        return refusal;
    }

    private void markDirty(long nowNs) {
        if (!dirty) {
            dirty = true;
            dirtySinceNs = nowNs;
        }
    }

    private boolean begin(long frameBytes) {
        if (frameBytes > LARGEST) {
            refusal = "a record of " + frameBytes + " bytes is too large for a file of the spool";
            return false;
        }
        if (failing && spool.clock().nanoTime() - nextTryNs < 0) {
            return false; // the reason is still the latest one
        }
        end();
        long bytes = Math.max(spool.settings().segmentBytes(), SegmentHeader.BYTES + frameBytes);
        if (!space.makeRoom(bytes)) {
            refusal = space.describe();
            spool.warn("full", "keeps no more events on disk: " + refusal, null);
            return false;
        }
        return make((int) bytes);
    }

    private boolean make(int bytes) {
        long number = nextNumber;
        String halfMade = SegmentName.halfMade(number);
        try {
            if (number > SegmentName.MAX_NUMBER) {
                throw new IOException("all numbers of segments are used up: empty the spool");
            }
            try (SegmentFile file = spool.disk().create(halfMade)) {
                writer.prepare(file, number, bytes, spool.wallClock().time());
            }
            spool.disk().rename(halfMade, SegmentName.of(number));
        } catch (IOException e) {
            fail("cannot make a file of " + bytes + " bytes", e);
            disposal.delete(halfMade);
            return false;
        }
        nextNumber++;
        active = new SpoolSegment(number, bytes, SegmentHeader.BYTES, true);
        index.add(active);
        limit = bytes;
        dirtyName = true;
        return true;
    }

    private void fail(String what, IOException e) {
        refusal = "the spool " + spool.disk().where() + " " + what + ": " + e; // first: it is asked for while failing
        failing = true;
        nextTryNs = spool.clock().nanoTime() + AGAIN_NS;
        spool.warn("not written", what + ", so events stay in memory: " + e, e);
    }

    /** Ends the active segment's file at a position, after which nothing is good. */
    private void cutActive(int end) {
        limit = 0;
        active.setEnd(end);
        try {
            files.of(active).truncate(end);
            active.setBytes(end);
        } catch (IOException e) {
            spool.warn("not cut", "cannot cut " + active.name() + " after a failed write: " + e, e);
        }
        index.countBytes();
    }

    /**
     * Has everything that was written on the disk itself; false if that failed. Then the active segment is ended, and
     * nobody knows what of it would survive a power cut.
     */
    boolean force() {
        if (!dirty) {
            return true;
        }
        dirty = false;
        try {
            files.of(active).force(dirtyName);
            if (dirtyName) {
                spool.disk().force();
            }
            dirtyName = false;
            return true;
        } catch (IOException e) {
            fail("cannot force " + active.name() + " to the disk", e);
            limit = 0;
            return false;
        }
    }

    /** Takes back the active segment's records from an index on: after a failed force. */
    void retract(int first) {
        int position = active.position(first);
        for (int i = first; i < active.count(); i++) {
            index.set(active, i, State.DONE);
        }
        cutActive(position);
    }

    /** Forces if the policy says that it is time. */
    void forceIfDue(long nowNs) {
        if (isSyncDue(nowNs)) {
            force();
        }
    }

    private boolean isSyncDue(long nowNs) {
        return hasSyncAhead() && nowNs - nextSyncNs() >= 0;
    }

    /** Whether a force is ahead. */
    boolean hasSyncAhead() {
        return dirty && spool.settings().sync() == SpoolSync.INTERVAL;
    }

    /** When it is. */
    long nextSyncNs() {
        return dirtySinceNs + spool.settings().syncInterval().toNanos();
    }

    /** Ends the active segment, if there is one: forces it where that is the policy, cuts it to its content. */
    void end() {
        if (active == null) {
            return;
        }
        SpoolSegment ended = active;
        if (ended.end() < ended.bytes()) {
            cutActive(ended.end());
            markDirty(spool.clock().nanoTime());
        }
        if (spool.settings().sync() != SpoolSync.NONE && ended.records() > 0) {
            force();
        }
        active = null;
        dirty = false;
        disposal.removeIfDone(ended);
    }

    /** Whether all records of the active segment are done, and nothing was appended since a time. */
    boolean isIdleSince(long timeNs) {
        return active != null && active.records() == 0 && lastAppendNs - timeNs <= 0;
    }
}
