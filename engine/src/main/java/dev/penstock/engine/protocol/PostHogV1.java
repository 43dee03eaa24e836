package dev.penstock.engine.protocol;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * PostHog's analytics endpoint, {@code POST /i/v1/analytics/events}: the key in a header, tries that can be told apart,
 * and an answer for each event.
 *
 * <p>The headers grow with the try and the body's head does not: {@code created_at} is held over all of them. The user
 * agent is the transport's affair.
 *
 * <p><b>Source:</b> PostHog's capture API, version 1; 429 and the statuses of the 500s that are not listed are final
 * there.
 */
public final class PostHogV1 implements Protocol {

    private static final byte[] TAIL = "]}".getBytes(StandardCharsets.US_ASCII);
    private static final VerdictReader VERDICTS = new VerdictReader();

    private final String authorization;
    private final String sdkInfo;
    private final String afterTime;
    private final boolean historical;
    private final boolean splitOnBadRequest;
    private final int headLength;

    /**
     * Makes the protocol.
     *
     * @param apiKey the project's key, printable ASCII
     * @param sdkInfo the client's name and version, with a slash between
     * @param historical whether batches are an import
     * @param splitOnBadRequest whether 400 means to split
     */
    public PostHogV1(String apiKey, String sdkInfo, boolean historical, boolean splitOnBadRequest) {
        this.authorization = "Bearer " + apiKey;
        this.sdkInfo = sdkInfo;
        this.afterTime = historical ? "\",\"historical_migration\":true,\"batch\":[" : "\",\"batch\":[";
        this.historical = historical;
        this.splitOnBadRequest = splitOnBadRequest;
        this.headLength = head(0).length;
    }

    @Override
    public String name() {
        return "/i/v1/analytics/events";
    }

    @Override
    public String path() {
        return "/i/v1/analytics/events";
    }

    @Override
    public Map<String, String> headers(Attempt attempt) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Authorization", authorization);
        headers.put("Content-Type", "application/json");
        headers.put("PostHog-Sdk-Info", sdkInfo);
        headers.put("PostHog-Request-Id", attempt.requestId().toString());
        headers.put("PostHog-Attempt", Integer.toString(attempt.number()));
        headers.put("PostHog-Request-Timestamp", WireTime.format(attempt.epochMillis()));
        return headers;
    }

    @Override
    public byte[] head(Attempt attempt) {
        return head(attempt.firstMillis());
    }

    private byte[] head(long epochMillis) {
        return ("{\"created_at\":\"" + WireTime.format(epochMillis) + afterTime).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public int headLength() {
        return headLength;
    }

    @Override
    public byte[] tail() {
        return TAIL.clone();
    }

    @Override
    public StoredEnvelope stored() {
        return StoredEnvelope.of(StoredEnvelope.POSTHOG_V1, historical);
    }

    @Override
    public Verdict verdict(int status) {
        if (status >= 200 && status < 300) {
            return Verdict.PER_EVENT;
        }
        return switch (status) {
            case 413 -> Verdict.SPLIT;
            case 400 -> splitOnBadRequest ? Verdict.SPLIT : Verdict.REFUSED;
            case 0, 408, 500, 502, 503, 504 -> Verdict.RETRY;
            default -> Verdict.REFUSED;
        };
    }

    @Override
    public VerdictReader verdicts() {
        return VERDICTS;
    }
}
