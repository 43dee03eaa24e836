package dev.penstock.collector;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Undoes the content encoding of a body. Only the connection's thread; reuses its inflaters.
 * <p>
 * A gzip body must be one member with nothing after its trailer: a host that stops at the first member would lose the
 * rest.
 */
final class ContentDecoder implements AutoCloseable {
    /** The encoding that is none. */
    static final String IDENTITY = "identity";

    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int TRAILER_LENGTH = 8;

    private final int maxPlainBytes;
    private final Map<String, BodyDecoder> further;
    private final Inflater inflater = new Inflater(true);
    private final Inflater zlibInflater = new Inflater();
    private final CRC32 crc = new CRC32();
    private final ByteArray plain = new ByteArray(1 << 13);

    /** Further decoders by the name of their encoding. */
    ContentDecoder(int maxPlainBytes, Map<String, BodyDecoder> further) {
        this.maxPlainBytes = maxPlainBytes;
        this.further = further;
    }

    /**
     * Decodes a body.
     *
     * @param encoding value of Content-Encoding, null when absent
     * @return the plain body: {@code wire} itself, or an array of this decoder's that lasts until the next call
     */
    ByteArray decode(String encoding, Encodings accepted, ByteArray wire) throws InvalidRequestException {
        if (encoding == null) {
            return wire;
        }
        if (!accepted.names().contains(encoding)) {
            throw new InvalidRequestException(
                    accepted.otherStatus(), "Content-Encoding \"" + encoding + "\" is not accepted here");
        }
        if (encoding.equals(IDENTITY)) {
            return wire;
        }
        plain.clear();
        switch (encoding) {
            case "gzip" -> gunzip(wire.bytes(), wire.length());
            case "deflate" -> {
                zlibInflater.reset();
                zlibInflater.setInput(wire.bytes(), 0, wire.length());
                inflate(zlibInflater, encoding);
                if (zlibInflater.getRemaining() > 0) {
                    throw new InvalidRequestException("bytes after the deflate body");
                }
            }
            default -> decodeFurther(encoding, wire);
        }
        checkBound();
        return plain;
    }

    private void gunzip(byte[] in, int length) throws InvalidRequestException {
        int start = headerLength(in, length);
        int dataEnd = length - TRAILER_LENGTH;
        if (dataEnd <= start) {
            throw new InvalidRequestException("gzip body is cut short");
        }
        // The trailer holds the plain length: one allocation when it is true, and no more than the bound when not.
        long declared = littleEndian(in, dataEnd + 4);
        plain.ensureRoom((int) Math.min(declared, maxPlainBytes) + 1);
        inflater.reset();
        inflater.setInput(in, start, length - start);
        inflate(inflater, "gzip");
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

    private void inflate(Inflater from, String encoding) throws InvalidRequestException {
        try {
            while (!from.finished()) {
                int room = room();
                int got = from.inflate(plain.bytes(), plain.length(), room);
                plain.advance(got);
                if (got == 0 && (from.needsInput() || from.needsDictionary())) {
                    throw new InvalidRequestException(encoding + " body is cut short");
                }
            }
        } catch (DataFormatException e) {
            throw new InvalidRequestException(encoding + " body is damaged");
        }
    }

    private void decodeFurther(String encoding, ByteArray wire) throws InvalidRequestException {
        try (InputStream in = further.get(encoding).decode(new ByteArrayInputStream(wire.bytes(), 0, wire.length()))) {
            int got = 0;
            while (got >= 0) {
                plain.advance(got);
                int room = room();
                got = in.read(plain.bytes(), plain.length(), room);
            }
        } catch (IOException | RuntimeException e) {
            // Decoders that are not made for hostile input tell of it in either way.
            throw new InvalidRequestException(encoding + " body is damaged: " + e.getMessage());
        }
    }

    /** Room for more plain bytes, at least one and never more than to one byte over the bound. */
    private int room() throws InvalidRequestException {
        checkBound();
        plain.ensureRoom(1);
        return Math.min(plain.bytes().length - plain.length(), maxPlainBytes + 1 - plain.length());
    }

    private void checkBound() throws InvalidRequestException {
        if (plain.length() > maxPlainBytes) {
            throw new InvalidRequestException(413, "body larger than " + maxPlainBytes + " bytes inflated");
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
        zlibInflater.end();
    }
}
