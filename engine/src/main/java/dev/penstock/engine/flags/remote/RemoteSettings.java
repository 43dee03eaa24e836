package dev.penstock.engine.flags.remote;

import java.time.Duration;
import java.util.Set;

/**
 * How the server is asked.
 *
 * <p>{@link #toString()} shows neither key.
 *
 * @param projectKey the project's key
 * @param secretKey what is allowed to read remote configuration; null or empty if there is none
 * @param evaluationContexts what the client evaluates flags for; may be empty
 * @param timeout how long one attempt may take
 * @param retries how often to try again
 * @param firstRetryDelay what to wait before the first retry; doubles with each
 * @param maxOpen how many evaluations may be under way at once
 */
public record RemoteSettings(
        String projectKey,
        String secretKey,
        Set<String> evaluationContexts,
        Duration timeout,
        int retries,
        Duration firstRetryDelay,
        int maxOpen) {

    @Override
    public String toString() {
        return "RemoteSettings{evaluationContexts=" + evaluationContexts + ", timeout=" + timeout + ", retries="
                + retries + ", firstRetryDelay=" + firstRetryDelay + ", maxOpen=" + maxOpen + '}';
    }
}
