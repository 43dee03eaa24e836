package dev.penstock.collector;

import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Undoes the content encoding of a body. Only the connection's thread; reuses one inflater.
 * <p>
 * A gzip body must be one member with nothing after its trailer: a host that stops at the first member would lose the
 * rest.
 */
final class ContentDecoder implements AutoCloseable {
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int TRAILER_LENGTH = 8;

    private final int maxPlainBytes;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final ByteArray plain = new ByteArray(1 << 13);

    ContentDecoder(int maxPlainBytes) {
        this.maxPlainBytes = maxPlainBytes;
    }

    /**
     * Decodes a body.
     *
     * @param encoding value of Content-Encoding, null when absent
     * @return the plain body: {@code wire} itself, or an array of this decoder's that lasts until the next call
     */
    ByteArray decode(String encoding, Set<String> accepted, ByteArray wire) throws InvalidRequestException {
        if (encoding == null) {
            return wire;
        }
        if (!accepted.contains(encoding)) {
            throw new InvalidRequestException("Content-Encoding \"" + encoding + "\" is not accepted here");
        }
        gunzip(wire.bytes(), wire.length());
        return plain;
    }

    private void gunzip(byte[] in, int length) throws InvalidRequestException {
        int start = headerLength(in, length);
        int dataEnd = length - TRAILER_LENGTH;
        if (dataEnd <= start) {
            throw new InvalidRequestException("gzip body is cut short");
        }
        plain.clear();
        // The trailer holds the plain length: one allocation when it is true, and no more than the bound when not.
        long declared = littleEndian(in, dataEnd + 4);
        plain.ensureRoom((int) Math.min(declared, maxPlainBytes) + 1);
        inflater.reset();
        inflater.setInput(in, start, length - start);
        try {
            while (!inflater.finished()) {
                if (plain.length() > maxPlainBytes) {
                    throw new InvalidRequestException(413, "body larger than " + maxPlainBytes + " bytes inflated");
                }
                plain.ensureRoom(1);
                int room = Math.min(plain.bytes().length - plain.length(), maxPlainBytes + 1 - plain.length());
                int got = inflater.inflate(plain.bytes(), plain.length(), room);
                plain.advance(got);
                if (got == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw new InvalidRequestException("gzip body is cut short");
                }
            }
        } catch (DataFormatException e) {
            throw new InvalidRequestException("gzip body is damaged");
        }
        int left = inflater.getRemaining();
        if (left != TRAILER_LENGTH) {
            throw new InvalidRequestException(
                    left < TRAILER_LENGTH ? "gzip body is cut short" : "bytes after the gzip trailer");
        }
        crc.reset();
        crc.update(plain.bytes(), 0, plain.length());
        if (crc.getValue() != littleEndian(in, dataEnd) || plain.length() != declared) {
            throw new InvalidRequestException("gzip trailer does not match the body");
        }
    }

    private static int headerLength(byte[] in, int length) throws InvalidRequestException {
        if (length < 10 || (in[0] & 0xff) != 0x1f || (in[1] & 0xff) != 0x8b || in[2] != 8) {
            throw new InvalidRequestException("body is not gzip");
        }
        int flags = in[3];
        int at = 10;
        if ((flags & EXTRA) != 0 && at + 2 <= length) {
            at += 2 + (in[at] & 0xff) + ((in[at + 1] & 0xff) << 8);
        }
        for (int text = flags & (NAME | COMMENT); text != 0; text &= text - 1) {
            while (at < length && in[at] != 0) {
                at++;
            }
            at++;
        }
        return (flags & HEADER_CRC) != 0 ? at + 2 : at;
    }

    private static long littleEndian(byte[] in, int at) {
        return (in[at] & 0xffL) | (in[at + 1] & 0xffL) << 8 | (in[at + 2] & 0xffL) << 16 | (in[at + 3] & 0xffL) << 24;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
