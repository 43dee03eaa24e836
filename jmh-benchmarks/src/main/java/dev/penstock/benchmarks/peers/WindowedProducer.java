package dev.penstock.benchmarks.peers;

import dev.penstock.benchmarks.support.ReferenceEvents;

/**
 * Hands over reference events as fast as the window allows.
 * <p>
 * <b>Threads:</b> runs on its own; {@link #finish} from another.
 */
final class WindowedProducer extends Thread {
    private static final int BURST = 256;

    private final CaptureLibrary library;
    private final Window window;
    private final ReferenceEvents events;
    private volatile boolean stopped;
    private volatile Throwable failure;

    WindowedProducer(Session session, int number) {
        super("producer-" + number);
        library = session.library();
        window = session.window();
        events = new ReferenceEvents(ReferenceEvents.Strings.TOUCHED, number);
        setDaemon(true);
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                window.take(BURST);
                for (int i = 0; i < BURST; i++) {
                    if (!library.capture(events.next())) {
                        throw new IllegalStateException("an event was refused within the window");
                    }
                }
            }
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    /** Has it end after the burst at hand, waits for that, and passes on what made it fail. */
    void finish() throws InterruptedException {
        stopped = true;
        join();
        if (failure != null) {
            throw new IllegalStateException("a producer failed", failure);
        }
    }
}
