package dev.penstock.engine;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.EventTranslator;
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
    public <U> CaptureResult capture(EventTranslator<U> translator, U use) {
        EventScratch scratch = scratches.acquire();
        try {
            scratch.begin(null);
            translator.translate(scratch, use);
            return scratch.publishAtOnce();
        } finally {
            scratch.release();
        }
    }
}
