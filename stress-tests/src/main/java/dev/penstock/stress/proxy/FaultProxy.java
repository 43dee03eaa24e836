package dev.penstock.stress.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/**
 * Stands between a client and a host on this machine and fails on request, each connection in its own way if need be.
 *
 * <pre>{@code
 * try (FaultProxy proxy = FaultProxy.to(collector.port())) {
 *     // ... a client of proxy.uri() ...
 *     proxy.set(Fault.reset(Side.ANSWER, 0));   // each answer is lost, and its connection too
 *     proxy.set(Fault.NONE);
 * }
 * }</pre>
 *
 * A fault counts on each connection once, when it takes effect.
 * <p>
 * <b>Threads:</b> any; two threads of its own for each connection.
 */
public final class FaultProxy implements AutoCloseable {
    private static final int BACKLOG = 256;
    private static final long ACCEPTOR_END_MS = 5_000;

    private final int port;
    private final int hostPort;
    private final FaultCounts counts = new FaultCounts();
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong broken = new AtomicLong();
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private volatile LongFunction<Fault> forNew = number -> Fault.NONE;
    private ServerSocket listening;
    private Thread acceptor;

    private FaultProxy(int hostPort) throws IOException {
        this.hostPort = hostPort;
        this.listening = listen(0);
        this.port = listening.getLocalPort();
    }

    /**
     * Starts a proxy on a free port of 127.0.0.1.
     *
     * @param hostPort the host's port on 127.0.0.1
     * @return a running proxy, without faults
     */
    public static FaultProxy to(int hostPort) {
        try {
            return new FaultProxy(hostPort);
        } catch (IOException e) {
            throw new UncheckedIOException("the proxy cannot listen", e);
        }
    }

    /**
     * What a client takes for its host.
     *
     * @return the same for the life of the proxy
     */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /**
     * What took effect so far.
     *
     * @return live counts
     */
    public FaultCounts counts() {
        return counts;
    }

    /**
     * Connections ever accepted.
     *
     * @return 0 or more
     */
    public long connections() {
        return connections.get();
    }

    /**
     * Connections that were reset instead of closed, for whatever reason. Two threads that reset one connection at once
     * may count it twice.
     *
     * @return 0 or more
     */
    public long broken() {
        return broken.get();
    }

    /**
     * Connections open now.
     *
     * @return 0 or more
     */
    public int openConnections() {
        return links.size();
    }

    /**
     * Sets the fault of all connections, open and to come. Setting what is set changes nothing.
     *
     * @param fault {@link Fault#NONE} for none
     */
    public void set(Fault fault) {
        Objects.requireNonNull(fault, "fault");
        forNew = number -> fault;
        links.forEach(link -> link.set(fault));
    }

    /**
     * Sets the faults of connections to come; those that are open keep theirs.
     *
     * @param faults called with the number of each connection, from 1
     */
    public void setForNew(LongFunction<Fault> faults) {
        forNew = Objects.requireNonNull(faults, "faults");
    }

    /**
     * Sets the fault of one open connection.
     *
     * @param fault the fault
     * @param pick which of them, by any number
     * @return false if none was open
     */
    public boolean strike(Fault fault, int pick) {
        List<Link> open = new ArrayList<>(links);
        if (open.isEmpty()) {
            return false;
        }
        open.get(Math.floorMod(pick, open.size())).set(fault);
        return true;
    }

    /** Stops listening and resets all connections, as a host that has died: {@link FaultKind#REFUSE}. */
    public synchronized void refuse() {
        if (!listening.isClosed()) {
            counts.count(FaultKind.REFUSE);
            stop();
        }
    }

    /** Listens again after {@link #refuse()}; otherwise does nothing. */
    public synchronized void accept() {
        if (listening.isClosed()) {
            try {
                listening = listen(port);
            } catch (IOException e) {
                throw new UncheckedIOException("port " + port + " cannot be bound again", e);
            }
        }
    }

    /** Ends for good. */
    @Override
    public synchronized void close() {
        stop();
    }

    private void stop() {
        try {
            listening.close();
            // Only when the thread has left it does the system stop accepting in its name.
            acceptor.join(ACCEPTOR_END_MS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        links.forEach(Link::reset);
    }

    private ServerSocket listen(int onPort) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort), BACKLOG);
        acceptor = new Thread(() -> acceptFrom(socket), "fault-proxy-" + socket.getLocalPort());
        acceptor.setDaemon(true);
        acceptor.start();
        return socket;
    }

    private void acceptFrom(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                connect(socket, socket.accept());
            } catch (IOException e) {
                // The socket was closed, which ends the loop, or one client was gone before it was served.
                Thread.onSpinWait();
            }
        }
    }

    private void connect(ServerSocket socket, Socket client) throws IOException {
        long number = connections.incrementAndGet();
        Socket host = new Socket();
        try {
            host.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), hostPort));
        } catch (IOException e) {
            client.setSoLinger(true, 0);
            client.close();
            throw e;
        }
        Link link = new Link(this, client, host, forNew.apply(number));
        links.add(link);
        link.start("fault-proxy-" + port + "-" + number);
        if (socket.isClosed()) {
            link.reset();
        }
    }

    void broke() {
        broken.incrementAndGet();
    }

    void ended(Link link) {
        links.remove(link);
    }
}
