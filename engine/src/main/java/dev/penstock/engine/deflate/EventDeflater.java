package dev.penstock.engine.deflate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Compresses JSON events into raw deflate data, knowing where their values are.
 *
 * <p>Why it is shaped so: events of a kind are alike but for their values. Who knows where those end need not search for
 * what is alike; it is compared with the last event of the kind, a long at a time. What differs is looked up by the whole
 * value, in its field; only text is searched as other compressors do. One pass puts codes that were learned from earlier
 * data, so there is no list of tokens and no second pass. Guarded by {@code CompressionBenchmark}; see {@code
 * docs/decisions/0020-event-aware-deflate.md}.
 *
 * <p>Every match is compared byte for byte before it is put, so wrong marks, colliding hashes and stale tables cost
 * compression and nothing else. Data that does not compress is stored.
 *
 * <p>What comes out depends on what was compressed before: the same events are not the same bytes twice.
 *
 * <p><b>Threads:</b> one. <b>Allocation:</b> none once it has grown, but for some 20 KB when new codes are made: ever more
 * rarely at first, every 4 MiB later, and when data takes more than it used to. <b>Memory:</b> some 300 KB.
 *
 * <p><b>Source:</b> RFC 1951.
 */
public final class EventDeflater {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Readable beyond the last byte, so that comparisons need not look where it is. */
    private static final int SLACK = Long.BYTES;

    private static final int WINDOW = 128 * 1024;

    /** What is longer, or has no marks, is compressed in pieces of so many bytes. */
    private static final int PIECE = 8 * 1024;

    /** Shorter ones cost as much as their literals. */
    private static final int MIN_MATCH = 4;

    private static final int MIN_SEARCHED = 12;
    private static final int SEARCHED_BYTES = 6;
    private static final int SEARCH_BITS = 13;
    private static final int STRIDE_GROWS = 5;
    private static final int VALUE_BITS = 13;
    private static final long HASH = 0x9E37_79B9_7F4A_7C15L;

    /** A stored block's own bytes. */
    private static final int STORED_HEADER = 8;

    /** Positions begin anew before they could overflow. */
    private static final int MAX_ORIGIN = 1 << 30;

    private final TokenOutput out = new TokenOutput();
    private final int[] searchTable = new int[1 << SEARCH_BITS];
    private final int[] valueTable = new int[1 << VALUE_BITS];
    private final EventKinds kinds = new EventKinds();
    private final CodeLearner learner = new CodeLearner();
    private final BlockCodes codes = new BlockCodes();

    /** What matches may reach back to, and what is not put yet. A position is an index and the origin. */
    private final byte[] window = new byte[WINDOW + SLACK];

    private int origin = Matches.MAX_DISTANCE + 1;
    private int filled;

    /** All before this is put. */
    private int put;

    /** If not 0, a match begins there, up to {@link #matchEnd}; what follows it, up to {@link #at}, are literals. */
    private int distance;

    private int matchEnd;

    /** How many bytes searches have matched; only differences count. */
    private int matched;

    private int at;

    /** Where the data begins of which it is not known whether it compresses; the output is marked there. */
    private int chunkAt;

    private boolean firstChunk;

    /** Makes a deflater that has learned nothing. */
    public EventDeflater() {}

    /**
     * Begins a stream, of less than 1 GiB. What was begun before and not finished is forgotten.
     *
     * @param storage where it goes; may be replaced by a longer array
     * @param from index of its first byte
     */
    public void begin(byte[] storage, int from) {
        origin += filled + Matches.MAX_DISTANCE + 1;
        if (origin > MAX_ORIGIN) {
            Arrays.fill(searchTable, 0);
            Arrays.fill(valueTable, 0);
            kinds.clear();
            origin = Matches.MAX_DISTANCE + 1;
        }
        filled = 0;
        put = 0;
        at = 0;
        distance = 0;
        firstChunk = true;
        out.begin(storage, from);
        beginBlock();
    }

    private void beginBlock() {
        if (learner.isDue()) {
            learner.learn(codes);
        }
        out.ensure(512);
        codes.begin(out);
        beginChunk();
    }

    private void beginChunk() {
        out.mark();
        chunkAt = at;
    }

