package dev.penstock.collector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/**
 * A stand-in for an ingestion host of PostHog or Segment that runs in this process, checks what it receives and fails on request.
 * <p>
 * Give {@link #uri()} to a client as its host:
 *
 * <pre>{@code
 * try (Collector collector = Collector.start()) {
 *     URI host = collector.uri();
 *     // ... capture something with a client of that host, then
 *     collector.awaitEvents(1, Duration.ofSeconds(5));
 *     assertEquals("invoice paid", collector.events().get(0).event());
 * }
 * }</pre>
 *
 * It listens on 127.0.0.1 and speaks HTTP/1.1 with kept-alive connections, plain or over TLS:
 * <ul>
 *   <li>{@code POST /batch} and {@code POST /batch/}: a batch in the classic form, plain or gzip. The whole body is
 *       parsed and every rule of the format checked, names used twice in an object included, in both modes. Valid
 *       requests get 200 and {@code {"status":1}}; others 400 and {@code {"error":"<reason>"}}; a project key other than
 *       a configured one gets 401. {@link #answerNext} and its neighbours change that.
 *   <li>{@code POST /i/v1/analytics/events}: a batch in the newer form, plain, gzip, deflate or what a
 *       {@linkplain Builder#decoder decoder} was given for. Header, body and what must hold from one try of a request to
 *       the next are checked. Valid requests get 200 and {@code {"results":{"<uuid>":{"result":"ok"}}}}; others an error
 *       in three parts. An event whose name begins with {@code $ai_} is answered {@code drop}, and its request is both
 *       taken and invalid. {@link Answer#verdicts(EventVerdicts)} changes the verdicts.
 *   <li>{@code POST /i/v0/ai/batch/}: AI events, with the rules of {@code /batch}. Without the slash at the end, 308.
 *   <li>{@code POST /v1/batch} and {@code POST /v1/import}: messages of Segment, plain or gzip, with the write key as the
 *       user of Basic authorization or in the body. What Segment takes with 200 and then drops gets 400 here, and another
 *       write key 401. Also refused with 400: a message over 32,000 bytes, a request over 500,000 bytes or 2,500 messages,
 *       and a message id used twice in it; a message without {@code messageId} or {@code timestamp} and a batch without
 *       {@code sentAt}; a timestamp without time or zone; null for a member of the batch, of a message or of
 *       {@code integrations}; a name used twice in an object; a known member of {@code context} of another type than it
 *       has; and, on the batch path, {@code traits} or {@code properties} in a message whose type has none. There, a
 *       batch with a {@code messageId} is known again: a later try must hold the same messages in the same order, with a
 *       later {@code sentAt}, and an {@code X-Retry-Count} that the first try has not and that grows. The import path
 *       takes messages of 32,768 and requests of 512,000 bytes, as its client sends them.
 *       Valid requests get 200 and {@code {"success":true}}; others {@code {"success":false,"error":"<reason>"}}.
 *   <li>{@code POST /i/v1/logs}: log records, see {@link #logs()}.
 *   <li>{@link FlagRoute}: flag definitions, evaluations and remote configs, see {@link #flags()}.
 *   <li>{@code GET /stats}: {@link CollectorStats} as JSON.
 *   <li>anything else: 404.
 * </ul>
 * Received data stays readable after {@link #stop()} and {@link #close()}.
 * <p>
 * <b>Threads:</b> any thread. Nothing but the {@code await} methods, {@code stop}, {@code restart} and {@code close}
 * blocks, these for a bounded time.
 * <b>Allocation:</b> in {@link CollectorMode#COUNT}, receiving allocates a little a request and nothing an event once
 * warm, but 24 bytes an event of the analytics route, whose last tries are remembered, up to a million events. Log records are
 * read as objects in both modes, which are garbage once counted. In {@link CollectorMode#STORE}, about twice the size of
 * the plain bodies.
 */
public final class Collector implements AutoCloseable {
    private final CollectorContext context;
    private final FlagEndpoints flags;
    private final LogEndpoint logs;
    private final AtomicLong connectionIds = new AtomicLong();
    private final int port;
    private Listener listener;
    private boolean closed;

    private Collector(CollectorContext context) throws IOException {
        this.context = context;
        flags = new FlagEndpoints(context.flags());
        logs = new LogEndpoint(context.logs());
        listener = new Listener(context, context.options().port(), connectionIds);
        port = listener.port();
        listener.start();
    }

    /**
     * Starts a collector with default options on a free port.
     *
     * @return a running collector, to be closed by the caller
     * @throws UncheckedIOException if no port can be bound
     */
    public static Collector start() {
        return builder().start();
    }

