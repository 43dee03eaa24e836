package dev.penstock.engine.selfcheck;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** A server of raw sockets that answers each request by its head. */
final class RawServer implements Closeable {

    /** Instead of an answer: says nothing until the client goes. */
    static final String SILENCE = "silence";

    /** Instead of an answer: connects to the host that {@code CONNECT} asks for, and passes on what comes. */
    static final String TUNNEL = "tunnel";

    private final ServerSocket server;
    private final String greeting;
    private final Function<String, String> answers;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Queue<String> heads = new ConcurrentLinkedQueue<>();

    private RawServer(String greeting, Function<String, String> answers) throws IOException {
        this.greeting = greeting;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.answers = answers;
        daemon(this::accept);
    }

    static RawServer answering(Function<String, String> answers) throws IOException {
        return new RawServer("", answers);
    }

    /** One that speaks first, and not HTTP. */
    static RawServer greeting(String words) throws IOException {
        return new RawServer(words, head -> SILENCE);
    }

    /** An answer without a date. */
    static String answer(int status, String body) {
        return "HTTP/1.1 " + status + " Status\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    URI uri(String scheme) {
        return URI.create(scheme + "://127.0.0.1:" + server.getLocalPort());
    }

    Queue<String> heads() {
        return heads;
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
                daemon(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.getOutputStream().write(greeting.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (String head = head(in); head != null; head = head(in)) {
                heads.add(head);
                in.skipNBytes(contentLength(head));
                String answer = answers.apply(head);
                if (answer.equals(SILENCE)) {
                    in.transferTo(OutputStream.nullOutputStream());
                } else if (answer.equals(TUNNEL)) {
                    tunnel(socket, in, head.split(" ", 3)[1]);
                } else {
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                    socket.getOutputStream().flush();
                }
            }
        } catch (IOException e) {
            // The client went away.
        } finally {
            sockets.remove(socket);
        }
    }

    private void tunnel(Socket client, InputStream in, String endpoint) throws IOException {
        int colon = endpoint.lastIndexOf(':');
        try (Socket target =
                new Socket(endpoint.substring(0, colon), Integer.parseInt(endpoint.substring(colon + 1)))) {
            sockets.add(target);
            client.getOutputStream().write("HTTP/1.1 200 Go\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            daemon(() -> pass(target, client));
            in.transferTo(target.getOutputStream());
        }
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One side has gone.
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static long contentLength(String head) {
        return head.lines()
                .map(line -> line.toLowerCase(Locale.ROOT))
                .filter(line -> line.startsWith("content-length:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElse(0);
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }
}
