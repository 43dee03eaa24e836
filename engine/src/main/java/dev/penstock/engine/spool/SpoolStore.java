package dev.penstock.engine.spool;

import dev.penstock.client.SpoolSync;
import dev.penstock.engine.spool.SpoolSegment.State;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What the spool does, command by command, without a thread of its own.
 *
 * <p>What is durable when: with {@link SpoolSync#BATCH} a record is forced before its sink hears of it, together with all
 * others of that turn; with {@link SpoolSync#INTERVAL} it is forced an interval after the first write that was not; with
 * {@link SpoolSync#NONE} the system decides. Acknowledgements are never forced: after a power cut some records are sent
 * again.
 *
 * <p><b>Threads:</b> only the spool's thread.
 */
final class SpoolStore {

    private static final long HOUSEKEEPING_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long EMPTY_NS = TimeUnit.SECONDS.toNanos(5);

    private record Unforced(AppendSink sink, long id, int events) {}

    private final SpoolSurroundings spool;
    private final SpoolIndex index;
    private final SegmentFiles files;
    private final SegmentDisposal disposal;
    private final SegmentWriter segmentWriter = new SegmentWriter();
    private final SpoolTaker taker;
    private final SpoolRecovery recovery;
    private final SpoolWriter writer;
    private final OrphanedRecords orphans = new OrphanedRecords();

    /** Appended in this turn; always to the active segment. */
    private final List<Unforced> unforced = new ArrayList<>();

    /** Whether there is something to look after in a while. */
    private boolean untidy;

    private long nextHousekeepingNs;

    SpoolStore(SpoolSurroundings spool) {
        this.spool = spool;
        this.index = new SpoolIndex(spool.counters());
        this.files = new SegmentFiles(spool);
        this.disposal = new SegmentDisposal(spool, index, files);
        FileWindow window = new FileWindow();
        this.taker = new SpoolTaker(spool, index, files, segmentWriter, disposal, window);
        this.recovery = new SpoolRecovery(spool, index, files, disposal, taker, window);
        SpoolSpace space = new SpoolSpace(spool, index, recovery, taker, disposal, orphans);
        this.writer = new SpoolWriter(spool, index, files, disposal, space, segmentWriter);
    }

    void append(SpoolRecord record, AppendSink sink) {
        if (!recovery.isListed()) {
            recovery.step();
        }
        if (!writer.fits(record)) {
            settleUnforced(); // before their segment ends
        }
        writer.beginAfter(recovery.highest());
        long id = recovery.isListed() ? writer.append(record) : SpoolIndex.NO_RECORD;
        if (id == SpoolIndex.NO_RECORD) {
            refuse(record, sink);
        } else if (spool.settings().sync() == SpoolSync.BATCH) {
            unforced.add(new Unforced(sink, id, record.count()));
        } else {
            spool.counters().addStored(record.count());
            sink.stored(id);
        }
        beUntidy();
    }

    private void refuse(SpoolRecord record, AppendSink sink) {
        spool.counters().addFailed(record.count());
        sink.notStored(
                recovery.isListed()
                        ? writer.refusal()
                        : "the spool " + spool.disk().where() + " cannot be listed");
    }

    /** Forces what this turn has appended, and tells those who wait for that. */
    private void settleUnforced() {
        if (unforced.isEmpty()) {
            return;
        }
        List<Unforced> waiting = List.copyOf(unforced);
        unforced.clear();
        boolean forced = false;
        try {
            forced = writer.force();
        } finally {
            if (!forced) {
                // Nobody knows what the disk has of them: they stay in memory alone.
                writer.retract(SpoolIndex.indexIn(waiting.get(0).id()));
            }
            for (Unforced append : waiting) {
                tell(append, forced);
            }
        }
    }

    private void tell(Unforced append, boolean forced) {
        try {
            if (forced) {
                spool.counters().addStored(append.events());
                append.sink().stored(append.id());
            } else {
                spool.counters().addFailed(append.events());
                append.sink().notStored(writer.refusal());
            }
        } catch (Throwable e) {
            spool.sayFailure("append not told", "could not tell what became of a record", e);
        }
    }

    void acknowledge(long id) {
        SpoolSegment segment = index.segmentOf(id);
        if (segment == null) {
            orphans.acknowledge(id);
            return;
        }
        int i = SpoolIndex.indexIn(id);
        index.set(segment, i, State.DONE);
        beUntidy();
        if (segment != writer.active() && disposal.removeIfDone(segment)) {
            return;
        }
        try {
            segmentWriter.mark(files.of(segment), segment.position(i), FrameHead.ACKNOWLEDGED);
        } catch (IOException e) {
            spool.warn(
                    "mark not written",
                    "cannot mark a record of " + segment.name() + " as delivered, so the next start sends it again: "
                            + e,
                    e);
        }
    }

    void release(long id, long delayNs) {
        SpoolSegment segment = index.segmentOf(id);
        if (segment == null) {
            orphans.release(id, spool);
            return;
        }
        int i = SpoolIndex.indexIn(id);
        if (segment.state(i) != State.OWNED) {
            return;
        }
        if (delayNs > 0) {
            index.delay(segment, i, spool.clock().nanoTime() + delayNs);
        } else {
            index.set(segment, i, State.WAITING);
        }
    }

    /** The events of a release that was carried out are counted with its record now. */
    void released(int events) {
        spool.counters().addReleased(-events);
    }

    void take(TakeSink sink) {
        if (recovery.isDone()) {
            index.endDelays(spool.clock().nanoTime());
            taker.take(sink, writer.active());
        } else {
            sink.none();
        }
    }

    /** Ends a turn: what was appended in it is made as durable as it shall be, and what is due is done. */
    void endTurn() {
        settleUnforced();
        long nowNs = spool.clock().nanoTime();
        writer.forceIfDue(nowNs);
        index.endDelays(nowNs);
        recovery.step();
        if (untidy && nowNs - nextHousekeepingNs >= 0) {
            tidyUp(nowNs);
        }
    }

    private void beUntidy() {
        if (!untidy) {
            untidy = true;
            nextHousekeepingNs = spool.clock().nanoTime() + HOUSEKEEPING_NS;
        }
    }

    private void tidyUp(long nowNs) {
        untidy = false;
        if (writer.isIdleSince(nowNs - EMPTY_NS)) {
            writer.end();
        }
        for (SpoolSegment segment : List.copyOf(index.segments())) {
            boolean done = segment.isScanned() && segment.records() == 0;
            untidy |= done && (segment == writer.active() || !disposal.removeIfDone(segment));
        }
        writeCursors();
        nextHousekeepingNs = nowNs + HOUSEKEEPING_NS;
    }

    private void writeCursors() {
        for (SpoolSegment segment : index.segments()) {
            int cursor = segment.cursor();
            if (segment.isScanned() && segment.records() > 0 && cursor != segment.cursorWritten()) {
                writeCursor(segment, cursor);
            }
        }
    }

    private void writeCursor(SpoolSegment segment, int cursor) {
        try {
            segmentWriter.cursor(files.of(segment), segment.number(), cursor);
            segment.setCursorWritten(cursor);
        } catch (IOException e) {
            spool.warn("cursor not written", "cannot write the cursor of " + segment.name() + ": " + e, e);
        }
    }

    /** Whether earlier files are all known. */
    boolean isRecovered() {
        return recovery.isDone();
    }

    /** Whether the next turn has something to do whatever comes. */
    boolean hasMore() {
        return !recovery.isDone() && !recovery.isWaiting();
    }

    /** How long the thread may sleep if nothing comes. */
    long sleepNs(long longestNs) {
        long nowNs = spool.clock().nanoTime();
        long sleep = longestNs;
        if (writer.hasSyncAhead()) {
            sleep = Math.min(sleep, writer.nextSyncNs() - nowNs);
        }
        if (index.hasDelays()) {
            sleep = Math.min(sleep, index.nextDelayEndNs() - nowNs);
        }
        if (untidy) {
            sleep = Math.min(sleep, nextHousekeepingNs - nowNs);
        }
        return recovery.isDone() ? sleep : Math.min(sleep, HOUSEKEEPING_NS);
    }

    /** Ends every file; an empty spool leaves none behind. */
    void close() {
        settleUnforced();
        writer.end();
        for (SpoolSegment segment : List.copyOf(index.segments())) {
            disposal.removeIfDone(segment);
        }
        writeCursors();
        files.closeAll();
    }
}
