package dev.penstock.engine.capture;

import dev.penstock.client.BeforeSend;
import dev.penstock.client.OutgoingEvent;
import dev.penstock.client.testing.EventRecorder;
import dev.penstock.engine.stats.DistinctErrors;
import java.util.List;

/**
 * Runs the before-send hooks of a client over an event, and hands accepted events to its recorder.
 *
 * <p>It fails closed: whatever a hook throws, and whatever it returns that is not a complete event, drops the event.
 *
 * <p><b>Threads:</b> any, each with its own events.
 */
public final class EventHooks {

    private final List<BeforeSend> chain;
    private final EventRecorder recorder;
    private final DistinctErrors errors;

    /** Set while a thread is inside a hook. */
    private final ThreadLocal<Boolean> inside = new ThreadLocal<>();

    /**
     * Makes hooks.
     *
     * @param chain the hooks, in order
     * @param recorder takes accepted events, or null
     * @param errors told of hooks that fail
     */
    public EventHooks(List<BeforeSend> chain, EventRecorder recorder, DistinctErrors errors) {
        this.chain = chain;
        this.recorder = recorder;
        this.errors = errors;
    }

    boolean hasChain() {
        return !chain.isEmpty();
    }

    /** The event to send, or null if there is none. */
    OutgoingEvent apply(OutgoingEvent event) {
        if (inside.get() != null) {
            errors.warn(
                    "captured inside before-send", "an event was captured by a before-send hook and is dropped", null);
            return null;
        }
        inside.set(true);
        try {
            OutgoingEvent current = event;
            for (BeforeSend hook : chain) {
                current = hook.beforeSend(current);
                if (current == null) {
                    return null;
                }
            }
            return complete(current) ? current : null;
        } catch (Throwable e) {
            errors.warn(
                    "before-send threw",
                    "a before-send hook threw " + e.getClass().getName(),
                    e);
            return null;
        } finally {
            inside.remove();
        }
    }

    private boolean complete(OutgoingEvent event) {
        boolean named = event.name() != null && !event.name().isBlank();
        boolean addressed = event.distinctId() != null && !event.distinctId().isBlank();
        if (!named || !addressed) {
            errors.warn(
                    "before-send returned an incomplete event",
                    "a before-send hook returned an event without " + (named ? "a distinct id" : "a name"),
                    null);
        }
        return named && addressed;
    }

    boolean records() {
        return recorder != null;
    }

    void record(OutgoingEvent event) {
        recorder.record(event);
    }
}
