package dev.penstock.engine;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;

/**
 * Makes and remembers the threads of one engine: {@code penstock-NAME-ROLE}, daemons unless the user's factory says
 * otherwise.
 *
 * <p><b>Threads:</b> any.
 */
final class EngineThreads {

    private final String prefix;
    private final ThreadFactory factory;
    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();

    EngineThreads(String clientName, ThreadFactory userFactory) {
        this.prefix = "penstock-" + clientName + "-";
        this.factory = userFactory != null ? userFactory : EngineThreads::daemon;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    }

    /** The name of the thread that plays a role. */
    String name(String role) {
        return prefix + role;
    }

    /** A factory whose threads all get this role's name. */
    ThreadFactory role(String role) {
        return task -> {
            Thread thread = factory.newThread(task);
            if (thread == null) {
                throw new IllegalStateException("the configured threadFactory made no thread for " + name(role));
            }
            thread.setName(name(role));
            threads.removeIf(old -> old.getState() == Thread.State.TERMINATED);
            threads.add(thread);
            return thread;
        };
    }

    /** Whether the calling thread is one of these. */
    boolean isOwnThread() {
        return threads.contains(Thread.currentThread());
    }

    /** How many are alive. */
    long alive() {
        return threads.stream().filter(Thread::isAlive).count();
    }
}
