package dev.penstock.engine;

import dev.penstock.client.CaptureResult;
import dev.penstock.engine.capture.EventScratch;
import dev.penstock.engine.record.ShownText;
import dev.penstock.engine.stats.DistinctErrors;
import java.util.function.Supplier;

/**
 * A channel that many clients never use: its ring and its thread are made by the first capture.
 *
 * <p><b>Threads:</b> any; after the first use {@link #scratch()} is one volatile read more than a channel's own.
 */
final class SideChannel {

    private static final long RETRY_NS = 60_000_000_000L;

    private final Supplier<Channel> maker;
    private final Channel main;
    private final DistinctErrors errors;
    private final String name;
    private volatile Channel channel;
    private boolean sealed;

    /** When starting failed last, or null. */
    private Long failedNs;

    /**
     * Makes a side channel.
     *
     * @param name what it carries, for messages
     * @param main answers captures where this one cannot be started
     * @param maker makes and starts it
     * @param errors told if that fails
     */
    SideChannel(String name, Channel main, Supplier<Channel> maker, DistinctErrors errors) {
        this.name = name;
        this.main = main;
        this.maker = maker;
        this.errors = errors;
    }

    /** A scratch of this channel; if it cannot be started, one whose event is refused and counted. */
    EventScratch scratch() {
        Channel started = channel;
        if (started == null && main.publisher().refusal() == null) {
            started = start();
        }
        return started != null ? started.scratches().acquire() : refused();
    }

    private EventScratch refused() {
        EventScratch scratch = main.scratches().acquire();
        return scratch.answer(CaptureResult.RING_FULL); // settled before the event begins
    }

    /** Counts the answer to what is refused before it needs a scratch, and starts nothing for it. */
    void count(CaptureResult answer) {
        Channel started = channel;
        EventScratch scratch = (started == null ? main : started).scratches().acquire();
        scratch.begin("").answer(answer).send();
    }

    private synchronized Channel start() {
        if (channel == null && !sealed && !hasJustFailed()) {
            try {
                channel = maker.get();
            } catch (Throwable e) {
                failedNs = System.nanoTime();
                errors.warn(
                        name + " not started", "the lane for " + name + " could not be started: " + ShownText.of(e), e);
            }
        }
        return channel;
    }

    /** What cannot be started now is not tried again by every capture. */
    private boolean hasJustFailed() {
        return failedNs != null && System.nanoTime() - failedNs < RETRY_NS;
    }

    /** The channel, or null if it was never used. */
    Channel started() {
        return channel;
    }

    /** Starts no more. Answers the channel, or null if it was never used. */
    synchronized Channel seal() {
        sealed = true;
        return channel;
    }
}
