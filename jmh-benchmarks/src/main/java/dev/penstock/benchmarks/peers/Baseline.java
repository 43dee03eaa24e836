package dev.penstock.benchmarks.peers;

import dev.penstock.benchmarks.support.ReferenceEvent;
import java.util.function.Consumer;

/** No library: what is measured is the measuring, and what the caller does for a library that takes maps. */
final class Baseline implements CaptureLibrary {
    private final Consumer<ReferenceEvent> work;

    Baseline(Consumer<ReferenceEvent> work) {
        this.work = work;
    }

    @Override
    public boolean capture(ReferenceEvent event) {
        work.accept(event);
        return true;
    }

    /** Nobody waits for it. */
    @Override
    public long delivered() {
        return Long.MAX_VALUE;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
