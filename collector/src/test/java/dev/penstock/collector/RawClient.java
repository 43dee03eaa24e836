package dev.penstock.collector;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.SocketFactory;

/** An HTTP/1.1 client that sends what it is told, well formed or not. Every read times out after ten seconds. */
final class RawClient implements AutoCloseable {
    record Reply(int status, Map<String, String> headers, String body) {}

    private final Socket socket;
    private final InputStream in;

    RawClient(Collector collector) throws IOException {
        this(collector, SocketFactory.getDefault());
    }

    RawClient(Collector collector, SocketFactory factory) throws IOException {
        socket = factory.createSocket("127.0.0.1", collector.port());
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
    }

    static Reply postOnce(Collector collector, String body) throws IOException {
        try (RawClient client = new RawClient(collector)) {
            return client.post(body);
        }
    }

    Reply post(String body) throws IOException {
        return post("/batch", Batches.utf8(body));
    }

    Reply post(String path, byte[] body, String... extraHeaders) throws IOException {
        sendPost(path, body, extraHeaders);
        return read();
    }

    void sendPost(String path, byte[] body, String... extraHeaders) throws IOException {
        StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: collector\r\n");
        boolean typed = false;
        for (String header : extraHeaders) {
            typed |= header.startsWith("Content-Type");
            head.append(header).append("\r\n");
        }
        if (!typed) {
            head.append("Content-Type: application/json\r\n");
        }
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(head.toString().getBytes(StandardCharsets.US_ASCII));
        whole.writeBytes(body);
        send(whole.toByteArray());
    }

    Reply get(String path) throws IOException {
        send("GET " + path + " HTTP/1.1\r\nHost: collector\r\n\r\n");
        return read();
    }

    void send(String text) throws IOException {
        send(Batches.utf8(text));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    Reply read() throws IOException {
        String[] status = line().split(" ", 3);
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("answer cut short");
        }
        return new Reply(Integer.parseInt(status[1]), headers, new String(body, StandardCharsets.UTF_8));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.length() == 0 || line.charAt(line.length() - 1) != '\n') {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("answer ended in the header after \"" + line + "\"");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    /** The next byte, or -1 at the end. */
    int readByte() throws IOException {
        return in.read();
    }

    void timeout(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