    /**
     * Adds bytes that are no event.
     *
     * @param bytes holds them
     * @param offset index of the first
     * @param length how many
     */
    public void append(byte[] bytes, int offset, int length) {
        int end = offset + length;
        for (int from = offset; from < end; ) {
            int piece = Math.min(PIECE, end - from);
            take(bytes, from, piece);
            from += piece;
            // What is short waits for what comes next.
            if (filled - at >= MIN_SEARCHED) {
                learner.beginOther();
                grow();
                at = search(at, filled);
                endChunkIfDue();
            }
        }
    }

    /**
     * Adds an event.
     *
     * @param json holds it, from index 0
     * @param length how long it is
     * @param marks where its values are
     */
    public void appendEvent(byte[] json, int length, ValueMarks marks) {
        int values = marks.valuesWithin(length);
        if (values == 0 || length > PIECE) {
            append(json, 0, length);
            return;
        }
        learner.beginEvent();
        take(json, 0, length);
        int start = filled - length;
        EventKind kind = kinds.of(marks.key());
        int reference = kind.last - origin;
        grow();
        if (kind.values == values && start - reference <= Matches.MAX_DISTANCE) {
            compareFields(start, reference, kind, marks.bounds, values);
        } else {
            at = search(at, filled);
        }
        kind.last = start + origin;
        kind.values = values;
        System.arraycopy(marks.bounds, 0, kind.bounds, 0, 2 * values);
        endChunkIfDue();
    }

    /** Takes bytes into the window. */
    private void take(byte[] bytes, int offset, int length) {
        if (filled + length > WINDOW) {
            slide();
        }
        System.arraycopy(bytes, offset, window, filled, length);
        filled += length;
        int literals = filled - (distance == 0 ? put : matchEnd);
        out.ensure(2 * literals + ((filled - put) >> 5) + 64);
    }

    /** Keeps what a match may reach back to, and what may still be stored. */
    private void slide() {
        int from = Math.max(0, Math.min(Math.min(put, chunkAt), at - Matches.MAX_DISTANCE));
        System.arraycopy(window, from, window, 0, filled - from);
        origin += from;
        filled -= from;
        put -= from;
        at -= from;
        matchEnd -= from;
        chunkAt -= from;
    }

    /** Goes from value to value, with the last event of the kind beside it. */
    private void compareFields(int start, int reference, EventKind kind, int[] bounds, int values) {
        int i = at;
        int v = 0;
        while (i < filled) {
            while (v < values && i >= start + bounds[2 * v + 1]) {
                v++;
            }
            if (v < values && i >= start + bounds[2 * v]) {
                i = value(i, start + bounds[2 * v], start + bounds[2 * v + 1], v, kind);
                continue;
            }
            // What stands before value v: as far from the value before it as in the other event.
            int other =
                    v == 0 ? reference - start + i : reference + kind.bounds[2 * v - 1] + i - start - bounds[2 * v - 1];
            int n = other < 0 || i - other > Matches.MAX_DISTANCE ? 0 : common(other, i);
            if (n >= MIN_MATCH || (n > 0 && i + n == filled)) {
                match(i, i - other, n);
                i += n;
            } else {
                i = search(i, v < values ? start + bounds[2 * v] : filled);
            }
        }
        at = i;
    }

    /** Looks for a value as a whole, then in parts; tells how far it came. */
    private int value(int i, int begin, int end, int field, EventKind kind) {
        if (end - i >= MIN_MATCH && kind.lookups.isDue(field)) {
            int slot = valueSlot(begin, end, field);
            int other = valueTable[slot] - origin;
            valueTable[slot] = begin + origin;
            int n = begin - other <= Matches.MAX_DISTANCE ? common(other + i - begin, i) : 0;
            boolean whole = i + n >= end;
            kind.lookups.count(field, whole);
            if (whole) {
                match(i, begin - other, n);
                return i + n;
            }
        }
        if (end - i >= MIN_SEARCHED && kind.searches.isDue(field)) {
            int before = matched;
            int to = search(i, end);
            kind.searches.count(field, 2 * (matched - before) >= end - i);
            return to;
        }
        return end;
    }

