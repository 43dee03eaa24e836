package dev.penstock.engine.protocol;

import java.util.Map;

/**
 * PostHog's endpoint for AI events, {@code POST /i/v0/ai/batch/}: everything but the path is as in {@link PostHogV0}.
 *
 * <p><b>Source:</b> PostHog's capture API; without its last slash the path is answered with a redirect.
 */
public final class PostHogAi implements Protocol {

    private final PostHogV0 shape;

    /**
     * Makes the protocol.
     *
     * @param apiKey the project's key
     * @param historical whether batches are an import; {@code sent_at} is then left out
     * @param splitOnBadRequest whether 400 means to split
     */
    public PostHogAi(String apiKey, boolean historical, boolean splitOnBadRequest) {
        shape = new PostHogV0(apiKey, historical, splitOnBadRequest);
    }

    @Override
    public String name() {
        return "/i/v0/ai/batch/";
    }

    @Override
    public String path() {
        return "/i/v0/ai/batch/";
    }

    @Override
    public Map<String, String> headers(Attempt attempt) {
        return shape.headers(attempt);
    }

    @Override
    public byte[] head(Attempt attempt) {
        return shape.head(attempt);
    }

    @Override
    public int headLength() {
        return shape.headLength();
    }

    @Override
    public byte[] tail() {
        return shape.tail();
    }

    @Override
    public StoredEnvelope stored() {
        return StoredEnvelope.of(StoredEnvelope.POSTHOG_AI, shape.stored().historical());
    }

    @Override
    public Verdict verdict(int status) {
        return shape.verdict(status);
    }
}
