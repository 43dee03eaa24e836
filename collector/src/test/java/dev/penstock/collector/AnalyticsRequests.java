package dev.penstock.collector;

import static dev.penstock.collector.Batches.utf8;
import static dev.penstock.collector.Batches.uuid;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds and posts requests to the analytics route; valid ones, but for what a test changes. */
final class AnalyticsRequests {
    static final String PATH = "/i/v1/analytics/events";
    static final String ID = uuid(0x777);
    static final String PROPERTIES = "{\"format\":\"pdf\"}";

    private final Map<String, String> headers = new LinkedHashMap<>();
    private String path = PATH;
    private byte[] body = utf8(batch(event("report exported", 1)));

    AnalyticsRequests() {
        headers.put("Authorization", "Bearer phc_demo");
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", "penstock/0.1.0");
        headers.put("PostHog-Sdk-Info", "penstock/0.1.0");
        headers.put("PostHog-Request-Id", ID);
        headers.put("PostHog-Attempt", "1");
        headers.put("PostHog-Request-Timestamp", "2026-02-11T09:30:02.417Z");
    }

    static AnalyticsRequests request(String... events) {
        return events.length == 0 ? new AnalyticsRequests() : new AnalyticsRequests().body(batch(events));
    }

    static String event(String name, long n) {
        return "{\"event\":\"" + name + "\",\"uuid\":\"" + uuid(n) + "\",\"distinct_id\":\"account-7781\""
                + ",\"timestamp\":\"2026-02-11T09:30:01.902Z\",\"options\":{},\"properties\":" + PROPERTIES + "}";
    }

    static String batch(String... events) {
        return "{\"created_at\":\"2026-02-11T09:30:02.400Z\",\"batch\":[" + String.join(",", events) + "]}";
    }

    AnalyticsRequests path(String other) {
        path = other;
        return this;
    }

    AnalyticsRequests with(String name, String value) {
        headers.put(name, value);
        return this;
    }

    AnalyticsRequests without(String name) {
        headers.remove(name);
        return this;
    }

    AnalyticsRequests id(long n) {
        return with("PostHog-Request-Id", uuid(n));
    }

    /** A later try, at a time of its own. */
    AnalyticsRequests attempt(int number) {
        return with("PostHog-Attempt", Integer.toString(number))
                .with("PostHog-Request-Timestamp", "2026-02-11T09:30:%02dZ".formatted(2 + number));
    }

    AnalyticsRequests body(String text) {
        return body(utf8(text));
    }

    AnalyticsRequests body(byte[] bytes) {
        body = Arrays.copyOf(bytes, bytes.length);
        return this;
    }

    RawClient.Reply postTo(Collector collector) throws IOException {
        try (RawClient client = new RawClient(collector)) {
            return client.post(path, body, headerLines());
        }
    }

    void sendBy(RawClient client) throws IOException {
        client.sendPost(path, body, headerLines());
    }

    String[] headerLines() {
        List<String> lines = new ArrayList<>();
        headers.forEach((name, value) -> lines.add(name + ": " + value));
        return lines.toArray(String[]::new);
    }
}
