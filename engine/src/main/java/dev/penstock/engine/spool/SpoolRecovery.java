package dev.penstock.engine.spool;

import dev.penstock.engine.spool.SpoolSegment.State;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Finds what earlier runs have left: first the names, then one file at a time, so that appends do not wait for all of it.
 *
 * <p>In the newest file, records at the end that are not whole were being written when the process or the machine went
 * down: they are cut and counted in bytes. Anywhere else that is damage: what can be read is recovered, the rest is counted,
 * and the file is kept aside when its records are done.
 *
 * <p><b>Threads:</b> only the spool's thread.
 */
final class SpoolRecovery {

    private static final long AGAIN_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int MAX_TRIES = 3;
    private static final int SHOWN_NAMES = 5;

    private final SpoolSurroundings spool;
    private final SpoolIndex index;
    private final SegmentFiles files;
    private final SegmentDisposal disposal;
    private final SpoolTaker taker;
    private final SegmentScan scan;
    private final List<SpoolSegment> unscanned = new ArrayList<>();
    private long highest;
    private long newest;
    private boolean listed;
    private int failures;
    private long nextTryNs;

    SpoolRecovery(
            SpoolSurroundings spool,
            SpoolIndex index,
            SegmentFiles files,
            SegmentDisposal disposal,
            SpoolTaker taker,
            FileWindow window) {
        this.spool = spool;
        this.index = index;
        this.files = files;
        this.disposal = disposal;
        this.taker = taker;
        this.scan = new SegmentScan(window);
    }

    /** Whether the names are known, and with them where new files may go. */
    boolean isListed() {
        return listed;
    }

    /** Whether nothing is left to find. */
    boolean isDone() {
        return listed && unscanned.isEmpty();
    }

    /** The highest number of a file that was there, whatever became of it, or 0: a new file must not take its place. */
    long highest() {
        return highest;
    }

    /** Goes on by one file. */
    void step() {
        if (isDone() || isWaiting()) {
            return;
        }
        if (listed) {
            scan(unscanned.get(0));
        } else {
            list();
        }
    }

    /** Whether the disk failed and is given a pause. */
    boolean isWaiting() {
        return failures > 0 && spool.clock().nanoTime() - nextTryNs < 0;
    }

    private void pause() {
        failures++;
        nextTryNs = spool.clock().nanoTime() + AGAIN_NS;
    }

    private void list() {
        List<String> names;
        unscanned.clear();
        try {
            names = spool.disk().names().stream().sorted().toList();
            for (String name : names) {
                meet(name);
            }
        } catch (IOException e) {
            spool.warn("not listed", "cannot be read, so nothing is kept on disk: " + e, e);
            pause();
            return;
        }
        failures = 0;
        disposal.countSetAside();
        sayForeign(names);
        listed = true;
    }

    private void meet(String name) throws IOException {
        long number = SegmentName.number(name);
        if (SegmentName.isHalfMade(name)) {
            disposal.delete(name); // a crash came before it held anything
        } else if (number > SegmentName.MAX_NUMBER) {
            disposal.setAside(name, "has a number that is too large");
        } else if (number != SegmentName.NO_NUMBER) {
            highest = Math.max(highest, number);
            meetSegment(name, number);
        }
    }

    private void meetSegment(String name, long number) throws IOException {
        if (!spool.disk().isFile(name)) {
            disposal.setAside(name, "is no file");
            return;
        }
        try (SegmentFile file = spool.disk().open(name)) {
            String objection = objectionTo(file, number);
            if (objection == null) {
                SpoolSegment segment = new SpoolSegment(number, file.size(), 0, false);
                index.add(segment);
                unscanned.add(segment);
                newest = number;
            } else {
                disposal.setAside(name, objection);
            }
        } catch (IOException e) {
            if (failures + 1 < MAX_TRIES) {
                throw e; // out of file handles, perhaps
            }
            disposal.setAside(name, "cannot be opened (" + e + ")");
        }
    }

    /** Why a file is none that this version can read; null if it is. */
    private String objectionTo(SegmentFile file, long number) throws IOException {
        SegmentHeader.Kind kind = scan.kind(file, number);
        if (kind == SegmentHeader.Kind.NEWER) {
            return "a later version has written";
        }
        boolean holdsNothing = kind == SegmentHeader.Kind.DAMAGED
                && scan.scan(file, number, false).isForeign();
        return holdsNothing ? "is no segment" : null;
    }

    private void sayForeign(List<String> names) {
        List<String> foreign = names.stream().filter(SegmentName::isForeign).toList();
        if (!foreign.isEmpty()) {
            spool.warn(
                    "foreign files",
                    "holds " + foreign.size() + " files that are not the spool's, and leaves them alone: "
                            + SegmentName.shown(foreign.subList(0, Math.min(SHOWN_NAMES, foreign.size()))),
                    null);
        }
    }

    /** Looks into a file; false if the disk does not let it now. */
    boolean scan(SpoolSegment segment) {
        boolean isNewest = segment.number() == newest;
        try {
            SegmentFile file = files.of(segment);
            SegmentScan.Result result = scan.scan(file, segment.number(), isNewest);
            if (result.isCut()) {
                cut(segment, file, result);
            }
            integrate(segment, result);
        } catch (NoSuchFileException e) {
            index.remove(segment);
        } catch (IOException e) {
            files.close(segment);
            if (failures + 1 < MAX_TRIES) {
                pause();
                return false;
            }
            setAside(segment, "cannot be read (" + e + ")");
        }
        failures = 0;
        unscanned.remove(segment);
        return true;
    }

    private void cut(SpoolSegment segment, SegmentFile file, SegmentScan.Result result) {
        spool.warn(
                "torn tail",
                "was not closed: the last " + result.tornBytes() + " bytes of " + segment.name()
                        + " are an incomplete record and are cut",
                null);
        try {
            file.truncate(result.end());
            segment.setBytes(result.end());
        } catch (IOException e) {
            segment.markDamaged();
            spool.warn("not cut", "cannot cut " + segment.name() + ": " + e, e);
        }
    }

    private void integrate(SpoolSegment segment, SegmentScan.Result result) {
        spool.counters().addTornBytes(result.tornBytes());
        if (result.isForeign()) {
            setAside(segment, "is no segment any more");
            return;
        }
        segment.setEnd(result.end());
        segment.markScanned();
        if (result.isDamaged()) {
            segment.markDamaged();
        }
        result.frames().stream().filter(SegmentScan.Frame::isOpen).forEach(frame -> recover(segment, frame));
        if (segment.isDamaged()) {
            spool.warn(
                    "damaged",
                    "has a damaged file, " + segment.name() + ": " + segment.records()
                            + " records can be read, and the file is set aside when they are sent",
                    null);
        }
        index.countBytes();
        disposal.removeIfDone(segment);
    }

    private void recover(SpoolSegment segment, SegmentScan.Frame frame) {
        int events = frame.head().events();
        spool.counters().addRecovered(events);
        if (frame.isWhole()) {
            index.add(segment, frame.position(), events, State.WAITING);
            return;
        }
        segment.markDamaged();
        spool.counters().addDamagedRecord();
        taker.markLost(segment, frame.position());
        spool.lose(frame.ids(), events, SpoolTaker.DAMAGED);
    }

    private void setAside(SpoolSegment segment, String why) {
        files.close(segment);
        index.remove(segment);
        disposal.setAside(segment.name(), why);
    }
}
