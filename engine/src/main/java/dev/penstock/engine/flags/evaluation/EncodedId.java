package dev.penstock.engine.flags.evaluation;

/**
 * An id in UTF-8, encoded at most once an evaluation, with the hash that all flags share.
 *
 * <p>There is room around it for what is hashed with it, and for the digest:
 *
 * <pre>
 *  0            64                   192
 * +------------+-----------+--------+----+------+-----------+
 * | distance   | digest    | prefix | id | salt | distance  |
 * +------------+-----------+--------+----+------+-----------+
 * </pre>
 *
 * A prefix may reach into the digest, which has been read by then.
 *
 * <p><b>Threads:</b> one at a time. <b>Allocation:</b> none up to {@link #KEPT_BYTES} of UTF-8.
 */
final class EncodedId extends PaddedState {

    static final int KEPT_BYTES = 16 << 10;

    /** Where the digest is written. */
    static final int DIGEST_AT = 64;

    /** Where the id begins. */
    static final int AT = 192;

    /** For how long a salt there is room. */
    static final int MAX_SALT_BYTES = 8;

    private static final int TAIL_BYTES = MAX_SALT_BYTES + 64;
    private static final int INITIAL_BYTES = 640;
    private static final byte[] HOLDOUT = {'h', 'o', 'l', 'd', 'o', 'u', 't', '-'};
    private static final byte[] NO_SALT = {};

    private byte[] bytes = new byte[INITIAL_BYTES];
    private int end;
    private int encodedIn;
    private long holdout;
    private int holdoutIn;

    byte[] bytes() {
        return bytes;
    }

    /** Where the id ends. */
    int end() {
        return end;
    }

    /** Encodes the id, unless that was done in this evaluation; there is only one id of a kind in each. */
    void encode(String id, int evaluation) {
        if (encodedIn != evaluation) {
            end = encode(id);
            encodedIn = evaluation;
        }
    }

    long holdout(String id, int evaluation, Bucketer bucketer) {
        if (holdoutIn != evaluation) {
            encode(id, evaluation);
            holdout = bucketer.hash(HOLDOUT, this, NO_SALT);
            holdoutIn = evaluation;
        }
        return holdout;
    }

    /** A lone surrogate becomes U+FFFD. */
    private int encode(String id) {
        int chars = id.length();
        long room = AT + 3L * chars + TAIL_BYTES;
        if (bytes.length > KEPT_BYTES || bytes.length < room) {
            bytes = new byte[Math.max(INITIAL_BYTES, Math.toIntExact(room))];
        }
        byte[] out = bytes;
        int ascii = 0;
        // Nearly every id is ASCII, and this loop of one index costs half of the other one.
        while (ascii < chars && id.charAt(ascii) < 0x80) {
            out[AT + ascii] = (byte) id.charAt(ascii);
            ascii++;
        }
        return ascii == chars ? AT + chars : encodeFrom(id, ascii);
    }

    /** Answers where the id ends. */
    private int encodeFrom(String id, int from) {
        int chars = id.length();
        byte[] out = bytes;
        int p = AT + from;
        for (int i = from; i < chars; i++) {
            char c = id.charAt(i);
            if (c < 0x80) {
                out[p++] = (byte) c;
            } else if (c < 0x800) {
                out[p++] = (byte) (0xC0 | (c >> 6));
                out[p++] = (byte) (0x80 | (c & 0x3F));
            } else if (Character.isHighSurrogate(c) && i + 1 < chars && Character.isLowSurrogate(id.charAt(i + 1))) {
                int point = Character.toCodePoint(c, id.charAt(++i));
                out[p++] = (byte) (0xF0 | (point >> 18));
                out[p++] = (byte) (0x80 | ((point >> 12) & 0x3F));
                out[p++] = (byte) (0x80 | ((point >> 6) & 0x3F));
                out[p++] = (byte) (0x80 | (point & 0x3F));
            } else {
                int unit = Character.isSurrogate(c) ? 0xFFFD : c;
                out[p++] = (byte) (0xE0 | (unit >> 12));
                out[p++] = (byte) (0x80 | ((unit >> 6) & 0x3F));
                out[p++] = (byte) (0x80 | (unit & 0x3F));
            }
        }
        return p;
    }
}
