package dev.penstock.engine.deflate;

import java.util.function.Supplier;
import java.util.zip.Checksum;

/**
 * Compresses JSON events into raw deflate data, knowing where their values are.
 *
 * <p>Why it is shaped so: events of a pattern are alike but for their values. Who knows where those end need not search for
 * what is alike; it is compared with the last event of the pattern, a long at a time. What differs is looked up by the whole
 * value, in its field; only text is searched as other compressors do. One pass puts codes that were learned from earlier
 * data, so an event is put as soon as its matches are found. Guarded by {@code CompressionBenchmark}; see {@code
 * docs/decisions/0020-event-aware-deflate.md}.
 *
 * <p>A short stream is given to zlib as well, and the shorter result is kept: codes for all symbols take more than a hundred
 * bytes to tell. From where on they pay is learned.
 *
 * <p>Every match is compared byte for byte before it is put, so wrong marks, colliding hashes and stale tables cost
 * compression and nothing else. Data that does not compress is stored.
 *
 * <p>What comes out depends on what was compressed before: the same events are not the same bytes twice.
 *
 * <p><b>Threads:</b> one. <b>Allocation:</b> none once it has grown, but for some 20 KB when new codes are made: ever more
 * rarely at first, every 4 MiB later, and when data takes more than it used to. <b>Memory:</b> some 350 KB, up to 180 KB more for patterns of events, and as much
 * of native memory from the first short stream on, until {@link #close}.
 *
 * <p><b>Source:</b> RFC 1951.
 */
public final class EventDeflater {

    /** What is longer, or has no marks, is compressed in pieces of so many bytes. */
    private static final int PIECE = 8 * 1024;

    /** A stored block's own bytes. */
    private static final int STORED_HEADER = 8;

    private final TokenOutput out = new TokenOutput();
    private final Window window = new Window();
    private final Tokens tokens = new Tokens(PIECE);
    private final TextSearch text = new TextSearch(window, tokens);
    private final EventMatcher matcher = new EventMatcher(window, tokens, text);
    private final EventPatterns patterns = new EventPatterns();
    private final CodeLearner learner = new CodeLearner();
    private final BlockCodes codes = new BlockCodes();
    private final Checksum sum;
    private final Supplier<ShortStream> shortStreams;

    /** Null until a stream was short. */
    private ShortStream shortStream;

    private boolean withoutShortStream;

    /** Index of the stream's first byte. */
    private int begin;

    /** All before this is put. */
    private int put;

    /** Matches were looked for up to here. */
    private int at;

    /** Where the data begins of which it is not known whether it compresses; the output is marked there. */
    private int chunkAt;

    private boolean firstChunk;

    /**
     * Makes a deflater that has learned nothing.
     *
     * @param sum begins anew with each stream, and has summed all of it in the end: by the chunk, as the sum of an event alone
     *     would take three times as long
     */
    public EventDeflater(Checksum sum) {
        this(sum, ShortStream::new);
    }

    EventDeflater(Checksum sum, Supplier<ShortStream> shortStreams) {
        this.sum = sum;
        this.shortStreams = shortStreams;
    }

