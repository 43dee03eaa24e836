package dev.penstock.engine.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.apache.hc.client5.http.DnsResolver;

/**
 * The addresses of the one host we connect to, looked up where nobody waits.
 *
 * <p>HttpClient resolves on the thread that sends, or on the I/O thread, and a name server may take half a minute. So
 * a lookup has its own short-lived thread, at most one at a time; HttpClient is answered from memory. Addresses are
 * looked up again after a while, and the old ones serve until then and for as long as that fails.
 *
 * <p><b>Threads:</b> any thread; never blocks.
 */
final class HostAddresses implements DnsResolver {

    /** How addresses are found; the JDK's way but in tests. */
    @FunctionalInterface
    interface Lookup {
        InetAddress[] find(String host) throws UnknownHostException;
    }

    /** Told on the lookup's thread. */
    @FunctionalInterface
    interface Listener {

        /**
         * A lookup has ended.
         *
         * @param failure why there are no addresses, or null if there are
         */
        void onLookup(Throwable failure);
    }

    /** As long as the JDK itself remembers a name by default. */
    private static final long REFRESH_NS = Duration.ofSeconds(30).toNanos();

    private static final String IPV4 = "((25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1?\\d?\\d)";

    private record Known(List<InetAddress> addresses, long sinceNs, boolean literal) {}

    private final String host;
    private final Lookup lookup;
    private final ThreadFactory threads;
    private final LongSupplier nanoClock;
    private final Listener listener;
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile Known known;

    HostAddresses(String host, Lookup lookup, ThreadFactory threads, LongSupplier nanoClock, Listener listener) {
        this.host = host;
        this.lookup = lookup;
        this.threads = threads;
        this.nanoClock = nanoClock;
        this.listener = listener;
        this.known = literal(host);
    }

    /**
     * Whether a connection can be made at once. When the addresses are old, a lookup begins as well.
     *
     * @return true if there are addresses
     */
    boolean isKnown() {
        Known current = known;
        if (current != null && !current.literal && nanoClock.getAsLong() - current.sinceNs > REFRESH_NS) {
            look();
        }
        return current != null;
    }

    /** Begins a lookup unless one is under way; its end is told to the listener, also if it cannot begin. */
    void look() {
        if (!running.compareAndSet(false, true)) {
            return;
        }
        try {
            threads.newThread(this::run).start();
        } catch (Throwable e) {
            end(e);
        }
    }

    @Override
    public InetAddress[] resolve(String name) throws UnknownHostException {
        Known current = known;
        if (current == null) {
            throw new UnknownHostException(name);
        }
        return current.addresses.toArray(new InetAddress[0]);
    }

    @Override
    public String resolveCanonicalHostname(String name) {
        return name;
    }

    private void run() {
        Throwable failure = null;
        try {
            known = new Known(List.of(lookup.find(host)), nanoClock.getAsLong(), false);
        } catch (Throwable e) {
            failure = e;
        }
        end(failure);
    }

    private void end(Throwable failure) {
        Known current = known;
        if (failure != null && current != null) {
            // Not again at once.
            known = new Known(current.addresses, nanoClock.getAsLong(), false);
        }
        // Before the listener: whoever comes now begins a new lookup instead of waiting for this one.
        running.set(false);
        listener.onLookup(current == null ? failure : null);
    }

    private static Known literal(String host) {
        boolean numeric = !host.isEmpty() && host.charAt(0) >= '0' && host.charAt(0) <= '9';
        if (host.indexOf(':') < 0 && !(numeric && host.matches(IPV4))) {
            return null;
        }
        try {
            return new Known(List.of(InetAddress.getByName(host)), 0, true);
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
