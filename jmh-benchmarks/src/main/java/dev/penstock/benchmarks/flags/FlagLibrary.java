package dev.penstock.benchmarks.flags;

import java.util.Map;

/**
 * A library that answers the questions, set up so that it is cheapest to ask. One per JVM, so that calls
 * through this interface cost nothing.
 * <p>
 * <b>Threads:</b> contexts and questions from any.
 *
 * @param <C> what a question is about, as the library wants it
 */
public interface FlagLibrary<C> extends AutoCloseable {
    /**
     * Makes what the library is asked with.
     *
     * @param distinctId the person
     * @param properties what is known of the person
     * @return a context
     */
    C context(String distinctId, Map<String, Object> properties);

    /**
     * Asks for a flag without variants.
     *
     * @param key the flag
     * @param context the person
     * @return whether it is on
     */
    boolean isOn(String key, C context);

    /**
     * Asks for a flag with variants.
     *
     * @param key the flag
     * @param context the person
     * @return the variant
     */
    String variant(String key, C context);

    /**
     * Evaluates every flag in the way the library has for it, and reads each value.
     *
     * @param keys the keys of all flags
     * @param context the person
     * @return a digest of the values: the number of flags that are on, and for a variant the length of its key instead
     */
    int all(String[] keys, C context);

    /**
     * Events made to report the use of flags.
     *
     * @return how many so far
     */
    long usesReported();

    @Override
    void close();
}
