package dev.penstock.collector;

import java.util.Set;

/** The routes a host answers about flags. */
public enum FlagRoute {
    /**
     * {@code GET /flags/definitions}, and the older {@code GET /api/feature_flag/local_evaluation}; with a slash at the
     * end or without.
     */
    DEFINITIONS("GET"),
    /** {@code POST /flags}, with a slash at the end or without: the host evaluates. */
    EVALUATION("POST"),
    /** {@code GET /api/projects/@current/feature_flags/{key}/remote_config}. */
    REMOTE_CONFIG("GET");

    private static final Set<String> DEFINITIONS_PATHS = Set.of(
            "/flags/definitions",
            "/flags/definitions/",
            "/api/feature_flag/local_evaluation",
            "/api/feature_flag/local_evaluation/");
    private static final String CONFIG_START = "/api/projects/@current/feature_flags/";
    private static final String CONFIG_END = "/remote_config";

    private final String method;

    FlagRoute(String method) {
        this.method = method;
    }

    String method() {
        return method;
    }

    /** The route at a path, or null. */
    static FlagRoute at(String path) {
        if (path.equals("/flags") || path.equals("/flags/")) {
            return EVALUATION;
        }
        if (DEFINITIONS_PATHS.contains(path)) {
            return DEFINITIONS;
        }
        return path.startsWith(CONFIG_START) && !configKey(path).isEmpty() ? REMOTE_CONFIG : null;
    }

    /** The flag key within a remote config path, still encoded; empty when the path is no such path. */
    static String configKey(String path) {
        int end = path.endsWith("/") ? path.length() - 1 : path.length();
        int keyEnd = end - CONFIG_END.length();
        if (keyEnd <= CONFIG_START.length() || !path.startsWith(CONFIG_END, keyEnd)) {
            return "";
        }
        String key = path.substring(CONFIG_START.length(), keyEnd);
        return key.indexOf('/') < 0 ? key : "";
    }
}
