package dev.penstock.stress.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Sends back what it receives, on each connection until its client ends it. */
final class EchoHost implements AutoCloseable {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(10);

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicLong received = new AtomicLong();

    EchoHost() throws IOException {
        start(this::accept);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "echo-host");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                start(() -> echo(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void echo(Socket socket) {
        byte[] piece = new byte[4_096];
        try (socket) {
            for (int count = socket.getInputStream().read(piece);
                    count >= 0;
                    count = socket.getInputStream().read(piece)) {
                received.addAndGet(count);
                socket.getOutputStream().write(piece, 0, count);
            }
        } catch (IOException e) {
            return; // reset, which is what some tests want
        }
    }

    void awaitReceived(long bytes) {
        long deadline = System.nanoTime() + PATIENCE_NS;
        while (received.get() < bytes) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("received " + received.get() + " of " + bytes + " bytes");
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
