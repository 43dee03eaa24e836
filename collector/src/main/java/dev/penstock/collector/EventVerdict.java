package dev.penstock.collector;

import java.util.Objects;
import java.util.Optional;

/**
 * What the analytics route says of one event; script it with {@link EventVerdicts}.
 * <p>
 * <b>Threads:</b> immutable.
 *
 * @param result the word, such as {@code ok}; any other than the known ones stands for a word yet to come
 * @param details more about it; empty leaves the field out
 */
public record EventVerdict(String result, Optional<String> details) {
    /** The event was taken. */
    public static final EventVerdict OK = of("ok");

    /** The event was taken, with something to say about it. */
    public static final EventVerdict WARNING = of("warning");

    /** The event was taken and part of its processing left out. */
    public static final EventVerdict LIMITED = of("limited");

    /** The event was refused for good. */
    public static final EventVerdict DROP = of("drop");

    /** The event was not stored and is to be sent again. */
    public static final EventVerdict RETRY = of("retry");

    /** Not a word: the event is left out of the answer, which counts as taken. */
    public static final EventVerdict LEFT_OUT = of("");

    static final EventVerdict INVALID = DROP.withDetails("invalid_event");

    /**
     * Checks that neither part is null.
     *
     * @param result the word
     * @param details more about it
     */
    public EventVerdict {
        Objects.requireNonNull(result, "result");
        Objects.requireNonNull(details, "details");
    }

    /**
     * Makes a verdict without details.
     *
     * @param result any word
     * @return the verdict
     */
    public static EventVerdict of(String result) {
        return new EventVerdict(result, Optional.empty());
    }

    /**
     * Adds details.
     *
     * @param text such as {@code not_persisted}
     * @return a verdict with them
     */
    public EventVerdict withDetails(String text) {
        return new EventVerdict(result, Optional.of(text));
    }

    boolean isLeftOut() {
        return result.isEmpty();
    }

    boolean asksAgain() {
        return result.equals(RETRY.result);
    }

    /** Whether the host holds the event after saying this. */
    boolean keeps() {
        return !asksAgain() && !result.equals(DROP.result);
    }
}