    /**
     * Begins a stream, of less than 1 GiB. What was begun before and not finished is forgotten.
     *
     * @param storage where it goes; may be replaced by a longer array
     * @param from index of its first byte
     */
    public void begin(byte[] storage, int from) {
        if (window.clear()) {
            text.clear();
            matcher.clear();
            patterns.clear();
        }
        put = 0;
        at = 0;
        tokens.count = 0;
        firstChunk = true;
        sum.reset();
        begin = from;
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
            if (window.filled - at >= TextSearch.MIN_TEXT) {
                learner.beginOther();
                grow();
                at = text.search(at, window.filled);
                putFound();
            }
        }
    }

    /**
     * Adds what stands between two events; it is compressed with the second.
     *
     * @param separator a byte
     */
    public void appendSeparator(byte separator) {
        if (!window.hasRoomFor(1)) {
            slide();
        }
        window.add(separator);
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
        int start = window.filled - length;
        EventPattern pattern = patterns.of(marks.key());
        int reference = pattern.last - window.origin;
        grow();
        if (pattern.values == values && start - reference <= Matches.MAX_DISTANCE) {
            at = matcher.match(at, start, reference, pattern, marks.bounds, values);
        } else {
            at = text.search(at, window.filled);
        }
        pattern.last = start + window.origin;
        pattern.values = values;
        System.arraycopy(marks.bounds, 0, pattern.bounds, 0, 2 * values);
        putFound();
    }

    /** Takes bytes into the window. */
    private void take(byte[] bytes, int offset, int length) {
        if (!window.hasRoomFor(length)) {
            slide();
        }
        window.add(bytes, offset, length);
    }

    /** Keeps what a match may reach back to, and what may still be stored. */
    private void slide() {
        int from = Math.max(0, Math.min(Math.min(put, chunkAt), at - Matches.MAX_DISTANCE));
        window.slide(from);
        tokens.slide(from);
        put -= from;
        at -= from;
        chunkAt -= from;
    }

    /** The last match may go on in what has come. */
    private void grow() {
        if (tokens.isOpenAt(at)) {
            int n = window.common(at - tokens.distances[tokens.count - 1], at);
            tokens.grow(n);
            at += n;
            if (at < window.filled) {
                tokens.close();
            }
        }
    }

    /** Puts what was found, but for a match that may go on in what comes. */
    private void putFound() {
        if (at - chunkAt >= CodeLearner.CHUNK) {
            endFullChunk();
            return;
        }
        int n = tokens.isOpenAt(window.filled) ? tokens.count - 1 : tokens.count;
        if (n > 0) {
            int end = tokens.end(n - 1);
            putTokens(n, end);
            put = end;
            tokens.remove(n);
        }
    }

    private void putTokens(int n, int end) {
        out.ensure(2 * (end - put) + 64);
        learner.count(window.bytes, put, tokens, n);
        out.put(window.bytes, put, tokens, n, codes);
    }

    private void endFullChunk() {
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
        tokens.close();
        tokens.addLiterals(at);
        putTokens(tokens.count, at);
        tokens.count = 0;
        put = at;
        int length = at - chunkAt;
        sum.update(window.bytes, chunkAt, length);
        int compressed = out.sinceMark();
        learner.endChunk(length, compressed, firstChunk);
        firstChunk = false;
        if (compressed <= length + STORED_HEADER) {
            return false;
        }
        out.rewind();
        out.ensure(64);
        codes.end(out);
        out.putStored(window.bytes, chunkAt, length);
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
        at = window.filled;
        if (!endChunk()) {
            out.ensure(64);
            codes.end(out);
        }
        out.end();
        if (window.filled <= ShortStream.MAX_LENGTH) {
            shorten();
        }
        return out.at();
    }

    /** The window has the whole stream, and zlib may need less for it, as it has no codes to tell that were made for more. */
    private void shorten() {
        int length = window.filled;
        if (hasShortStream() && shortStream.isDue(length)) {
            int own = out.at() - begin;
            int zlib = shortStream.compress(window.bytes, length);
            shortStream.compare(length, own, zlib);
            if (zlib < own) {
                out.replace(begin, shortStream.compressed());
            }
        }
    }

    /** The stream is complete without it: where there is no memory outside the heap, there is none from then on. */
    private boolean hasShortStream() {
        if (shortStream == null && !withoutShortStream) {
            try {
                shortStream = shortStreams.get();
            } catch (OutOfMemoryError e) {
                withoutShortStream = true;
            }
        }
        return shortStream != null;
    }

    /** Gives back native memory; nothing may come after it. */
    public void close() {
        if (shortStream != null) {
            shortStream.close();
        }
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
