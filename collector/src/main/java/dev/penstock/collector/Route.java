package dev.penstock.collector;

/** The routes that take events; a protocol is added here and nowhere else. */
public enum Route {
    /** {@code POST /batch}, with a slash at the end or without: ordinary events in the classic form. */
    BATCH("the batch route", "/batch", Wording.CLASSIC),
    /**
     * {@code POST /i/v1/analytics/events}, with a slash at the end or without: ordinary events, each with a verdict of its
     * own in the answer.
     */
    ANALYTICS("the analytics route", "/i/v1/analytics/events", Wording.ANALYTICS),
    /** {@code POST /i/v0/ai/batch/}, the slash being required: AI events in the classic form. */
    AI("the AI route", "/i/v0/ai/batch", Wording.CLASSIC);

    private static final Route[] ALL = values();

    private final String title;
    private final String path;
    private final String slashedPath;
    private final Wording wording;

    Route(String title, String path, Wording wording) {
        this.title = title;
        this.path = path;
        this.slashedPath = path + "/";
        this.wording = wording;
    }

    String title() {
        return title;
    }

    Wording wording() {
        return wording;
    }

    /** Rules of this route for one connection. */
    RequestValidator newValidator(CollectorOptions options, TryLog tries) {
        return switch (this) {
            case BATCH, AI -> new BatchValidator(this, options.apiKey(), options.keepsEvents());
            case ANALYTICS -> new AnalyticsValidator(options, tries);
        };
    }

    /** The route at a path, or null. */
    static Route at(String path) {
        for (Route route : ALL) {
            if (route.path.equals(path) || route.slashedPath.equals(path)) {
                return route;
            }
        }
        return null;
    }
}