    /**
     * Begins a collector with options.
     *
     * @return a builder with the defaults
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The base URI to configure as the host.
     *
     * @return {@code http://127.0.0.1:port}, or {@code https} with TLS; the same for the life of the collector
     */
    public URI uri() {
        return URI.create((context.options().sslContext().isPresent() ? "https" : "http") + "://127.0.0.1:" + port);
    }

    /**
     * The port, also while stopped.
     *
     * @return 1 to 65535
     */
    public int port() {
        return port;
    }

    /**
     * What the flag routes answer and have received.
     *
     * @return the same each time
     */
    public FlagEndpoints flags() {
        return flags;
    }

    /**
     * What the logs route has received, and how it answers.
     *
     * @return the same each time
     */
    public LogEndpoint logs() {
        return logs;
    }

    // Scripted answers

    /**
     * Queues answers for the next ingestion requests, one each, in the order their headers arrive. The queue goes before
     * conditions and the standing answer.
     *
     * @param answers what to do with them
     */
    public void answerNext(Answer... answers) {
        context.script().all().enqueue(List.of(answers));
    }

    /**
     * Queues answers for the next requests to one route, one each, in the order their headers arrive. This queue goes
     * before that of {@link #answerNext}.
     *
     * @param route the route
     * @param answers what to do with them
     */
    public void answerNextTo(Route route, Answer... answers) {
        context.script().enqueue(Objects.requireNonNull(route, "route"), List.of(answers));
    }

    /**
     * Sets the standing answer for ingestion requests that nothing else is scripted for.
     *
     * @param answer what to do with them
     */
    public void answerAll(Answer answer) {
        context.script().all().always(Objects.requireNonNull(answer, "answer"));
    }

    /**
     * Answers requests of one kind differently until {@link #answerNormally()}; the first condition that holds decides.
     * A condition sees the parsed request, its status still 0, in either mode.
     *
     * <pre>{@code
     * collector.answerWhen(request -> request.hasEvent("poison"), Answer.status(400));
     * }</pre>
     *
     * A standing answer that acts before the body is read, or reads it slowly, goes before conditions.
     *
     * @param condition called on a connection's thread, perhaps on several at once; if it throws, the answer is 500
     * @param answer what to do with them; must be one that reads the body at full speed
     * @throws IllegalArgumentException if the answer acts before the body has been read
     */
    public void answerWhen(Predicate<ReceivedRequest> condition, Answer answer) {
        context.script().all().when(condition, answer);
    }

    /** Forgets all scripted answers. Requests that hang already go on hanging. */
    public void answerNormally() {
        context.script().clear();
    }

    /** Answers the requests that hang now, as if they had just been read: events of valid ones then count. */
    public void release() {
        context.gate().release();
    }

    // What was received

    /**
     * The events received and stored, in the order their requests were read.
     *
     * @return an unmodifiable copy; empty in {@link CollectorMode#COUNT}
     */
    public List<ReceivedEvent> events() {
        return context.store().events();
    }

    /**
     * The events of one route among {@link #events()}.
     *
     * @param route the route
     * @return an unmodifiable list
     */
    public List<ReceivedEvent> eventsBy(Route route) {
        return events().stream().filter(event -> event.route() == route).toList();
    }

    /**
     * The ingestion requests received and stored, refused and failed ones included, in the order they were read.
     *
     * @return an unmodifiable copy; empty in {@link CollectorMode#COUNT}
     */
    public List<ReceivedRequest> requests() {
        return context.store().requests();
    }

    /**
     * The requests to one route among {@link #requests()}.
     *
     * @param route the route
     * @return an unmodifiable list
     */
    public List<ReceivedRequest> requestsTo(Route route) {
        return requests().stream().filter(request -> request.route() == route).toList();
    }

    /**
     * The totals so far.
     *
     * @return the totals at one moment, log records right before it
     */
    public CollectorStats stats() {
        return context.store().stats(context.logs().store().recordCount());
    }

    /**
     * Why requests were invalid, in order.
     *
     * @return an unmodifiable copy of the first 1,000 reasons
     */
    public List<String> invalidReasons() {
        return context.store().reasons();
    }

    /**
     * Tells whether {@link #events()} and {@link #requests()} are complete.
     *
     * @return false in {@link CollectorMode#COUNT}, and once a storage bound has been met; from then on requests are
     *     counted only
     */
    public boolean storedAll() {
        return context.options().stores() && context.store().hasRoom();
    }

