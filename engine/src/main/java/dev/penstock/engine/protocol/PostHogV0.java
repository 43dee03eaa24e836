package dev.penstock.engine.protocol;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * PostHog's batch endpoint, {@code POST /batch}: the key in the body, one answer for the whole batch.
 *
 * <p><b>Source:</b> PostHog's capture API; the retry and split rules are those of the README's delivery table.
 */
public final class PostHogV0 implements Protocol {

    private static final byte[] TAIL = "]}".getBytes(StandardCharsets.US_ASCII);
    private static final Map<String, String> HEADERS = Map.of("Content-Type", "application/json");

    private final String beforeTime;
    private final String afterTime;
    private final boolean historical;
    private final boolean splitOnBadRequest;
    private final int headLength;

    /**
     * Makes the protocol.
     *
     * @param apiKey the project's key
     * @param historical whether batches are an import; {@code sent_at} is then left out
     * @param splitOnBadRequest whether 400 means to split
     */
    public PostHogV0(String apiKey, boolean historical, boolean splitOnBadRequest) {
        String key =
                "{\"api_key\":\"" + new String(JsonStringEncoder.getInstance().quoteAsString(apiKey)) + "\",";
        this.historical = historical;
        this.beforeTime = historical ? key + "\"historical_migration\":true," : key + "\"sent_at\":\"";
        this.afterTime = historical ? "\"batch\":[" : "\",\"batch\":[";
        this.splitOnBadRequest = splitOnBadRequest;
        this.headLength = head(0).length;
    }

    @Override
    public String name() {
        return "/batch";
    }

    @Override
    public String path() {
        return "/batch";
    }

    @Override
    public Map<String, String> headers(Attempt attempt) {
        return HEADERS;
    }

    @Override
    public byte[] head(Attempt attempt) {
        return head(attempt.epochMillis());
    }

    private byte[] head(long epochMillis) {
        String time = historical ? "" : WireTime.format(epochMillis);
        return (beforeTime + time + afterTime).getBytes(StandardCharsets.UTF_8);
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
        return StoredEnvelope.of(StoredEnvelope.POSTHOG_V0, historical);
    }

    @Override
    public Verdict verdict(int status) {
        if (status >= 200 && status < 300) {
            return Verdict.DELIVERED;
        }
        if (status == 413 || (status == 400 && splitOnBadRequest)) {
            return Verdict.SPLIT;
        }
        return status == 0 || status == 408 || status == 429 || status >= 500 ? Verdict.RETRY : Verdict.REFUSED;
    }
}
