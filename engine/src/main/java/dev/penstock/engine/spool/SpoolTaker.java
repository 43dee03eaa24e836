package dev.penstock.engine.spool;

import dev.penstock.engine.spool.SpoolSegment.State;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.TimeUnit;

/**
 * Gives out records, the oldest first, and meets those that have been damaged since they were found or written.
 *
 * <p><b>Threads:</b> only the spool's thread.
 */
final class SpoolTaker {

    /** Why records are given up here. */
    static final String DAMAGED = "it was damaged on disk";

    private static final long READ_AGAIN_NS = TimeUnit.SECONDS.toNanos(1);

    private final SpoolSurroundings spool;
    private final SpoolIndex index;
    private final SegmentFiles files;
    private final SegmentWriter writer;
    private final SegmentDisposal disposal;
    private final SegmentReader reader;

    SpoolTaker(
            SpoolSurroundings spool,
            SpoolIndex index,
            SegmentFiles files,
            SegmentWriter writer,
            SegmentDisposal disposal,
            FileWindow window) {
        this.spool = spool;
        this.index = index;
        this.files = files;
        this.writer = writer;
        this.disposal = disposal;
        this.reader = new SegmentReader(window);
    }

    /** Gives the oldest record that nobody has, or says that there is none; {@code active} is still written. */
    void take(TakeSink sink, SpoolSegment active) {
        for (long id = index.oldestWaiting(); id != SpoolIndex.NO_RECORD; id = index.oldestWaiting()) {
            SpoolSegment segment = index.segmentOf(id);
            int i = SpoolIndex.indexIn(id);
            SegmentReader.Found found = find(segment, i);
            if (found == null) {
                index.delay(segment, i, spool.clock().nanoTime() + READ_AGAIN_NS);
                break;
            }
            if (found.record() != null) {
                sink.taken(id, found.record()); // counted by its owner before it is not counted here
                index.set(segment, i, State.OWNED);
                return;
            }
            giveUp(segment, i, found.ids());
            if (segment != active) {
                disposal.removeIfDone(segment);
            }
        }
        sink.none();
    }

    /** What is on disk of a record; null if the disk does not say now. */
    private SegmentReader.Found find(SpoolSegment segment, int i) {
        try {
            return read(segment, i);
        } catch (NoSuchFileException e) {
            spool.warn("file gone", "lacks " + segment.name() + ", which somebody has taken away", e);
            return new SegmentReader.Found(null, null);
        } catch (IOException e) {
            spool.warn("not read", "cannot read a record of " + segment.name() + " and tries again: " + e, e);
            return null;
        }
    }

    SegmentReader.Found read(SpoolSegment segment, int i) throws IOException {
        return reader.read(files.of(segment), segment.number(), segment.position(i));
    }

    private void giveUp(SpoolSegment segment, int i, RecordIds ids) {
        index.set(segment, i, State.DONE);
        segment.markDamaged();
        spool.counters().addDamagedRecord();
        markLost(segment, segment.position(i));
        spool.lose(ids, segment.events(i), DAMAGED);
    }

    /** So that the record is not found and counted again. */
    void markLost(SpoolSegment segment, int position) {
        try {
            writer.mark(files.of(segment), position, FrameHead.LOST);
        } catch (IOException e) {
            spool.warn("mark not written", "will count a damaged record of " + segment.name() + " again: " + e, e);
        }
    }
}
