package dev.penstock.client.errors;

import dev.penstock.client.CaptureClient;
import java.lang.Thread.UncaughtExceptionHandler;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Captures the exceptions that end a thread because nobody catches them.
 *
 * <pre>{@code
 * UncaughtExceptionCapture capture = UncaughtExceptionCapture.install(client);
 * ...
 * capture.close();
 * client.close();
 * }</pre>
 *
 * <p>It becomes the JVM's default handler and passes every exception on to the one that was there, after it has
 * captured it, whatever that led to; if there was none, the stack trace goes to {@code System.err} as it would without this. Several may be
 * installed, and closed in any order. Threads and thread groups with a handler of their own, and tasks whose exception
 * ends in a {@link java.util.concurrent.Future}, never come here.
 *
 * <p><b>Threads:</b> any. On the dying thread it never throws, and blocks only if {@linkplain
 * UncaughtExceptionOptions#processEnds() the process ends}, for the configured time at most.
 */
public final class UncaughtExceptionCapture implements AutoCloseable {

    private static final Object INSTALLATION = new Object();

    private final Link link;

    private UncaughtExceptionCapture(Link link) {
        this.link = link;
    }

    /**
     * Installs a capture in a process that goes on when a thread ends.
     *
     * @param client captures the exceptions; never closed from here
     * @return the installation; close it to have the former handler back
     * @throws IllegalArgumentException if the client is null
     */
    public static UncaughtExceptionCapture install(CaptureClient client) {
        return install(client, UncaughtExceptionOptions.DEFAULT);
    }

    /**
     * Installs a capture.
     *
     * @param client captures the exceptions; never closed from here
     * @param options what such an exception means
     * @return the installation; close it to have the former handler back
     * @throws IllegalArgumentException if an argument is null
     */
    public static UncaughtExceptionCapture install(CaptureClient client, UncaughtExceptionOptions options) {
        if (client == null || options == null) {
            throw new IllegalArgumentException("client and options must not be null");
        }
        synchronized (INSTALLATION) {
            Link link = new Link(client, options, Thread.getDefaultUncaughtExceptionHandler());
            Thread.setDefaultUncaughtExceptionHandler(link);
            return new UncaughtExceptionCapture(link);
        }
    }

    /**
     * Stops capturing and restores the handler that was there. If another was installed since, that one stays, and
     * what it passes on goes straight to the former handler. Idempotent.
     */
    @Override
    public void close() {
        synchronized (INSTALLATION) {
            link.client = null;
            if (Thread.getDefaultUncaughtExceptionHandler() == link) {
                Thread.setDefaultUncaughtExceptionHandler(link.firstOpenBehind());
            }
        }
    }

    /** One handler of the chain; without a client it only passes on. */
    private static final class Link implements UncaughtExceptionHandler {

        /** The threads that are in here: a handler further on may call the default one, which is this. */
        private final Set<Thread> dying = ConcurrentHashMap.newKeySet();

        private final UncaughtExceptionOptions options;
        private final UncaughtExceptionHandler former;
        private volatile CaptureClient client;

        Link(CaptureClient client, UncaughtExceptionOptions options, UncaughtExceptionHandler former) {
            this.client = client;
            this.options = options;
            this.former = former;
        }

        UncaughtExceptionHandler firstOpenBehind() {
            UncaughtExceptionHandler next = former;
            while (next instanceof Link behind && behind.client == null) {
                next = behind.former;
            }
            return next;
        }

        @Override
        public void uncaughtException(Thread thread, Throwable thrown) {
            if (!dying.add(Thread.currentThread())) {
                return;
            }
            try {
                capture(thrown);
            } finally {
                passOnAndLeave(thread, thrown);
            }
        }

        private void capture(Throwable thrown) {
            CaptureClient capturing = client;
            if (capturing == null) {
                return;
            }
            try {
                boolean ends = options.processEnds();
                capturing
                        .exception(thrown, ends ? ExceptionDetails.UNCAUGHT_FATAL : ExceptionDetails.UNCAUGHT)
                        .send();
                if (ends) {
                    capturing.flush(options.flushTimeout());
                }
            } catch (Throwable e) {
                // The thread is dying, perhaps for want of memory; whoever comes next must still hear of it.
                addTo(thrown, e);
            }
        }

        private static void addTo(Throwable thrown, Throwable failure) {
            if (thrown != null && thrown != failure) {
                thrown.addSuppressed(failure);
            }
        }

        private void passOnAndLeave(Thread thread, Throwable thrown) {
            try {
                passOn(thread, thrown);
            } finally {
                dying.remove(Thread.currentThread());
            }
        }

        /** Without a handler as the JVM does, which says nothing of a thread that was stopped on purpose. */
        private void passOn(Thread thread, Throwable thrown) {
            if (former != null) {
                former.uncaughtException(thread, thrown);
            } else if (!(thrown instanceof ThreadDeath)) {
                System.err.print("Exception in thread \"" + thread.getName() + "\" ");
                thrown.printStackTrace(System.err);
            }
        }
    }
}
