package dev.penstock.engine.transport;

import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Tells whether the I/O thread gets on with what it was given, and replaces it if it does not.
 *
 * <p>It gets on if it ends exchanges, or is seen waiting for its sockets, as it does many times a second whatever the
 * servers do. Exchanges alone would not tell: those a silent server leaves open are cancelled by other threads.
 *
 * <p><b>Threads:</b> {@link #handedOver} and {@link #ended} from any; the rest from one, the watchdog's.
 */
public final class IoThread {

    private final ReactorSupervisor supervisor;
    private final Set<HttpExchange> outstanding;
    private final BiConsumer<HttpExchange, String> failing;
    private final AtomicLong handed = new AtomicLong();
    private final AtomicLong signs = new AtomicLong();

    /** How many had been handed over at the last sign of life. */
    private volatile long handedAtSign;

    private long seenSigns;

    /**
     * Makes the view of a transport's I/O thread.
     *
     * @param supervisor has the thread
     * @param outstanding all exchanges that are not settled
     * @param failing ends one for this reason
     */
    IoThread(ReactorSupervisor supervisor, Set<HttpExchange> outstanding, BiConsumer<HttpExchange, String> failing) {
        this.supervisor = supervisor;
        this.outstanding = outstanding;
        this.failing = failing;
    }

    /** An exchange is given to a reactor. */
    void handedOver() {
        handed.incrementAndGet();
    }

    /** An exchange has ended: a sign of life if it is the I/O thread that says so. */
    void ended(HttpExchange exchange) {
        Reactor reactor = exchange.reactor();
        if (reactor != null && reactor == supervisor.current() && reactor.ioThread() == Thread.currentThread()) {
            sign();
        }
    }

    private void sign() {
        handedAtSign = handed.get();
        signs.incrementAndGet();
    }

    /**
     * Looks for a sign of life, where one is due.
     *
     * @return a number that changes with each
     */
    public long progress() {
        Reactor current = supervisor.current();
        if (signs.get() == seenSigns && hasWork() && current != null && current.isSelecting()) {
            sign();
        }
        seenSigns = signs.get();
        return seenSigns;
    }

    /**
     * Whether it carries exchanges, or was given some since its last sign of life. A dead one has no work: the next
     * request replaces it.
     *
     * @return true if a sign of life is due
     */
    public boolean hasWork() {
        Reactor current = supervisor.current();
        return current != null
                && current.isAlive()
                && (handed.get() != handedAtSign || carries(reactor -> reactor == current));
    }

    /**
     * Whether there are exchanges on a thread that has ended.
     *
     * @return true if somebody must help
     */
    public boolean hasDied() {
        return carries(reactor -> !reactor.isAlive());
    }

    /**
     * The thread.
     *
     * @return the thread, or null if there is none now
     */
    public Thread thread() {
        Reactor current = supervisor.current();
        return current == null ? null : current.ioThread();
    }

    /**
     * Replaces a thread that has ended, or else one that stands still. The exchanges on it fail, so that whoever sent them
     * tries again.
     *
     * @return false if there is no new thread: none can be made, or too many stand still already
     */
    public boolean recover() {
        return hasDied() ? replaceDead() : replaceStanding();
    }

    private boolean replaceDead() {
        Reactor fresh = supervisor.live();
        fail(reactor -> !reactor.isAlive(), "I/O thread ended");
        return fresh != null;
    }

    private boolean replaceStanding() {
        Reactor standing = supervisor.current();
        if (standing == null || !supervisor.replaceStanding(standing)) {
            return false;
        }
        sign();
        fail(reactor -> reactor == standing, "I/O thread stood still");
        supervisor.closeStanding(standing);
        return supervisor.current() != null;
    }

    private boolean carries(Predicate<Reactor> which) {
        for (HttpExchange exchange : outstanding) {
            Reactor reactor = exchange.reactor();
            if (reactor != null && which.test(reactor)) {
                return true;
            }
        }
        return false;
    }

    private void fail(Predicate<Reactor> which, String failure) {
        for (HttpExchange exchange : outstanding) {
            Reactor reactor = exchange.reactor();
            if (reactor != null && which.test(reactor)) {
                failing.accept(exchange, failure);
            }
        }
    }
}
