package dev.penstock.engine.transport;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of raw sockets: each connection runs a script on its own thread. */
final class WireServer implements Closeable {

    static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n{\"status\": 1}";

    /** What a connection does; its end closes the connection. */
    @FunctionalInterface
    interface Script {
        void run(Peer peer) throws IOException;
    }

    private final ServerSocket server;
    private final String scheme;
    private final Script script;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final BlockingQueue<String> heads = new LinkedBlockingQueue<>();
    private final BlockingQueue<byte[]> bodies = new LinkedBlockingQueue<>();

    WireServer(Script script) throws IOException {
        this("http", new ServerSocket(0, 512, InetAddress.getLoopbackAddress()), script);
    }

    WireServer(String scheme, ServerSocket server, Script script) {
        this.server = server;
        this.scheme = scheme;
        this.script = script;
        daemon(this::accept);
    }

    /** Answers each request on a connection with the same bytes. */
    static Script answering(String response) {
        return peer -> {
            while (peer.readRequest()) {
                peer.write(response);
            }
        };
    }

    /** Reads the request and then says nothing until the client goes. */
    static Script hanging() {
        return peer -> {
            peer.readRequest();
            peer.awaitEnd();
        };
    }

    URI uri() {
        return URI.create(scheme + "://127.0.0.1:" + port());
    }

    int port() {
        return server.getLocalPort();
    }

    /** How many connections were ever made. */
    int accepted() {
        return accepted.get();
    }

    /** How many of them are open. */
    int open() {
        return sockets.size();
    }

    /** Request heads as they came, in order. */
    Queue<String> heads() {
        return heads;
    }

    Queue<byte[]> bodies() {
        return bodies;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                sockets.add(socket);
                accepted.incrementAndGet();
                daemon(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            script.run(new Peer(socket));
        } catch (IOException e) {
            // The client went away, or refused our certificate.
        } finally {
            sockets.remove(socket);
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "wire-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** The server's end of one connection. */
    final class Peer {
        private final Socket socket;
        private final InputStream in;

        Peer(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream());
        }

        Socket socket() {
            return socket;
        }

        /** Reads and records one head; null at the end. */
        String readHead() throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    return null;
                }
                head.append((char) next);
            }
            heads.add(head.toString());
            return head.toString();
        }

        /** Reads and records one request; false at the end. */
        boolean readRequest() throws IOException {
            String head = readHead();
            if (head != null) {
                bodies.add(in.readNBytes(contentLength(head)));
            }
            return head != null;
        }

        void write(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        }

        /** Reads until the client hangs up. */
        void awaitEnd() throws IOException {
            byte[] waste = new byte[8192];
            while (in.read(waste) >= 0) {
                // What comes is of no interest.
            }
        }

        /** Ends the connection with a reset. */
        void reset() throws SocketException {
            socket.setSoLinger(true, 0);
        }
    }

    private static int contentLength(String head) {
        for (String line : head.split("\r\n", -1)) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                return Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        return 0;
    }
}
