package dev.penstock.stress.proxy;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One connection of a client and the one made for it to the host. Any thread. */
final class Link {
    private final FaultProxy proxy;
    private final Socket client;
    private final Socket host;
    private final AtomicInteger running = new AtomicInteger(2);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Fault fault;

    Link(FaultProxy proxy, Socket client, Socket host, Fault fault) {
        this.proxy = proxy;
        this.client = client;
        this.host = host;
        this.fault = fault;
    }

    void start(String name) throws IOException {
        client.setTcpNoDelay(true);
        host.setTcpNoDelay(true);
        start(name + "-request", new Pump(this, Side.REQUEST, client.getInputStream(), host.getOutputStream()));
        start(name + "-answer", new Pump(this, Side.ANSWER, host.getInputStream(), client.getOutputStream()));
    }

    private static void start(String name, Pump pump) {
        Thread thread = new Thread(pump, name);
        thread.setDaemon(true);
        thread.start();
    }

    Fault fault() {
        return fault;
    }

    void set(Fault next) {
        fault = next;
    }

    FaultCounts counts() {
        return proxy.counts();
    }

    /** Waits, but not longer than this link lives. */
    void pause(long ms) throws InterruptedException {
        if (closed.await(ms, TimeUnit.MILLISECONDS)) {
            throw new InterruptedException("the connection has been closed");
        }
    }

    void endOutput(Side side) throws IOException {
        (side == Side.REQUEST ? host : client).shutdownOutput();
    }

    /** Closes both connections with RST in place of FIN. */
    void reset() {
        if (closed.getCount() > 0) {
            proxy.broke();
        }
        closed.countDown();
        abort(client);
        abort(host);
    }

    private static void abort(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // It was closed already, and stays so.
            assert socket.isClosed() : e;
        }
    }

    void pumpEnded() {
        if (running.decrementAndGet() == 0) {
            closed.countDown();
            closeQuietly(client);
            closeQuietly(host);
            proxy.ended(this);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            assert socket.isClosed() : e;
        }
    }
}
