package dev.penstock.benchmarks.sink;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.Locale;
import jdk.net.ExtendedSocketOptions;

/**
 * Reads requests of HTTP/1.1 from a connection, one after the other, into arrays that are kept.
 * <p>
 * While a body is incomplete the socket is told to acknowledge at once. Some of the libraries leave Nagle's algorithm on, and
 * with an acknowledgement that waits 40 ms they would be compared by that.
 * <p>
 * <b>Threads:</b> one.
 */
final class Request {
    private static final int LARGEST_BODY = 1 << 28;

    private final Socket socket;
    private final InputStream in;
    private final boolean acknowledgesAtOnce;
    private final byte[] buffer = new byte[64 * 1024];
    private int at;
    private int limit;
    private String path = "";
    private boolean gzip;
    private byte[] body = new byte[1 << 20];
    private int length;

    Request(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.acknowledgesAtOnce = socket.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK);
    }

    /** Reads the next, or answers false if the connection has ended. */
    boolean next() throws IOException {
        if (at == limit && !fill()) {
            return false;
        }
        String[] start = line().split(" ", -1);
        path = start.length > 1 ? start[1] : "";
        gzip = false;
        length = 0;
        int announced = 0;
        boolean chunked = false;
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1).trim();
            switch (line.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT)) {
                case "content-length" -> announced = Integer.parseInt(value);
                case "transfer-encoding" -> chunked = value.equals("chunked");
                case "content-encoding" -> gzip = value.equals("gzip");
                default -> {}
            }
        }
        if (chunked) {
            readChunks();
        } else {
            read(announced);
        }
        return true;
    }

    /** The path asked for. */
    String path() {
        return path;
    }

    /** Whether the body says it is compressed. */
    boolean isGzip() {
        return gzip;
    }

    /** Holds the body. */
    byte[] body() {
        return body;
    }

    /** Its bytes as sent, without those of chunked encoding. */
    int length() {
        return length;
    }

    private void readChunks() throws IOException {
        while (true) {
            String size = line();
            int extension = size.indexOf(';');
            int count = Integer.parseInt(extension < 0 ? size : size.substring(0, extension), 16);
            read(count);
            line();
            if (count == 0) {
                return;
            }
        }
    }

    /** Adds to the body. */
    private void read(int count) throws IOException {
        if (count > LARGEST_BODY - length) {
            throw new IOException("a body of more than " + LARGEST_BODY + " bytes");
        }
        if (length + count > body.length) {
            body = Arrays.copyOf(body, Math.max(length + count, 2 * body.length));
        }
        int wanted = length + count;
        int buffered = Math.min(count, limit - at);
        System.arraycopy(buffer, at, body, length, buffered);
        at += buffered;
        length += buffered;
        while (length < wanted) {
            acknowledge();
            int read = in.read(body, length, wanted - length);
            if (read < 0) {
                throw new EOFException("the connection ended within a body");
            }
            length += read;
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int start = at;
            while (at < limit && buffer[at] != '\n') {
                at++;
            }
            line.append(new String(buffer, start, at - start, ISO_8859_1));
            if (at < limit) {
                at++;
                int last = line.length() - 1;
                if (last >= 0 && line.charAt(last) == '\r') {
                    line.setLength(last);
                }
                return line.toString();
            }
            acknowledge();
            if (!fill()) {
                throw new EOFException("the connection ended within a head");
            }
        }
    }

    private boolean fill() throws IOException {
        at = 0;
        limit = Math.max(0, in.read(buffer, 0, buffer.length));
        return limit > 0;
    }

    private void acknowledge() throws IOException {
        if (acknowledgesAtOnce) {
            socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
        }
    }
}
