package dev.penstock.engine.transport;

/** Takes the end of a fetch. Called on the I/O thread as a rule: hands over and returns. */
@FunctionalInterface
public interface FetchSink {

    /**
     * The fetch has ended.
     *
     * @param answer the whole answer, or why there is none
     */
    void onFetched(FetchAnswer answer);
}
