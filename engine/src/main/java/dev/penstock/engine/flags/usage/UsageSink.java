package dev.penstock.engine.flags.usage;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.EventTranslator;

/** Where events about the use of flags go: the client's ordinary capture. */
@FunctionalInterface
public interface UsageSink {

    /**
     * Captures an event.
     *
     * @param <U> what the event is about
     * @param translator writes the event
     * @param use handed to the translator
     * @param minimal whether nothing is to be added that is not needed to count the use
     * @return what became of it
     */
    <U> CaptureResult capture(EventTranslator<U> translator, U use, boolean minimal);
}
