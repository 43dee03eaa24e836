package dev.penstock.collector;

/** How much a {@link Collector} keeps of what it receives. */
public enum CollectorMode {
    /** Keep events and requests for assertions, within the configured bounds. */
    STORE,
    /** Keep counters and the set of event ids only; for load runs. Every request is validated all the same. */
    COUNT
}
