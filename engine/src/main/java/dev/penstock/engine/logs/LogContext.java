package dev.penstock.engine.logs;

import java.util.Collection;

/**
 * Where a log record's context comes from; asked once for each record, on the capturing thread. Throws nothing.
 *
 * <p><b>Threads:</b> any.
 */
public interface LogContext {

    /**
     * Whom the work at hand is about.
     *
     * @return the id; null or blank if it is not known
     */
    String distinctId();

    /**
     * The session the work at hand belongs to.
     *
     * @return the id; null or blank if there is none
     */
    String sessionId();

    /**
     * The feature flags that are on for the work at hand.
     *
     * @return their keys, read at once; never null, empty if there are none
     */
    Collection<String> activeFlags();
}