    /**
     * Connections open now.
     *
     * @return 0 or more
     */
    public synchronized int openConnections() {
        return listener.openConnections();
    }

    /**
     * Connections ever accepted; {@link #reset()} does not touch it.
     *
     * @return 0 or more
     */
    public long totalConnections() {
        return connectionIds.get();
    }

    // Waiting

    /**
     * Waits until this many events count as received.
     *
     * @param count events, duplicates included
     * @param atMost longest wait
     * @throws AssertionError if the time runs out; the message shows the state
     * @throws IllegalStateException if interrupted; the thread's interrupt flag is set
     */
    public void awaitEvents(int count, Duration atMost) {
        if (!context.store().await(() -> context.store().eventCount() >= count, atMost)) {
            throw missed(count + " events", atMost);
        }
    }

    /**
     * Waits until this many events that came by one route count as received.
     *
     * @param route the route
     * @param count events, duplicates included
     * @param atMost longest wait
     * @throws AssertionError if the time runs out; the message shows the state
     * @throws IllegalStateException if interrupted; the thread's interrupt flag is set
     */
    public void awaitEventsBy(Route route, int count, Duration atMost) {
        if (!context.store().await(() -> context.store().eventCount(route) >= count, atMost)) {
            throw missed(count + " events by " + route, atMost);
        }
    }

    /**
     * Waits until this many ingestion requests have been read.
     *
     * @param count requests, refused and failed ones included
     * @param atMost longest wait
     * @throws AssertionError if the time runs out; the message shows the state
     * @throws IllegalStateException if interrupted; the thread's interrupt flag is set
     */
    public void awaitRequests(int count, Duration atMost) {
        if (!context.store().await(() -> context.store().requestCount() >= count, atMost)) {
            throw missed(count + " requests", atMost);
        }
    }

    /**
     * Waits until exactly this many connections are open.
     *
     * @param count connections
     * @param atMost longest wait
     * @throws AssertionError if the time runs out; the message shows the state
     * @throws IllegalStateException if interrupted; the thread's interrupt flag is set
     */
    public void awaitOpenConnections(int count, Duration atMost) {
        Listener current = listener();
        if (!context.store().await(() -> current.openConnections() == count, atMost)) {
            throw missed(count + " open connections", atMost);
        }
    }

    private AssertionError missed(String what, Duration atMost) {
        return new AssertionError("expected " + what + " within " + atMost + ", but got " + stats() + ", "
                + openConnections() + " open of " + totalConnections() + " connections, invalid for "
                + invalidReasons());
    }

    // Life cycle

    /**
     * Forgets everything received and scripted, for flags and logs too, and ends hanging requests without an answer. Connections
     * stay open; a request being read meanwhile leaves no trace. Flag definitions are those of the file again, if there is
     * one, and none otherwise.
     */
    public void reset() {
        context.script().clear();
        context.gate().drop();
        context.store().reset();
        context.flags().reset();
        context.logs().reset();
        context.tries().reset();
    }

    /** Closes the open connections at once, between or inside requests, and goes on listening. */
    public void closeConnections() {
        listener().abortConnections();
    }

    /**
     * Stops listening and closes all connections, as in an outage: clients are refused until {@link #restart()}. Does
     * nothing when stopped. Waits for threads to end, at most five seconds.
     */
    public void stop() {
        listener().close();
    }

