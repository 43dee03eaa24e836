package dev.penstock.client;

/**
 * Writes one event from an argument; see {@link CaptureClient#capture(EventTranslator, Object)}.
 *
 * <p><b>Threads:</b> called on the thread that captures, before anything is claimed in the ring: a slow translator
 * delays its own caller and nobody else.
 *
 * @param <A> the type of the argument
 */
@FunctionalInterface
public interface EventTranslator<A> {

    /**
     * Writes the event. Must not keep the writer.
     *
     * @param writer takes the name, ids and properties; valid only during the call
     * @param argument the argument given to {@code capture}
     */
    void translate(EventWriter writer, A argument);
}
