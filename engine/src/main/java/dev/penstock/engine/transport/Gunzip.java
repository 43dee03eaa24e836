package dev.penstock.engine.transport;

import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses gzip piece by piece as it arrives, so that the I/O thread is never held up by a large answer as a whole,
 * and a body that grows over the bound is noticed while it grows.
 *
 * <p><b>Threads:</b> the I/O thread; {@link #close()} any.
 *
 * <p><b>Source:</b> RFC 1952: header, deflated data, CRC and length; more such members may follow.
 */
final class Gunzip {

    private static final int MAX_HEADER_BYTES = 4 * 1024;
    private static final int FIXED_HEADER_BYTES = 10;
    private static final int TRAILER_BYTES = 8;
    private static final int SLICE_BYTES = 8 * 1024;
    private static final int METHOD_DEFLATE = 8;
    private static final int FLAG_HEADER_CRC = 2;
    private static final int FLAG_EXTRA = 4;
    private static final int FLAG_NAME = 8;
    private static final int FLAG_COMMENT = 16;

    private enum Part {
        HEADER,
        DATA,
        TRAILER
    }

    private final AnswerBody target;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] slice = new byte[SLICE_BYTES];
    private Part part = Part.HEADER;
    private byte[] held = {};
    private int members;

    Gunzip(AnswerBody target) {
        this.target = target;
    }

    /** Takes the next compressed bytes. */
    void feed(byte[] source) throws UnusableBodyException {
        byte[] left = source;
        while (left.length > 0) {
            left = switch (part) {
                case HEADER -> header(joined(left));
                case DATA -> data(left);
                case TRAILER -> trailer(joined(left));
            };
        }
    }

    /** To be called after the last byte: checks that nothing is missing. */
    void finish() throws UnusableBodyException {
        if (members == 0 || part != Part.HEADER || held.length > 0) {
            throw UnusableBodyException.cutOff();
        }
    }

    void close() {
        inflater.end();
    }

    private byte[] joined(byte[] next) {
        byte[] all = Arrays.copyOf(held, held.length + next.length);
        System.arraycopy(next, 0, all, held.length, next.length);
        held = new byte[0];
        return all;
    }

    private byte[] hold(byte[] incomplete) {
        held = incomplete;
        return new byte[0];
    }

    private byte[] header(byte[] bytes) throws UnusableBodyException {
        int length = headerLength(bytes);
        if (length <= bytes.length) {
            part = Part.DATA;
            return Arrays.copyOfRange(bytes, length, bytes.length);
        }
        if (bytes.length > MAX_HEADER_BYTES) {
            throw invalid();
        }
        return hold(bytes);
    }

    /** More than there is while the header is not complete. */
    private static int headerLength(byte[] bytes) throws UnusableBodyException {
        if ((bytes.length > 0 && (bytes[0] & 0xff) != 0x1f)
                || (bytes.length > 1 && (bytes[1] & 0xff) != 0x8b)
                || (bytes.length > 2 && bytes[2] != METHOD_DEFLATE)) {
            throw invalid();
        }
        if (bytes.length < FIXED_HEADER_BYTES) {
            return FIXED_HEADER_BYTES;
        }
        int flags = bytes[3];
        int length = FIXED_HEADER_BYTES;
        if ((flags & FLAG_EXTRA) != 0) {
            if (bytes.length < length + 2) {
                return length + 2;
            }
            length += 2 + (bytes[length] & 0xff) + ((bytes[length + 1] & 0xff) << 8);
        }
        if ((flags & FLAG_NAME) != 0) {
            length = afterZero(bytes, length);
        }
        if ((flags & FLAG_COMMENT) != 0) {
            length = afterZero(bytes, length);
        }
        return (flags & FLAG_HEADER_CRC) != 0 ? length + 2 : length;
    }

    private static int afterZero(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] != 0) {
            at++;
        }
        return at + 1;
    }

    private byte[] data(byte[] bytes) throws UnusableBodyException {
        inflater.setInput(bytes);
        try {
            while (!inflater.finished()) {
                int count = inflater.inflate(slice);
                if (count > 0) {
                    crc.update(slice, 0, count);
                    target.append(slice, 0, count);
                } else if (inflater.needsDictionary()) {
                    throw invalid();
                } else if (inflater.needsInput()) {
                    return new byte[0];
                }
            }
        } catch (DataFormatException e) {
            throw invalid();
        }
        part = Part.TRAILER;
        return Arrays.copyOfRange(bytes, bytes.length - inflater.getRemaining(), bytes.length);
    }

    private byte[] trailer(byte[] bytes) throws UnusableBodyException {
        if (bytes.length < TRAILER_BYTES) {
            return hold(bytes);
        }
        if (number(bytes, 0) != (int) crc.getValue() || number(bytes, 4) != (int) inflater.getBytesWritten()) {
            throw invalid();
        }
        members++;
        inflater.reset();
        crc.reset();
        part = Part.HEADER;
        return Arrays.copyOfRange(bytes, TRAILER_BYTES, bytes.length);
    }

    private static int number(byte[] bytes, int at) {
        return (bytes[at] & 0xff)
                | (bytes[at + 1] & 0xff) << 8
                | (bytes[at + 2] & 0xff) << 16
                | (bytes[at + 3] & 0xff) << 24;
    }

    private static UnusableBodyException invalid() {
        return UnusableBodyException.invalid("answer is not valid gzip");
    }
}
