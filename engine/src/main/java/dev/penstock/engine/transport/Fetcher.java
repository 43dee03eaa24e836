package dev.penstock.engine.transport;

/**
 * Asks the server and brings back its whole answer. Knows nothing of flags or retries.
 *
 * <p><b>Threads:</b> any.
 */
@FunctionalInterface
public interface Fetcher {

    /**
     * Starts one request. Never blocks and never throws: a request that cannot be started is answered with a failure. How
     * long it may take is up to the caller, who cancels.
     *
     * @param request what to ask
     * @param sink told the end exactly once unless the fetch is cancelled, on any thread, possibly before this method
     *     returns
     * @return the fetch, to cancel it
     */
    Fetch fetch(FetchRequest request, FetchSink sink);
}
