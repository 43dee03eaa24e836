package dev.penstock.engine;

import dev.penstock.client.ClientConfig;
import dev.penstock.engine.listener.ListenerThread;
import dev.penstock.engine.spool.Spool;
import dev.penstock.engine.transport.HttpTransport;
import dev.penstock.engine.transport.IoThread;
import dev.penstock.engine.watchdog.Part;
import dev.penstock.engine.watchdog.Watched;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * What the watchdog of an engine looks at: the lanes there are, and whatever else has a thread that can stand still.
 *
 * <p><b>Threads:</b> put together before the watchdog is started, then asked by it alone.
 */
final class WatchedParts {

    private final EngineThreads threads;
    private final Channels channels;
    private final List<Watched> others = new ArrayList<>();

    WatchedParts(Channels channels, EngineThreads threads) {
        this.threads = threads;
        this.channels = channels;
    }

    /** The I/O thread; {@code http} may be null. */
    WatchedParts io(HttpTransport http, ClientConfig config) {
        if (http != null) {
            long silenceNs =
                    config.connectTimeout().plus(config.requestTimeout()).toNanos();
            others.add(new Io(http.io(), threads.name("io"), silenceNs));
        }
        return this;
    }

    /** The thread that calls listeners; may be null. */
    WatchedParts listener(ListenerThread listener) {
        if (listener != null) {
            others.add(new Unaided(
                    Part.LISTENER, threads.name("listener"), listener::progress, listener::hasWork, listener.thread()));
        }
        return this;
    }

    /** The thread that owns the spool; may be null. */
    WatchedParts spool(Spool spool) {
        if (spool != null) {
            String name = threads.name("spool");
            BooleanSupplier work = () -> spool.hasWork() || spool.hasDied(); // which is never done again
            others.add(new Unaided(Part.SPOOL, name, spool::progress, work, null));
        }
        return this;
    }

    /** All of them, as there are now. */
    List<Watched> current() {
        List<Watched> all = new ArrayList<>(channels.lanes());
        all.addAll(others);
        return all;
    }

    /** A silent server may leave the I/O thread nothing to say for as long as its timeouts are. */
    private record Io(IoThread io, String name, long patienceNs) implements Watched {

        @Override
        public Part part() {
            return Part.IO;
        }

        @Override
        public long progress() {
            return io.progress();
        }

        @Override
        public boolean hasWork() {
            return io.hasWork();
        }

        @Override
        public Thread thread() {
            return io.thread();
        }

        @Override
        public boolean hasDied() {
            return io.hasDied();
        }

        @Override
        public boolean recover() {
            return io.recover();
        }
    }

    /** What can only be waited for. */
    private record Unaided(Part part, String name, LongSupplier figure, BooleanSupplier work, Thread thread)
            implements Watched {

        @Override
        public long progress() {
            return figure.getAsLong();
        }

        @Override
        public boolean hasWork() {
            return work.getAsBoolean();
        }
    }
}
