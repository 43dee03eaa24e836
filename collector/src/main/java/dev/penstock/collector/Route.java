package dev.penstock.collector;

import java.util.Set;

/** The routes that take events; a protocol is added here and nowhere else. */
public enum Route {
    /** {@code POST /batch}, with a slash at the end or without: ordinary events in the classic form. */
    BATCH("the batch route", Wording.CLASSIC),
    /**
     * {@code POST /i/v1/analytics/events}, with a slash at the end or without: ordinary events, each with a verdict of its
     * own in the answer.
     */
    ANALYTICS("the analytics route", Wording.ANALYTICS),
    /** {@code POST /i/v0/ai/batch/}, the slash being required: AI events in the classic form. */
    AI("the AI route", Wording.CLASSIC),
    /**
     * {@code POST /v1/batch} and {@code POST /v1/import}, with a slash at the end or without: messages of Segment.
     * {@link ReceivedRequest#path()} tells one from the other.
     */
    SEGMENT("the Segment route", Wording.SEGMENT);

    private static final Set<String> EVENT_FIELDS = Set.of("properties");

    private final String title;
    private final Wording wording;

    Route(String title, Wording wording) {
        this.title = title;
        this.wording = wording;
    }

    String title() {
        return title;
    }

    Wording wording() {
        return wording;
    }

    /** Rules of this route for one connection. */
    RequestValidator newValidator(CollectorOptions options, Tries tries) {
        return switch (this) {
            case BATCH, AI -> new BatchValidator(this, options.apiKey());
            case ANALYTICS -> new AnalyticsValidator(options, tries.analytics());
            case SEGMENT -> new SegmentValidator(options, tries.segment());
        };
    }

    /** The field of an event that holds its properties; none for an event that has no such field by its type. */
    Set<String> propertiesField(String json) {
        return this == SEGMENT ? SegmentMessage.propertiesField(json) : EVENT_FIELDS;
    }

    /** The route at a path, or null. */
    static Route at(String path) {
        return switch (path) {
            case "/batch", "/batch/" -> BATCH;
            case "/i/v1/analytics/events", "/i/v1/analytics/events/" -> ANALYTICS;
            case "/i/v0/ai/batch", "/i/v0/ai/batch/" -> AI;
            case "/v1/batch", "/v1/batch/", "/v1/import", "/v1/import/" -> SEGMENT;
            default -> null;
        };
    }
}
