package dev.penstock.engine.flags.load;

/**
 * How a load has ended.
 *
 * @param kind in which way
 * @param retryAfterMs how long the server wants us to stay away at least, or 0
 */
record LoadEnd(Kind kind, long retryAfterMs) {

    enum Kind {
        /** The server has sent definitions, or has confirmed what is held. */
        FROM_SERVER,
        /** The cache had definitions. */
        FROM_CACHE,
        /** The cache was not to be bypassed and had nothing: what is held goes on. */
        KEPT,
        /** The server has turned us away. */
        REFUSED,
        /** Anything else. */
        FAILED
    }

    static LoadEnd of(Kind kind) {
        return new LoadEnd(kind, 0);
    }

    boolean isLoaded() {
        return kind == Kind.FROM_SERVER || kind == Kind.FROM_CACHE;
    }

    boolean isFailed() {
        return kind == Kind.REFUSED || kind == Kind.FAILED;
    }
}
