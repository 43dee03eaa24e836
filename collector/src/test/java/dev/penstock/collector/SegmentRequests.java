package dev.penstock.collector;

import static dev.penstock.collector.Batches.utf8;
import static dev.penstock.collector.Batches.uuid;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Bodies for the Segment route, and their posting. */
final class SegmentRequests {
    static final String BATCH = "/v1/batch";
    static final String IMPORT = "/v1/import/";
    static final String KEY = "wk_demo";
    static final String SENT_AT = "\"sentAt\":\"2026-03-01T10:00:05.120Z\"";
    static final String TIMESTAMP = "\"timestamp\":\"2026-03-01T10:00:04.871Z\"";

    private SegmentRequests() {}

    /** A message with these members, under the id of a number. */
    static String message(long n, String members) {
        return "{\"messageId\":\"" + uuid(n) + "\"," + TIMESTAMP + "," + members + "}";
    }

    static String track(long n) {
        return message(
                n, "\"type\":\"track\",\"userId\":\"u-19\",\"event\":\"Item Bought\",\"properties\":{\"price\":4.5}");
    }

    /** A batch with one more member, which comes first. */
    static String envelope(String member, String... messages) {
        return "{" + member + ",\"batch\":[" + String.join(",", messages) + "]}";
    }

    static String batch(String... messages) {
        return envelope(SENT_AT, messages);
    }

    /** A batch of so many bytes, by a member that is ignored. */
    static byte[] batchOfLength(int length, String... messages) {
        int empty = utf8(padded("", messages)).length;
        return utf8(padded("x".repeat(length - empty), messages));
    }

    private static String padded(String padding, String... messages) {
        return envelope(SENT_AT + ",\"padding\":\"" + padding + "\"", messages);
    }

    /** A message of so many bytes, by a property of letters of three bytes. */
    static String messageOfLength(int length) {
        String members = "\"type\":\"track\",\"userId\":\"u\",\"event\":\"e\",\"properties\":{\"p\":\"%s\"}";
        int left = length - utf8(message(1, members.formatted(""))).length;
        return message(1, members.formatted("\u6f22".repeat(left / 3) + "x".repeat(left % 3)));
    }

    static String basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair);
    }

    static RawClient.Reply post(Collector collector, String path, String body) throws IOException {
        return post(collector, path, utf8(body), basic(KEY, ""));
    }

    static RawClient.Reply post(Collector collector, String path, byte[] body, String... headers) throws IOException {
        try (RawClient client = new RawClient(collector)) {
            return client.post(path, body, headers);
        }
    }
}
