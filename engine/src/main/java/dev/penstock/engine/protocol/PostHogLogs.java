package dev.penstock.engine.protocol;

import dev.penstock.client.logs.LogSettings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * PostHog's endpoint for logs, {@code POST /i/v1/logs}: OTLP as JSON, the key in the query, one answer for the whole batch.
 *
 * <p>The path is a secret of a kind, for the key is in it: it is never logged.
 *
 * <p><b>Source:</b> OTLP/HTTP; the service answers 200, 400, 401, 413 and 500, the rest comes from what stands before it.
 */
public final class PostHogLogs implements Protocol {

    private static final byte[] TAIL = "]}]}]}".getBytes(StandardCharsets.US_ASCII);
    private static final Map<String, String> HEADERS = Map.of("Content-Type", "application/json");

    private final String path;
    private final byte[] head;

    /**
     * Makes the protocol.
     *
     * @param apiKey the project's key
     * @param settings what is to be said of the service
     * @param clientName the service's name, unless the settings have one
     * @param sdkName the library's name
     * @param sdkVersion the library's version
     */
    public PostHogLogs(String apiKey, LogSettings settings, String clientName, String sdkName, String sdkVersion) {
        this(apiKey, new LogResource(settings, clientName, sdkName, sdkVersion).envelope());
    }

    /**
     * Makes the protocol for records that were stored.
     *
     * @param apiKey the project's key
     * @param envelope what was said of the service then; not to be changed
     */
    public PostHogLogs(String apiKey, byte[] envelope) {
        // A plus sign means a blank only in forms.
        this.path = "/i/v1/logs?token="
                + URLEncoder.encode(apiKey, StandardCharsets.UTF_8).replace("+", "%20");
        this.head = envelope;
    }

    @Override
    public String name() {
        return "/i/v1/logs";
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public Map<String, String> headers(Attempt attempt) {
        return HEADERS;
    }

    @Override
    public byte[] head(Attempt attempt) {
        return head.clone();
    }

    @Override
    public int headLength() {
        return head.length;
    }

    @Override
    public byte[] tail() {
        return TAIL.clone();
    }

    @Override
    public boolean carriesEvents() {
        return false;
    }

    @Override
    public StoredEnvelope stored() {
        return new StoredEnvelope(StoredEnvelope.POSTHOG_LOGS, false, head.clone());
    }

    @Override
    public Verdict verdict(int status) {
        if (status >= 200 && status < 300) {
            return Verdict.DELIVERED;
        }
        if (status == 413) {
            return Verdict.SPLIT;
        }
        return status == 0 || status == 408 || status == 429 || status >= 500 ? Verdict.RETRY : Verdict.REFUSED;
    }
}
