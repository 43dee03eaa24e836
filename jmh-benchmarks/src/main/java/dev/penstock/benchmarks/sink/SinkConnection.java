package dev.penstock.benchmarks.sink;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.penstock.benchmarks.sink.SinkCounts.Kind;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.zip.DataFormatException;

/**
 * Answers one connection: a body with events is inflated and read through before it is counted and answered; what else a
 * library asks or tells is answered and forgotten.
 * <p>
 * <b>Threads:</b> one of its own.
 */
final class SinkConnection implements Runnable {
    /** Where events go to: PostHog's, Segment's and LaunchDarkly's. */
    private static final List<String> EVENT_PATHS = List.of("/batch", "/v1/batch", "/v1/import", "/bulk");

    private static final byte[] TAKEN =
            answer("200 OK", "{\"status\":1,\"success\":true}").getBytes(US_ASCII);
    private static final byte[] REFUSED = answer("400 Bad Request", "{}").getBytes(US_ASCII);

    private final Socket socket;
    private final SinkCounts counts;

    SinkConnection(Socket socket, SinkCounts counts) {
        this.socket = socket;
        this.counts = counts;
    }

    @Override
    public void run() {
        try (Socket open = socket;
                Gunzip gunzip = new Gunzip()) {
            open.setTcpNoDelay(true);
            Request request = new Request(open);
            EventCount events = new EventCount();
            while (request.next()) {
                open.getOutputStream().write(take(request, gunzip, events) ? TAKEN : REFUSED);
            }
        } catch (IOException ended) {
            // A library that closes does not say goodbye.
        }
    }

    private boolean take(Request request, Gunzip gunzip, EventCount events) {
        if (EVENT_PATHS.stream().noneMatch(path -> isUnder(path, request.path()))) {
            return true;
        }
        try {
            byte[] plain = request.body();
            int length = request.length();
            if (request.isGzip()) {
                length = gunzip.inflate(plain, length);
                plain = gunzip.bytes();
            }
            int count = events.of(plain, length);
            if (count > 0) {
                counts.add(Kind.BODIES, 1);
                counts.add(Kind.WIRE_BYTES, request.length());
                counts.add(Kind.PLAIN_BYTES, length);
                counts.add(Kind.EVENTS, count);
            }
            return true;
        } catch (DataFormatException | IllegalArgumentException e) {
            counts.add(Kind.INVALID, 1);
            return false;
        }
    }

    /** The path itself, with a slash or a query behind. */
    private static boolean isUnder(String path, String asked) {
        return asked.startsWith(path)
                && (asked.length() == path.length() || "/?".indexOf(asked.charAt(path.length())) >= 0);
    }

    private static String answer(String status, String json) {
        return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " + json.length()
                + "\r\n\r\n" + json;
    }
}
