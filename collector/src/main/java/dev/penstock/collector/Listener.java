package dev.penstock.collector;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Accepts connections on one loopback port from construction to {@link #close()}, and owns their threads. Any thread;
 * closing waits at most five seconds for the threads to end.
 */
final class Listener implements AutoCloseable {
    private static final int BACKLOG = 256;
    private static final long JOIN_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final CollectorContext context;
    private final AtomicLong connectionIds;
    private final ServerSocket server = new ServerSocket();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<Connection, Thread> connections = new HashMap<>();
    private final Thread acceptor;

    Listener(CollectorContext context, int port, AtomicLong connectionIds) throws IOException {
        this.context = context;
        this.connectionIds = connectionIds;
        try {
            server.setReuseAddress(true);
            if (context.options().receiveBuffer() > 0) {
                server.setReceiveBufferSize(context.options().receiveBuffer());
            }
            server.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), BACKLOG);
        } catch (IOException e) {
            server.close();
            throw e;
        }
        acceptor = new Thread(this::acceptAll, "collector-accept-" + server.getLocalPort());
        acceptor.setDaemon(true);
    }

    void start() {
        acceptor.start();
    }

    int port() {
        return server.getLocalPort();
    }

    boolean isListening() {
        return !server.isClosed();
    }

    int openConnections() {
        synchronized (connections) {
            return connections.size();
        }
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                serve(server.accept());
            } catch (IOException e) {
                // Either the listener is closing, or one client gave up before it was accepted.
                if (!server.isClosed() && pausedForClosing()) {
                    return;
                }
            }
        }
    }

    /** Keeps a lack of file descriptors from turning the loop into a busy one. */
    private boolean pausedForClosing() {
        try {
            return closing.await(10, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void serve(Socket socket) throws IOException {
        synchronized (connections) {
            if (closing.getCount() == 0
                    || connections.size() >= context.options().maxConnections()) {
                context.tries().expectGaps();
                socket.close();
                return;
            }
            long id = connectionIds.incrementAndGet();
            Connection[] self = new Connection[1];
            self[0] = new Connection(context, closing, socket, id, () -> forget(self[0]));
            Thread thread = new Thread(self[0], "collector-connection-" + id);
            thread.setDaemon(true);
            connections.put(self[0], thread);
            thread.start();
        }
        context.store().signal();
    }

    private void forget(Connection connection) {
        synchronized (connections) {
            connections.remove(connection);
        }
        context.store().signal();
    }

    void abortConnections() {
        context.tries().expectGaps();
        List<Connection> open;
        synchronized (connections) {
            open = new ArrayList<>(connections.keySet());
        }
        open.forEach(Connection::abort);
    }

    @Override
    public void close() {
        List<Thread> threads = new ArrayList<>();
        synchronized (connections) {
            closing.countDown();
            threads.addAll(connections.values());
        }
        threads.add(acceptor);
        try {
            server.close();
        } catch (IOException e) {
            // The port is given up either way.
        }
        abortConnections();
        long deadline = System.nanoTime() + JOIN_NANOS;
        boolean interrupted = false;
        for (Thread thread : threads) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            try {
                if (left > 0 && thread != Thread.currentThread()) {
                    thread.join(left);
                }
            } catch (InterruptedException e) {
                interrupted = true;
                deadline = System.nanoTime();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
