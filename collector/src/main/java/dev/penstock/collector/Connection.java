package dev.penstock.collector;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Serves the requests of one client connection, one after another, on its own thread.
 * <p>
 * Decides by path, once a request, which handler takes it. {@link #abort()} may be called from any thread.
 */
final class Connection implements Runnable {
    private final CollectorContext context;
    private final CountDownLatch closing;
    private final Socket raw;
    private final long id;
    private final Runnable onEnd;

    private HttpChannel channel;
    private IngestionHandler ingestion;
    private FlagHandler flags;
    private LogHandler logs;

    Connection(CollectorContext context, CountDownLatch closing, Socket raw, long id, Runnable onEnd) {
        this.context = context;
        this.closing = closing;
        this.raw = raw;
        this.id = id;
        this.onEnd = onEnd;
    }

    @Override
    public void run() {
        try {
            raw.setTcpNoDelay(true);
            Socket socket = secured();
            channel = new HttpChannel(context.options(), closing, raw, socket);
            ingestion = new IngestionHandler(context, channel, id);
            flags = new FlagHandler(context.flags(), channel, id);
            logs = new LogHandler(context.logs(), channel, id);
            boolean open = true;
            while (open) {
                open = serveNext();
            }
            socket.close();
        } catch (IOException e) {
            // The client or the collector ended the connection; what was received is counted already.
        } finally {
            abort();
            if (channel != null) {
                channel.close();
            }
            onEnd.run();
        }
    }

    private Socket secured() throws IOException {
        Optional<SSLContext> ssl = context.options().sslContext();
        if (ssl.isEmpty()) {
            return raw;
        }
        SSLSocket secure = (SSLSocket) ssl.get().getSocketFactory().createSocket(raw, null, true);
        secure.startHandshake();
        return secure;
    }

    /** Closes the socket under whatever the connection's thread is doing; never blocks. */
    void abort() {
        try {
            raw.close();
        } catch (IOException e) {
            // Nothing is left to close.
        }
    }

    /** Serves one request; false when the connection must end. */
    private boolean serveNext() throws IOException {
        RequestHead head;
        try {
            head = channel.readHead();
        } catch (InvalidRequestException e) {
            return channel.refuse(refusal(e));
        }
        if (head == null) {
            return false;
        }
        Route route = Route.at(head.path());
        if (route != null) {
            return head.method().equals("POST") ? ingestion.serve(head, route) : serveOther(head, notAllowed("POST"));
        }
        FlagRoute flagRoute = FlagRoute.at(head.path());
        if (flagRoute != null) {
            return head.method().equals(flagRoute.method())
                    ? flags.serve(head, flagRoute)
                    : serveOther(head, notAllowed(flagRoute.method()));
        }
        if (head.path().equals(LogState.PATH)) {
            return head.method().equals("POST") ? logs.serve(head) : serveOther(head, notAllowed("POST"));
        }
        if (head.path().equals("/stats") && head.method().equals("GET")) {
            long logRecords = context.logs().store().recordCount();
            return serveOther(
                    head, Reply.json(200, context.store().stats(logRecords).toJson()));
        }
        return serveOther(head, Reply.json(404, Verdict.errorBody("no such path")));
    }

    private static Reply refusal(InvalidRequestException e) {
        return Verdict.refused(e.status(), e.getMessage()).reply();
    }

    private static Reply notAllowed(String allowed) {
        return Reply.json(405, Verdict.errorBody("only " + allowed + " is answered here"))
                .with(List.of(new Answer.Header("Allow", allowed)));
    }

    private boolean serveOther(RequestHead head, Reply reply) throws IOException {
        try {
            channel.readBody(head, null);
        } catch (InvalidRequestException e) {
            return channel.refuse(refusal(e));
        }
        return channel.write(reply, head);
    }
}
