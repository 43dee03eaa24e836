package dev.penstock.engine.transport;

/**
 * Puts requests on the wire and brings back their answers. Knows nothing of batches, events or retries.
 *
 * <p><b>Threads:</b> {@link #send} is called by pipeline threads, several when there are several lanes; the others by
 * the thread that starts and closes the engine.
 */
public interface BatchTransport {

    /**
     * Starts one request. Never blocks and never throws: a request that cannot be started is answered with a failure.
     *
     * @param request what to send; its body must not change until {@link Exchange#isBodyReleased()}
     * @param sink told the answer at most once, on any thread, possibly before this method returns
     * @return the exchange, to cancel it
     */
    Exchange send(BatchRequest request, AnswerSink sink);

    /**
     * How often the I/O reactor was found dead and rebuilt.
     *
     * @return a count
     */
    long restarts();

    /**
     * Cancels what is open and stops all threads. Bounded to about a second; afterwards nothing is sent and every
     * {@link #send} fails.
     */
    void close();
}
