package dev.penstock.collector;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Writes answers to one connection, whole or in the ways an answer goes wrong. Only the connection's thread. */
final class AnswerWriter {
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

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

    void writeHalf(byte[] answer) throws IOException {
        out.write(answer, 0, answer.length / 2);
        out.flush();
    }

    void writeSlowly(byte[] answer, long perByteNanos) throws IOException {
        for (byte b : answer) {
            out.write(b);
            out.flush();
            Pace.pause(closing, perByteNanos);
        }
    }

    /** Builds a whole answer. */
    static byte[] build(int status, List<Answer.Header> headers, String body, boolean announceClose) {
        boolean bodiless = status == 204 || status == 304;
        byte[] content = bodiless ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(160);
        head.append("HTTP/1.1 ")
                .append(status)
                .append(' ')
                .append(phrase(status))
                .append("\r\n");
        boolean typed = false;
        boolean connection = false;
        for (Answer.Header header : headers) {
            typed |= header.name().equalsIgnoreCase("content-type");
            connection |= header.name().equalsIgnoreCase("connection");
            head.append(header.name()).append(": ").append(header.value()).append("\r\n");
        }
        if (!typed && content.length > 0) {
            head.append("Content-Type: application/json\r\n");
        }
        if (!bodiless) {
            head.append("Content-Length: ").append(content.length).append("\r\n");
        }
        if (announceClose && !connection) {
            head.append("Connection: close\r\n");
        }
        byte[] first = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        byte[] answer = new byte[first.length + content.length];
        System.arraycopy(first, 0, answer, 0, first.length);
        System.arraycopy(content, 0, answer, first.length, content.length);
        return answer;
    }

    private static String phrase(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 408 -> "Request Timeout";
            case 411 -> "Length Required";
            case 413 -> "Content Too Large";
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
