package dev.penstock.engine.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.engine.transport.Fetch;
import dev.penstock.engine.transport.FetchAnswer;
import dev.penstock.engine.transport.FetchRequest;
import dev.penstock.engine.transport.FetchSink;
import dev.penstock.engine.transport.Fetcher;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Keeps requests until the test answers them. Answers cancelled ones as well if told to, as a transport never would.
 *
 * <p><b>Threads:</b> any.
 */
public final class ScriptedFetcher implements Fetcher {

    /** A request and what became of it. */
    public static final class Asked implements Fetch {

        private final FetchRequest request;
        private final FetchSink sink;
        private volatile boolean answered;
        private volatile boolean cancelled;

        Asked(FetchRequest request, FetchSink sink) {
            this.request = request;
            this.sink = sink;
        }

        /** What was asked. */
        public FetchRequest request() {
            return request;
        }

        /** Whether it was given up. */
        public boolean isCancelled() {
            return cancelled;
        }

        @Override
        public boolean cancel() {
            cancelled |= !answered;
            return cancelled;
        }

        /** Answers it. */
        public void answer(FetchAnswer answer) {
            answered = true;
            sink.onFetched(answer);
        }

        /** Answers with a status alone. */
        public void answer(int status) {
            answer(new FetchAnswer(status, null, 0, null, new byte[0], null, null));
        }

        /** Answers 200 with a body. */
        public void answer(String etag, String body) {
            answer(new FetchAnswer(200, etag, 0, null, body.getBytes(UTF_8), null, null));
        }
    }

    private final List<Asked> requests = new CopyOnWriteArrayList<>();

    @Override
    public Fetch fetch(FetchRequest request, FetchSink sink) {
        Asked asked = new Asked(request, sink);
        requests.add(asked);
        return asked;
    }

    /** All requests so far. */
    public List<Asked> requests() {
        return requests;
    }

    /** How many there were. */
    public int count() {
        return requests.size();
    }

    /** The latest. */
    public Asked last() {
        return requests.get(requests.size() - 1);
    }
}
