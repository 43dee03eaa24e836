package dev.penstock.engine.spool;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Goes through a whole segment and says what is in it.
 *
 * <p><b>Threads:</b> one at a time. <b>Allocation:</b> an entry for each record; payloads are read and not kept.
 */
final class SegmentScan {

    /**
     * One frame.
     *
     * @param position where it begins
     * @param head its head
     * @param mark its mark
     * @param isWhole whether its content is as it was written; true unless it is open
     * @param ids null unless the body alone is damaged
     */
    record Frame(int position, FrameHead head, byte mark, boolean isWhole, RecordIds ids) {

        int end() {
            return position + head.frameBytes();
        }

        boolean isOpen() {
            return SegmentScan.isOpen(mark);
        }
    }

    /**
     * One segment.
     *
     * @param kind what its header says
     * @param frames those from the cursor on
     * @param end where the last of them ends
     * @param tornBytes how far bytes that are no frame reach after it
     * @param isCut whether those are the beginning of a record that was being written
     */
    record Result(SegmentHeader.Kind kind, List<Frame> frames, int end, long tornBytes, boolean isCut) {

        /** Whether there is nothing in it that this version can read. */
        boolean isForeign() {
            return kind == SegmentHeader.Kind.NEWER || (kind == SegmentHeader.Kind.DAMAGED && frames.isEmpty());
        }

        /** Whether there is more in it than this version can read, or once was. */
        boolean isDamaged() {
            return kind != SegmentHeader.Kind.KNOWN
                    || (tornBytes > 0 && !isCut)
                    || frames.stream().anyMatch(frame -> !frame.isWhole() || frame.mark() == FrameHead.LOST);
        }
    }

    private final FileWindow window;
    private final SegmentReader reader;
    private final Checksum checksum = new Checksum();

    SegmentScan(FileWindow window) {
        this.window = window;
        this.reader = new SegmentReader(window);
    }

    /**
     * Goes through a segment; payloads of acknowledged records are not looked at.
     *
     * @param file the segment
     * @param number its number
     * @param isNewest whether its last records may have been cut off
     */
    Result scan(SegmentFile file, long number, boolean isNewest) throws IOException {
        SegmentHeader.Kind kind = kind(file, number);
        if (kind == SegmentHeader.Kind.NEWER || !hasSize()) {
            return new Result(kind, List.of(), 0, 0, false);
        }
        int begin = (int) Math.min(window.size(), SegmentHeader.cursor(window.buffer(), number));
        List<Frame> frames = new ArrayList<>();
        int end = begin;
        for (Frame next = next(number, end); next != null; next = next(number, end)) {
            frames.add(next);
            end = next.end();
        }
        boolean mayCut = isNewest
                && kind == SegmentHeader.Kind.KNOWN
                && !window.holdsHead(end, window.endOfContent(end), number);
        if (mayCut) {
            end = removeTorn(frames, end);
        }
        long tornBytes = window.endOfContent(end) - end;
        return new Result(kind, frames, end, tornBytes, mayCut && tornBytes > 0);
    }

    /** What the header alone says. */
    SegmentHeader.Kind kind(SegmentFile file, long number) throws IOException {
        window.turnTo(file);
        if (!hasSize()) {
            return SegmentHeader.Kind.DAMAGED;
        }
        window.show(0, SegmentHeader.BYTES);
        return SegmentHeader.kind(window.buffer(), number, checksum);
    }

    /** Whether a segment can be as long as the file is. */
    private boolean hasSize() {
        return window.size() >= SegmentHeader.BYTES && window.size() <= Integer.MAX_VALUE;
    }

    private static int removeTorn(List<Frame> frames, int end) {
        int newEnd = end;
        while (!frames.isEmpty() && !frames.get(frames.size() - 1).isWhole()) {
            newEnd = frames.remove(frames.size() - 1).position();
        }
        return newEnd;
    }

    /** The frame at a position, or null where they end. */
    private Frame next(long number, int position) throws IOException {
        if (window.size() - position < FrameHead.BYTES) {
            return null;
        }
        FrameHead head = window.head(position, number);
        if (head == null || head.frameBytes() > window.size() - position) {
            return null;
        }
        byte mark = window.buffer().get(window.show(position, FrameHead.BYTES) + FrameHead.MARK);
        boolean whole = !isOpen(mark) || reader.isWhole(head, position);
        return new Frame(
                position,
                head,
                mark,
                whole,
                whole ? null : reader.read(head, position).ids());
    }

    private static boolean isOpen(byte mark) {
        return mark != FrameHead.ACKNOWLEDGED && mark != FrameHead.LOST;
    }
}
