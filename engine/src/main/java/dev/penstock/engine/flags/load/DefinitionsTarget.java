package dev.penstock.engine.flags.load;

/**
 * Where definitions go: parses, compiles and publishes them.
 *
 * <p><b>Threads:</b> one call at a time, on the flag thread; definitions given at the start on the starting thread.
 */
public interface DefinitionsTarget {

    /**
     * Replaces all definitions.
     *
     * @param body the whole body
     * @param loadedAtMs when it came, in epoch milliseconds
     * @return how many flags it has
     * @throws UnusableDefinitionsException if these are no definitions; what was held before is still held
     */
    int replace(byte[] body, long loadedAtMs) throws UnusableDefinitionsException;

    /** Forgets all definitions. */
    void drop();

    /** What is held was found to be up to date. */
    void confirmed();
}
