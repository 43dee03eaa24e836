package dev.penstock.engine.protocol;

/**
 * Makes the protocols of stored events again, for a client's own key.
 *
 * <p><b>Threads:</b> immutable; any.
 */
public sealed interface StoredProtocols {

    /**
     * The protocol that events under an envelope are sent with.
     *
     * @param envelope as it was stored
     * @return the protocol, or null if this client does not speak it
     */
    Protocol restore(StoredEnvelope envelope);

    /**
     * What a client of PostHog speaks.
     *
     * @param apiKey the project's key
     * @param sdkInfo the client's name and version, with a slash between
     * @param splitOnBadRequest whether 400 means to split
     */
    record OfPostHog(String apiKey, String sdkInfo, boolean splitOnBadRequest) implements StoredProtocols {

        @Override
        public Protocol restore(StoredEnvelope envelope) {
            boolean historical = envelope.historical();
            return switch (envelope.protocol()) {
                case StoredEnvelope.POSTHOG_V0 -> new PostHogV0(apiKey, historical, splitOnBadRequest);
                case StoredEnvelope.POSTHOG_V1 -> new PostHogV1(apiKey, sdkInfo, historical, splitOnBadRequest);
                case StoredEnvelope.POSTHOG_AI -> new PostHogAi(apiKey, historical, splitOnBadRequest);
                case StoredEnvelope.POSTHOG_LOGS -> new PostHogLogs(apiKey, envelope.shared());
                default -> null;
            };
        }

        /** Without the key. */
        @Override
        public String toString() {
            return "StoredProtocols of PostHog";
        }
    }

    /**
     * What a client of Segment speaks.
     *
     * @param writeKey the source's write key
     * @param splitOnBadRequest whether 400 means to split
     */
    record OfSegment(String writeKey, boolean splitOnBadRequest) implements StoredProtocols {

        @Override
        public Protocol restore(StoredEnvelope envelope) {
            return envelope.protocol() == StoredEnvelope.SEGMENT
                    ? new Segment(writeKey, envelope.shared(), splitOnBadRequest)
                    : null;
        }

        /** Without the key. */
        @Override
        public String toString() {
            return "StoredProtocols of Segment";
        }
    }
}