    private int valueSlot(int begin, int end, int field) {
        int length = end - begin;
        long head = (long) LONGS.get(window, begin);
        long tail;
        if (length < Long.BYTES) {
            head &= (1L << (8 * length)) - 1;
            tail = length;
        } else {
            tail = (long) LONGS.get(window, end - Long.BYTES);
        }
        long mixed = (head ^ Long.rotateLeft(tail, 29)) * HASH + length + 0x5851_F42DL * field;
        return (int) ((mixed * HASH) >>> (64 - VALUE_BITS));
    }

    /** Searches for text that was there before. Tells where it ended: at the end, or behind it with a match. */
    private int search(int from, int end) {
        byte[] data = window;
        int last = end - SEARCHED_BYTES + 1;
        int reached = end;
        int misses = 0;
        for (int i = from; i < last; ) {
            long text = ((long) LONGS.get(data, i)) << 16;
            int slot = (int) ((text * HASH) >>> (64 - SEARCH_BITS));
            int other = searchTable[slot] - origin;
            searchTable[slot] = i + origin;
            if (i - other <= Matches.MAX_DISTANCE && ((long) LONGS.get(data, other)) << 16 == text) {
                int n = common(other, i);
                match(i, i - other, n);
                matched += Math.min(n, end - i);
                i += n;
                reached = Math.max(end, i);
                misses = 0;
            } else {
                i += 1 + (misses++ >>> STRIDE_GROWS);
            }
        }
        return reached;
    }

    /** How many bytes from here on are as those from there on; there is before here. */
    private int common(int there, int here) {
        byte[] data = window;
        int limit = filled - here;
        for (int n = 0; n < limit; n += Long.BYTES) {
            long differ = (long) LONGS.get(data, there + n) ^ (long) LONGS.get(data, here + n);
            if (differ != 0) {
                return Math.min(limit, n + (Long.numberOfTrailingZeros(differ) >>> 3));
            }
        }
        return limit;
    }

    /** The match at hand may go on in what has come. */
    private void grow() {
        if (distance != 0 && matchEnd == at) {
            matchEnd += common(at - distance, at);
            at = matchEnd;
        }
    }

    /** A match begins; what is before it is put. */
    private void match(int i, int back, int length) {
        putUpTo(i);
        distance = back;
        matchEnd = i + length;
    }

    private void putUpTo(int end) {
        if (distance != 0) {
            if (matchEnd - put >= Matches.MIN_LENGTH) {
                putMatches();
            }
            distance = 0;
        }
        if (put < end) {
            learner.countLiterals(window, put, end);
            out.putLiterals(window, put, end, codes);
            put = end;
        }
    }

    private void putMatches() {
        int left = matchEnd - put;
        while (left > 0) {
            int length = Math.min(left, Matches.MAX_LENGTH);
            if (left - length > 0 && left - length < Matches.MIN_LENGTH) {
                length -= Matches.MIN_LENGTH;
            }
            learner.countMatch(length, distance);
            out.putMatch(length, distance, codes);
            left -= length;
        }
        put = matchEnd;
    }

    private void endChunkIfDue() {
        if (at - chunkAt < CodeLearner.CHUNK) {
            return;
        }
        if (endChunk()) {
            beginBlock();
        } else if (learner.isDue()) {
            out.ensure(64);
            codes.end(out);
            beginBlock();
        } else {
            beginChunk();
        }
    }

    /** Puts what is left of it, or stores it if that is shorter. Tells whether that has ended the block. */
    private boolean endChunk() {
        putUpTo(at);
        int length = at - chunkAt;
        int compressed = out.sinceMark();
        learner.endChunk(length, compressed, firstChunk);
        firstChunk = false;
        if (compressed <= length + STORED_HEADER) {
            return false;
        }
        out.rewind();
        out.ensure(64);
        codes.end(out);
        out.putStored(window, chunkAt, length);
        learner.markOutdated();
        return true;
    }

    /**
     * Ends the stream; the next thing is to begin another.
     *
     * @return index after its last byte; at least 8 bytes are free behind it
     */
    public int finish() {
        grow();
        at = filled;
        if (!endChunk()) {
            out.ensure(64);
            codes.end(out);
        }
        out.end();
        return out.at();
    }

    /**
     * Where the stream is.
     *
     * @return the array that was given, or a longer one that took its place
     */
    public byte[] bytes() {
        return out.bytes();
    }
}
