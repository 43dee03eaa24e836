package dev.penstock.engine;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.EventTranslator;
import dev.penstock.engine.capture.EventKind;
import dev.penstock.engine.capture.EventScratch;
import dev.penstock.engine.capture.ScratchPool;
import dev.penstock.engine.flags.usage.UsageSink;

/**
 * Captures the engine's own events about flags like anybody's, but never waits: a read of a flag must not.
 *
 * <p><b>Threads:</b> any.
 */
final class UsageCapture implements UsageSink {

    private final ScratchPool scratches;

    UsageCapture(ScratchPool scratches) {
        this.scratches = scratches;
    }

    @Override
    public <U> CaptureResult capture(EventTranslator<U> translator, U use, boolean minimal) {
        EventScratch scratch = scratches.acquire();
        scratch.begin(minimal ? EventKind.FLAG_CALLED_MINIMAL : EventKind.FLAG_CALLED, null);
        try {
            translator.translate(scratch, use);
        } catch (RuntimeException | Error e) {
            scratch.cancel();
            throw e;
        }
        return scratch.sendAtOnce();
    }
}
