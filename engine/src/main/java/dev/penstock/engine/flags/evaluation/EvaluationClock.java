package dev.penstock.engine.flags.evaluation;

import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that is read once an evaluation, when somebody first asks, and then stands still: all relative dates of one evaluation
 * count from the same instant.
 *
 * <p><b>Threads:</b> one at a time. <b>Allocation:</b> none to read milliseconds.
 */
final class EvaluationClock extends PaddedState implements InstantSource {

    private final InstantSource source;
    private boolean read;
    private long millis;

    EvaluationClock(InstantSource source) {
        this.source = source;
    }

    /** The next reading is a new one. */
    void release() {
        read = false;
    }

    @Override
    public long millis() {
        if (!read) {
            millis = source.millis();
            read = true;
        }
        return millis;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }
}
