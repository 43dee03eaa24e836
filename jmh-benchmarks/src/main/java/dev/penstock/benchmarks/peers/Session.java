package dev.penstock.benchmarks.peers;

import dev.penstock.benchmarks.sink.SinkProcess;
import dev.penstock.benchmarks.support.Figures;
import java.io.IOException;

/**
 * One library opened, with the sink it delivers to, and what must hold when both are closed: everything sent has been
 * counted. What is refused is a figure, and what others lose without a word; that this library does so fails the run.
 * <p>
 * <b>Threads:</b> one; the parts say theirs.
 */
final class Session {
    private final Contender contender;
    private final SinkProcess sink;
    private final CaptureLibrary library;
    private final Window window;

    /**
     * Opens both.
     *
     * @param most how many events may be undelivered
     */
    Session(Contender contender, int most) throws IOException {
        this.contender = contender;
        sink = new SinkProcess();
        library = contender.open(sink);
        window = new Window(library, most);
    }

    SinkProcess sink() {
        return sink;
    }

    CaptureLibrary library() {
        return library;
    }

    Window window() {
        return window;
    }

    /** Waits for what is undelivered, ends both and adds what became of the events. */
    void close(Figures figures) {
        window.awaitDelivery();
        library.close();
        long lost = contender.isLibrary() ? window.undelivered() : 0;
        long invalid = sink.invalid();
        sink.close();
        if (invalid != 0 || lost < 0 || (contender.isOurs() && lost != 0)) {
            throw new IllegalStateException(contender + ": " + window.sent() + " events were sent, " + window.refused()
                    + " refused, " + lost + " lost, and " + invalid + " bodies could not be read");
        }
        figures.add("sent", (double) window.sent());
        figures.add("refused", (double) window.refused());
        figures.add("lost", (double) lost);
    }
}
