package dev.penstock.collector;

/** The ingestion routes; a protocol is added here and nowhere else. */
enum Route {
    BATCH {
        @Override
        boolean matches(String path) {
            return path.equals("/batch") || path.equals("/batch/");
        }

        @Override
        RequestValidator newValidator(CollectorOptions options) {
            return new BatchValidator(options.apiKey(), options.keepsEvents());
        }
    };

    private static final Route[] ALL = values();

    abstract boolean matches(String path);

    abstract RequestValidator newValidator(CollectorOptions options);

    /** The route at a path, or null. */
    static Route at(String path) {
        for (Route route : ALL) {
            if (route.matches(path)) {
                return route;
            }
        }
        return null;
    }
}
