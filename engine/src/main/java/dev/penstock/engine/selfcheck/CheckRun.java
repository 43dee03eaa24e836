package dev.penstock.engine.selfcheck;

import java.net.InetAddress;
import java.util.List;

/**
 * One check under way: what its steps have in common, and what they leave to the ones after them.
 *
 * <p><b>Threads:</b> the one that checks.
 */
final class CheckRun implements AutoCloseable {

    private final CheckTarget target;
    private final CheckTime time;
    private final Aside aside;
    private final Tunnel tunnel;
    private final Exchanges exchanges;
    private final EmptyBatches batches;
    private List<InetAddress> addresses = List.of();
    private InetAddress address;

    CheckRun(CheckTarget target, CheckTime time) {
        this.target = target;
        this.time = time;
        this.aside = new Aside(target.transport().threads(), time);
        this.tunnel = new Tunnel(target);
        this.exchanges = new Exchanges(target, time);
        this.batches = new EmptyBatches(target, exchanges);
    }

    CheckTarget target() {
        return target;
    }

    CheckTime time() {
        return time;
    }

    Aside aside() {
        return aside;
    }

    Tunnel tunnel() {
        return tunnel;
    }

    Exchanges exchanges() {
        return exchanges;
    }

    EmptyBatches batches() {
        return batches;
    }

    /** What the name of the first hop stands for. */
    List<InetAddress> addresses() {
        return addresses;
    }

    void found(List<InetAddress> all) {
        this.addresses = List.copyOf(all);
    }

    /** The one that answers. */
    InetAddress address() {
        return address;
    }

    void reached(InetAddress one) {
        this.address = one;
    }

    @Override
    public void close() {
        exchanges.close();
    }
}
