package dev.penstock.collector;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;

/** Reads HTTP/1.1 requests from one connection. Only the connection's thread. */
final class RequestReader {
    private static final int MAX_CHUNK_LINE = 1024;

    private final InputStream in;
    private final byte[] buffer;
    private final int maxHeaderBytes;
    private int position;
    private int limit;

    RequestReader(InputStream in, int maxHeaderBytes) {
        this.in = in;
        this.maxHeaderBytes = maxHeaderBytes;
        this.buffer = new byte[Math.max(1 << 16, maxHeaderBytes + 4)];
    }

    /** The next header, or null when the client closed between requests. */
    RequestHead readHead() throws IOException, InvalidRequestException {
        int scanned = position;
        while (true) {
            for (int i = scanned; i + 3 < limit; i++) {
                if (buffer[i] == '\r' && buffer[i + 1] == '\n' && buffer[i + 2] == '\r' && buffer[i + 3] == '\n') {
                    checkHeaderLength(i - position);
                    RequestHead head = RequestHead.parse(buffer, position, i);
                    position = i + 4;
                    return head;
                }
            }
            checkHeaderLength(limit - position);
            int kept = Math.min(3, limit - position);
            compact();
            scanned = limit - kept;
            int read = in.read(buffer, limit, buffer.length - limit);
            if (read < 0) {
                if (limit == position) {
                    return null;
                }
                throw new EOFException("connection ended inside the header");
            }
            limit += read;
        }
    }

    private void checkHeaderLength(int length) throws InvalidRequestException {
        if (length > maxHeaderBytes) {
            throw new InvalidRequestException(431, "header larger than " + maxHeaderBytes + " bytes");
        }
    }

    /** Reads the whole body of a request, as framed, into an array that is cleared first. */
    void readBody(RequestHead head, ByteArray into, int maxBytes, Pace pace)
            throws IOException, InvalidRequestException {
        into.clear();
        long length = head.contentLength();
        if (head.chunked()) {
            readChunks(into, maxBytes, pace);
        } else if (length > maxBytes) {
            throw tooLarge(maxBytes);
        } else if (length > 0) {
            readExactly(into, (int) length, pace);
        }
    }

    private void readChunks(ByteArray into, int maxBytes, Pace pace) throws IOException, InvalidRequestException {
        while (true) {
            int size = chunkSize(readLine());
            if (size > maxBytes - into.length()) {
                throw tooLarge(maxBytes);
            }
            if (size == 0) {
                break;
            }
            readExactly(into, size, pace);
            if (!readLine().isEmpty()) {
                throw new InvalidRequestException("malformed chunk");
            }
        }
        int trailerBytes = 0;
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            trailerBytes += line.length();
            if (trailerBytes > maxHeaderBytes) {
                throw new InvalidRequestException(431, "trailer larger than " + maxHeaderBytes + " bytes");
            }
        }
    }

    private static int chunkSize(String line) throws InvalidRequestException {
        int semicolon = line.indexOf(';');
        String digits = (semicolon < 0 ? line : line.substring(0, semicolon)).strip();
        if (digits.isEmpty() || digits.length() > 7 || !digits.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
            throw new InvalidRequestException("malformed chunk size");
        }
        return Integer.parseInt(digits, 16);
    }

    private void readExactly(ByteArray into, int count, Pace pace) throws IOException {
        into.ensureRoom(count);
        int left = count;
        while (left > 0) {
            int want = pace.allow(left);
            int got;
            if (position < limit) {
                got = Math.min(want, limit - position);
                System.arraycopy(buffer, position, into.bytes(), into.length(), got);
                position += got;
            } else {
                got = in.read(into.bytes(), into.length(), want);
                if (got < 0) {
                    throw new EOFException("connection ended inside the body");
                }
            }
            into.advance(got);
            left -= got;
            pace.taken(got);
        }
    }

    private String readLine() throws IOException, InvalidRequestException {
        StringBuilder line = new StringBuilder();
        while (true) {
            if (position == limit) {
                refill();
            }
            byte next = buffer[position++];
            if (next == '\n' && line.length() > 0 && line.charAt(line.length() - 1) == '\r') {
                line.setLength(line.length() - 1);
                return line.toString();
            }
            if (line.length() == MAX_CHUNK_LINE) {
                throw new InvalidRequestException("malformed chunk framing");
            }
            line.append((char) (next & 0xff));
        }
    }

    private void refill() throws IOException {
        position = 0;
        limit = 0;
        int read = in.read(buffer, 0, buffer.length);
        if (read < 0) {
            throw new EOFException("connection ended inside the body");
        }
        limit = read;
    }

    private void compact() {
        if (position > 0) {
            System.arraycopy(buffer, position, buffer, 0, limit - position);
            limit -= position;
            position = 0;
        }
    }

    /**
     * Listens for the end of the client's side, for as long as the socket's read timeout; what arrives is kept for the
     * next request.
     *
     * @return false once the client has closed
     */
    boolean clientStays() throws IOException {
        compact();
        if (limit == buffer.length) {
            return true;
        }
        try {
            int read = in.read(buffer, limit, buffer.length - limit);
            limit += Math.max(read, 0);
            return read >= 0;
        } catch (SocketTimeoutException e) {
            return true;
        }
    }

    /** Throws away what arrives until the client closes, the read timeout passes or the deadline does. */
    void discard(long deadlineNanos) throws IOException {
        position = 0;
        limit = 0;
        try {
            while (System.nanoTime() - deadlineNanos < 0 && in.read(buffer, 0, buffer.length) >= 0) {
                limit = 0;
            }
        } catch (SocketTimeoutException e) {
            limit = 0;
        }
    }

    private static InvalidRequestException tooLarge(int maxBytes) {
        return new InvalidRequestException(413, "body larger than " + maxBytes + " bytes");
    }
}
