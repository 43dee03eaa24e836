package dev.penstock.collector;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/** Writes answers to one connection, whole or in the ways an answer goes wrong. Only the connection's thread. */
final class AnswerWriter {
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] CHUNK_END = "\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SPACES = spaces(1 << 14);
    private static final DateHeader DATE = new DateHeader(Clock.systemUTC());

    private final OutputStream out;
    private final CountDownLatch closing;

    AnswerWriter(OutputStream out, CountDownLatch closing) {
        this.out = out;
        this.closing = closing;
    }

    void proceed() throws IOException {
        out.write(CONTINUE);
        out.flush();
    }

    void write(byte[] answer) throws IOException {
        out.write(answer);
        out.flush();
    }

    /** The header and half of the body, or half of the header where there is no body. */
    void writeHalf(byte[] answer) throws IOException {
        int body = bodyAt(answer);
        out.write(answer, 0, body < answer.length ? (body + answer.length) / 2 : answer.length / 2);
        out.flush();
    }

    private static int bodyAt(byte[] answer) {
        int at = 0;
        while (answer[at] != '\r' || answer[at + 1] != '\n' || answer[at + 2] != '\r' || answer[at + 3] != '\n') {
            at++;
        }
        return at + 4;
    }

    void writeSlowly(byte[] answer, long perByteNanos) throws IOException {
        for (byte b : answer) {
            out.write(b);
            out.flush();
            Pace.pause(closing, perByteNanos);
        }
    }

    /** Writes the body with spaces after it up to a length, which is declared. */
    void writePadded(Reply reply, long length, boolean announceClose) throws IOException {
        long left = Math.max(0, length - reply.body().length);
        out.write(build(reply, reply.body().length + left, announceClose));
        while (left > 0) {
            int count = (int) Math.min(left, SPACES.length);
            out.write(SPACES, 0, count);
            left -= count;
        }
        out.flush();
    }

    /** Writes the body with spaces after it until the client or the collector closes. */
    void writeEndlessly(Reply reply) throws IOException {
        out.write(head(reply, "Transfer-Encoding: chunked\r\n", false));
        if (reply.body().length > 0) {
            writeChunk(reply.body());
        }
        while (closing.getCount() > 0) {
            writeChunk(SPACES);
        }
    }

    private void writeChunk(byte[] content) throws IOException {
        out.write((Integer.toHexString(content.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(content);
        out.write(CHUNK_END);
        out.flush();
    }

    /** Builds a whole answer. */
    static byte[] build(Reply reply, boolean announceClose) {
        return build(reply, reply.body().length, announceClose);
    }

    /** Builds an answer that declares a length, its own or not. */
    static byte[] build(Reply reply, long declaredLength, boolean announceClose) {
        boolean bodiless = isBodiless(reply);
        byte[] first = head(reply, bodiless ? "" : "Content-Length: " + declaredLength + "\r\n", announceClose);
        int length = bodiless ? 0 : reply.body().length;
        byte[] answer = Arrays.copyOf(first, first.length + length);
        System.arraycopy(reply.body(), 0, answer, first.length, length);
        return answer;
    }

    private static byte[] head(Reply reply, String framing, boolean announceClose) {
        StringBuilder head = new StringBuilder(200);
        head.append("HTTP/1.1 ")
                .append(reply.status())
                .append(' ')
                .append(phrase(reply.status()))
                .append("\r\n");
        boolean typed = false;
        boolean connection = false;
        boolean dated = false;
        for (Answer.Header header : reply.headers()) {
            typed |= header.name().equalsIgnoreCase("content-type");
            connection |= header.name().equalsIgnoreCase("connection");
            dated |= header.name().equalsIgnoreCase(DateHeader.NAME);
            head.append(header.name()).append(": ").append(header.value()).append("\r\n");
        }
        if (!dated) {
            head.append(DateHeader.NAME).append(": ").append(DATE.value()).append("\r\n");
        }
        if (!typed && !isBodiless(reply) && reply.body().length > 0) {
            head.append("Content-Type: application/json\r\n");
        }
        head.append(framing);
        if (announceClose && !connection) {
            head.append("Connection: close\r\n");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean isBodiless(Reply reply) {
        return reply.status() == 204 || reply.status() == 304;
    }

    private static byte[] spaces(int count) {
        byte[] spaces = new byte[count];
        Arrays.fill(spaces, (byte) ' ');
        return spaces;
    }

    private static String phrase(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 304 -> "Not Modified";
            case 308 -> "Permanent Redirect";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 402 -> "Payment Required";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 408 -> "Request Timeout";
            case 411 -> "Length Required";
            case 413 -> "Content Too Large";
            case 415 -> "Unsupported Media Type";
            case 429 -> "Too Many Requests";
            case 431 -> "Request Header Fields Too Large";
            case 500 -> "Internal Server Error";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            default -> "Status";
        };
    }
}
