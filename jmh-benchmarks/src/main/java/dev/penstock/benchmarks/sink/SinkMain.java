package dev.penstock.benchmarks.sink;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;

/**
 * The sink as a process: says its port, has a thread for each connection, and ends with its input, so that it never
 * outlives whoever started it.
 */
final class SinkMain {
    private static final int BACKLOG = 64;

    private SinkMain() {}

    /**
     * Runs until the input ends.
     *
     * @param args the file of its counts
     */
    public static void main(String[] args) throws IOException {
        SinkCounts counts = SinkCounts.map(Path.of(args[0]));
        try (ServerSocket server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress())) {
            start("sink", () -> accept(server, counts));
            System.out.println(server.getLocalPort());
            System.out.flush();
            while (System.in.read() >= 0) {
                // Nothing is said to it.
            }
        }
    }

    private static void accept(ServerSocket server, SinkCounts counts) {
        try {
            while (true) {
                Socket socket = server.accept();
                start("sink-connection-" + socket.getPort(), new SinkConnection(socket, counts));
            }
        } catch (IOException closed) {
            // The input has ended.
        }
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