    /**
     * Listens again on the same port, with everything received and scripted as it was. Stops first if it is running.
     *
     * @throws IllegalStateException if the collector has been closed
     * @throws UncheckedIOException if another process has taken the port meanwhile
     */
    public synchronized void restart() {
        if (closed) {
            throw new IllegalStateException("the collector is closed");
        }
        listener.close();
        try {
            listener = new Listener(context, port, connectionIds);
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " cannot be bound again", e);
        }
        listener.start();
    }

    /** Stops for good and closes the record file. Further calls do nothing. */
    @Override
    public synchronized void close() {
        listener.close();
        if (closed) {
            return;
        }
        closed = true;
        if (context.recordFile() != null) {
            try {
                context.recordFile().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    synchronized boolean isClosed() {
        return closed;
    }

    boolean isListening() {
        return listener().isListening();
    }

    private synchronized Listener listener() {
        return listener;
    }

    /**
     * Options of a {@link Collector}; each may be left out.
     * <p>
     * <b>Threads:</b> one thread at a time. A builder may start several collectors, when it names no port.
     */
    public static final class Builder {
        /** Longest request header by default: 32 KiB. */
        public static final int DEFAULT_MAX_HEADER_BYTES = 32 << 10;

        /** Largest body as sent by default: 20 MiB. */
        public static final int DEFAULT_MAX_BODY_BYTES = 20 << 20;

        /** Largest body after decoding by default: 64 MiB. */
        public static final int DEFAULT_MAX_INFLATED_BYTES = 64 << 20;

        /** Connections open at once by default: 1,024. */
        public static final int DEFAULT_MAX_CONNECTIONS = 1_024;

        /** Events stored by default: 1,000,000. */
        public static final int DEFAULT_MAX_STORED_EVENTS = 1_000_000;

        /** Plain body bytes stored by default: 256 MiB. */
        public static final long DEFAULT_MAX_STORED_BYTES = 256L << 20;

        private final Map<String, BodyDecoder> decoders = new HashMap<>();
        private int port;
        private Optional<SSLContext> sslContext = Optional.empty();
        private CollectorMode mode = CollectorMode.STORE;
        private Optional<Path> recordTo = Optional.empty();
        private Optional<String> apiKey = Optional.empty();
        private Optional<String> secretKey = Optional.empty();
        private Optional<Path> flagDefinitions = Optional.empty();
        private int maxHeaderBytes = DEFAULT_MAX_HEADER_BYTES;
        private int maxBodyBytes = DEFAULT_MAX_BODY_BYTES;
        private int maxInflatedBytes = DEFAULT_MAX_INFLATED_BYTES;
        private int maxConnections = DEFAULT_MAX_CONNECTIONS;
        private int maxStoredEvents = DEFAULT_MAX_STORED_EVENTS;
        private long maxStoredBytes = DEFAULT_MAX_STORED_BYTES;
        private int receiveBuffer;

        private Builder() {}

        /**
         * Sets the port.
         *
         * @param value 0 to 65535; 0, the default, takes a free one
         * @return this
         */
        public Builder port(int value) {
            port = (int) inRange("port", value, 0, 65_535);
            return this;
        }

        /**
         * Speaks TLS.
         *
         * @param context holds the certificate; default none, plain text
         * @return this
         */
        public Builder sslContext(SSLContext context) {
            sslContext = Optional.of(context);
            return this;
        }

        /**
         * Sets how much is kept.
         *
         * @param value default {@link CollectorMode#STORE}
         * @return this
         */
        public Builder mode(CollectorMode value) {
            mode = Objects.requireNonNull(value, "mode");
            return this;
        }

        /**
         * Also appends each event that counts as received to a file, one a line, as the bytes received without line
         * breaks between tokens. A request's events are in the file before it is answered; if they cannot be written, it
         * gets 500 and they do not count.
         *
         * @param file made when absent, otherwise appended to; default none
         * @return this
         */
        public Builder recordTo(Path file) {
            recordTo = Optional.of(file);
            return this;
        }

        /**
         * Accepts one project key, which is also the write key of the Segment route, only.
         *
         * @param key the key; default any that is not blank
         * @return this
         */
        public Builder apiKey(String key) {
            apiKey = Optional.of(key);
            return this;
        }

        /**
         * Accepts one secret key only where flag routes ask for one.
         *
         * @param key the key; default any
         * @return this
         */
        public Builder secretKey(String key) {
            secretKey = Optional.of(key);
            return this;
        }

        /**
         * Serves flag definitions from a file, which is looked at whenever they are asked for and read again when it has
         * changed. A version that cannot be used leaves the last good one; {@link FlagEndpoints#fileProblems()} tells.
         *
         * @param file a JSON object as the definitions route answers it; default none
         * @return this
         */
        public Builder flagDefinitions(Path file) {
            flagDefinitions = Optional.of(file);
            return this;
        }

        /**
         * Bounds request headers; a longer one gets 431.
         *
         * @param bytes 256 to 1 MiB; default {@value #DEFAULT_MAX_HEADER_BYTES}
         * @return this
         */
        public Builder maxHeaderBytes(int bytes) {
            maxHeaderBytes = (int) inRange("maxHeaderBytes", bytes, 256, 1 << 20);
            return this;
        }

        /**
         * Bounds bodies as sent; a larger one gets 413 and counts as invalid.
         *
         * @param bytes 1 to 1 GiB; default {@value #DEFAULT_MAX_BODY_BYTES}
         * @return this
         */
        public Builder maxBodyBytes(int bytes) {
            maxBodyBytes = (int) inRange("maxBodyBytes", bytes, 1, 1 << 30);
            return this;
        }

        /**
         * Bounds bodies after decoding; a larger one gets 413 and counts as invalid.
         *
         * @param bytes 1 to 1 GiB; default {@value #DEFAULT_MAX_INFLATED_BYTES}
         * @return this
         */
        public Builder maxInflatedBytes(int bytes) {
            maxInflatedBytes = (int) inRange("maxInflatedBytes", bytes, 1, 1 << 30);
            return this;
        }

        /**
         * Bounds the connections open at once; further ones are closed as soon as they are accepted.
         *
         * @param count at least 1; default {@value #DEFAULT_MAX_CONNECTIONS}
         * @return this
         */
        public Builder maxConnections(int count) {
            maxConnections = (int) inRange("maxConnections", count, 1, Integer.MAX_VALUE);
            return this;
        }

        /**
         * Bounds the events, and likewise the requests, that are stored; beyond it they are counted only.
         *
         * @param count at least 0; default {@value #DEFAULT_MAX_STORED_EVENTS}
         * @return this
         */
        public Builder maxStoredEvents(int count) {
            maxStoredEvents = (int) inRange("maxStoredEvents", count, 0, Integer.MAX_VALUE);
            return this;
        }

        /**
         * Bounds the plain bodies that are stored; beyond it requests are counted only. Memory used is about twice this.
         *
         * @param bytes at least 0; default {@value #DEFAULT_MAX_STORED_BYTES}
         * @return this
         */
        public Builder maxStoredBytes(long bytes) {
            maxStoredBytes = inRange("maxStoredBytes", bytes, 0, Long.MAX_VALUE);
            return this;
        }

        /**
         * Asks the operating system for a receive buffer of this size, so that a slow reader soon stalls its client.
         *
         * @param bytes at least 1; default the system's choice
         * @return this
         */
        public Builder receiveBuffer(int bytes) {
            receiveBuffer = (int) inRange("receiveBuffer", bytes, 1, Integer.MAX_VALUE);
            return this;
        }

        /**
         * Takes one more content encoding on the analytics route, which answers 415 to any but gzip and deflate otherwise.
         *
         * <pre>{@code
         * Collector.builder().decoder("zstd", ZstdInputStream::new).start();
         * }</pre>
         *
         * @param encoding value of {@code Content-Encoding}, such as {@code br} or {@code zstd}
         * @param decoder undoes it; what it gives is read up to the bound of {@link #maxInflatedBytes(int)}
         * @return this
         * @throws IllegalArgumentException for gzip and deflate, which are always taken
         */
        public Builder decoder(String encoding, BodyDecoder decoder) {
            if (encoding.equals("gzip") || encoding.equals("deflate")) {
                throw new IllegalArgumentException("encoding " + encoding + " is always taken");
            }
            decoders.put(encoding, Objects.requireNonNull(decoder, "decoder"));
            return this;
        }

        /**
         * Starts a collector with these options.
         *
         * @return a running collector, to be closed by the caller
         * @throws UncheckedIOException if the port cannot be bound, or the record file or definitions file not opened
         * @throws IllegalArgumentException if the definitions file holds no flag definitions
         */
        public Collector start() {
            CollectorOptions options = new CollectorOptions(
                    port,
                    sslContext,
                    mode,
                    recordTo,
                    apiKey,
                    secretKey,
                    maxHeaderBytes,
                    maxBodyBytes,
                    maxInflatedBytes,
                    maxConnections,
                    maxStoredEvents,
                    maxStoredBytes,
                    receiveBuffer,
                    Map.copyOf(decoders));
            RecordFile record = null;
            try {
                Optional<DefinitionsFile> definitions = openDefinitions();
                record = recordTo.isPresent() ? new RecordFile(recordTo.get()) : null;
                EventStore store = new EventStore(maxStoredEvents, maxStoredBytes);
                FlagState flags = new FlagState(options, definitions);
                return new Collector(new CollectorContext(
                        options,
                        store,
                        new RouteScript(),
                        new HangGate(),
                        record,
                        flags,
                        new LogState(options),
                        new Tries()));
            } catch (IOException e) {
                closeQuietly(record, e);
                throw new UncheckedIOException("the collector cannot start", e);
            }
        }

        private Optional<DefinitionsFile> openDefinitions() throws IOException {
            return flagDefinitions.isPresent()
                    ? Optional.of(new DefinitionsFile(flagDefinitions.get()))
                    : Optional.empty();
        }

        private static void closeQuietly(RecordFile record, IOException cause) {
            try {
                if (record != null) {
                    record.close();
                }
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }

        private static long inRange(String name, long value, long low, long high) {
            if (value < low || value > high) {
                throw new IllegalArgumentException(name + " is " + value + ", must be " + low + " to " + high);
            }
            return value;
        }
    }
}
