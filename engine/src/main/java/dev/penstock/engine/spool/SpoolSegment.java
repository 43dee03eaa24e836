package dev.penstock.engine.spool;

import java.util.Arrays;

/**
 * What is known of one segment: its records, and who has each. A record takes 9 bytes here, so a spool of millions of
 * small batches still fits into memory.
 *
 * <p><b>Threads:</b> only the spool's thread.
 */
final class SpoolSegment {

    /** Who has a record. */
    enum State {
        /** Whoever appended or took it. */
        OWNED,
        /** Nobody: it can be taken. */
        WAITING,
        /** Nobody, but it cannot be taken yet. */
        DELAYED,
        /** Nobody any more. */
        DONE
    }

    private static final State[] STATES = State.values();
    private static final int FIRST_CAPACITY = 64;

    private final long number;
    private int[] positions = new int[FIRST_CAPACITY];
    private int[] events = new int[FIRST_CAPACITY];
    private byte[] states = new byte[FIRST_CAPACITY];
    private int count;
    private int records;
    private int waiting;

    /** No record before this one is waiting. */
    private int firstWaiting;

    /** All records before this one are done. */
    private int firstOpen;

    private int cursorWritten;
    private long bytes;
    private int end;
    private boolean scanned;
    private boolean damaged;

    SpoolSegment(long number, long bytes, int end, boolean scanned) {
        this.number = number;
        this.bytes = bytes;
        this.end = end;
        this.scanned = scanned;
    }

    long number() {
        return number;
    }

    String name() {
        return SegmentName.of(number);
    }

    /** What the file takes. */
    long bytes() {
        return bytes;
    }

    void setBytes(long now) {
        bytes = now;
    }

    /** Where the frames end. */
    int end() {
        return end;
    }

    void setEnd(int now) {
        end = now;
    }

    /** Whether its records are known. */
    boolean isScanned() {
        return scanned;
    }

    void markScanned() {
        scanned = true;
    }

    /** Whether its file is kept when its records are done. */
    boolean isDamaged() {
        return damaged;
    }

    void markDamaged() {
        damaged = true;
    }

    /** Adds a record after all others, and returns its index. */
    int add(int position, int eventCount, State state) {
        if (count == positions.length) {
            int larger = count + (count >> 1);
            positions = Arrays.copyOf(positions, larger);
            events = Arrays.copyOf(events, larger);
            states = Arrays.copyOf(states, larger);
        }
        positions[count] = position;
        events[count] = eventCount;
        states[count] = (byte) State.DONE.ordinal();
        count++;
        set(count - 1, state);
        return count - 1;
    }

    /** Changes who has a record. */
    void set(int index, State next) {
        State before = state(index);
        states[index] = (byte) next.ordinal();
        records += (next == State.DONE ? 0 : 1) - (before == State.DONE ? 0 : 1);
        waiting += (next == State.WAITING ? 1 : 0) - (before == State.WAITING ? 1 : 0);
        if (next == State.WAITING) {
            firstWaiting = Math.min(firstWaiting, index);
        }
        if (next != State.DONE) {
            firstOpen = Math.min(firstOpen, index);
        }
    }

    /** How many records there ever were. */
    int count() {
        return count;
    }

    /** How many of them are not done. */
    int records() {
        return records;
    }

    State state(int index) {
        return STATES[states[index]];
    }

    int position(int index) {
        return positions[index];
    }

    int events(int index) {
        return events[index];
    }

    /** The first record that is waiting, or -1. */
    int firstWaiting() {
        if (waiting == 0) {
            return -1;
        }
        while (state(firstWaiting) != State.WAITING) {
            firstWaiting++;
        }
        return firstWaiting;
    }

    /** Where the first record is that is not done; the end of the frames if there is none. */
    int cursor() {
        while (firstOpen < count && state(firstOpen) == State.DONE) {
            firstOpen++;
        }
        return firstOpen == count ? end : positions[firstOpen];
    }

    /** The cursor that the file has. */
    int cursorWritten() {
        return cursorWritten;
    }

    void setCursorWritten(int now) {
        cursorWritten = now;
    }
}
