package dev.penstock.engine.capture;

import dev.penstock.client.CaptureResult;
import dev.penstock.engine.record.RecordLayout;
import dev.penstock.engine.record.RecordWriter;

/**
 * Asks a sampler about the event being filled, and writes into it what it stands for.
 *
 * <p><b>Threads:</b> one. <b>Allocation:</b> none.
 */
final class SampledDraft {

    private final RecordWriter writer;
    private final EventStamp stamp;

    /** Whether the event says what it stands for, or will be without need to. */
    private boolean said;

    SampledDraft(RecordWriter writer, EventStamp stamp) {
        this.writer = writer;
        this.stamp = stamp;
    }

    /** Decides on the event, before its record is finished; {@code id} may be null. */
    long admit(EventSampler sampler, CharSequence id, long millis) {
        stamp.settleUuid(millis);
        long leftOut = sampler.admit(id, stamp.uuidHigh(), stamp.uuidLow());
        if (leftOut != EventSampler.LEFT_OUT) {
            said = say(sampler.rate(leftOut));
        }
        return leftOut;
    }

    /** False if the caller's own word stands. */
    private boolean say(double rate) {
        if ((writer.flags() & RecordLayout.FLAG_SAMPLE_RATE) != 0) {
            return false;
        }
        if (rate < 1) {
            writer.key(Sampling.RATE_PROPERTY, RecordLayout.DOUBLE);
            writer.doubleValue(rate);
        }
        return true;
    }

    /** What an event stood for that was not accepted, or that did not say so, is for the next one to say. */
    CaptureResult settle(EventSampler sampler, long leftOut, CaptureResult result) {
        if (!said || result != CaptureResult.ACCEPTED) {
            sampler.giveBack(leftOut);
        }
        return result;
    }
}
