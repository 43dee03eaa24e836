package dev.penstock.client;

/**
 * Told about trouble that no single call can report: a server that refuses the key, a listener that throws, requests
 * that fail.
 *
 * <p>The first of a kind is reported at once, repetitions at most once a minute with their count.
 *
 * <p><b>Threads:</b> called on one thread of the client's own. Must not throw; an exception is swallowed after it is
 * logged.
 */
@FunctionalInterface
public interface ErrorListener {

    /**
     * Something went wrong.
     *
     * @param message what, where and what to do about it; never contains a key or an event's content
     * @param cause the exception behind it, or null
     */
    void onError(String message, Throwable cause);
}
