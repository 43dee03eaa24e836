package dev.penstock.engine.selfcheck;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Connects a socket to the server as the client does: straight, or by the proxy's {@code CONNECT}.
 *
 * <p><b>Threads:</b> any. Blocks until the socket is closed.
 */
final class Tunnel {

    /** What a proxy answers that opens a tunnel. */
    static final int OPEN = 200;

    private static final int MAX_HEAD_BYTES = 8 * 1024;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3})[ \\r]");

    private final CheckTarget target;

    Tunnel(CheckTarget target) {
        this.target = target;
    }

    /**
     * Connects, and asks the proxy for a tunnel if there is one.
     *
     * @return the proxy's status, {@link #OPEN} for any of the 200s and where there is none; 0 if what it says is not HTTP
     */
    int open(Socket socket, InetAddress address) throws IOException {
        socket.connect(new InetSocketAddress(address, target.firstHop().port()));
        if (!target.isProxied()) {
            return OPEN;
        }
        Endpoint server = target.server();
        String request = "CONNECT " + server + " HTTP/1.1\r\nHost: " + server + "\r\nUser-Agent: "
                + target.transport().userAgent() + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        Matcher status = STATUS_LINE.matcher(head(socket.getInputStream()));
        if (!status.lookingAt()) {
            return 0;
        }
        int code = Integer.parseInt(status.group(1));
        return code / 100 == 2 ? OPEN : code;
    }

    /** Byte by byte: what follows the head belongs to TLS. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < MAX_HEAD_BYTES && head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.append((char) next);
        }
        return head.toString();
    }
}
