package dev.penstock.client.segment;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientConfig;
import dev.penstock.client.ClientStats;
import dev.penstock.client.Compressor;
import dev.penstock.client.ErrorListener;
import dev.penstock.client.Outcome;
import dev.penstock.client.OverflowPolicy;
import dev.penstock.client.SamplingRules;
import dev.penstock.client.SaturationListener;
import dev.penstock.client.SpoolSettings;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Everything that can be set about a client that speaks to Segment. Made by {@link #builder(String)}, validated once by
 * {@link Builder#build()}.
 *
 * <pre>{@code
 * SegmentConfig config = SegmentConfig.builder("your-write-key")
 *         .host(SegmentConfig.EU_HOST)
 *         .linger(Duration.ofMillis(200))
 *         .build();
 * }</pre>
 *
 * <p>{@link #toString()} never shows the write key or a header's value.
 *
 * <p><b>Threads:</b> immutable; any thread. The builder belongs to one thread.
 */
public final class SegmentConfig {

    /** The host for workspaces in the United States. */
    public static final URI US_HOST = URI.create("https://api.segment.io");

    /**
     * The host for workspaces in the European Union. What belongs to one of them and is sent to {@link #US_HOST} gives
     * no error and does not appear.
     */
    public static final URI EU_HOST = URI.create("https://events.eu1.segmentapis.com");

    /** The host used when none is given: {@link #US_HOST}. */
    public static final URI DEFAULT_HOST = US_HOST;

    /** Default of {@link Builder#name}; not that of event clients, so that one of each can be told apart. */
    public static final String DEFAULT_NAME = "segment";

    /** Default of {@link Builder#enabled}. */
    public static final boolean DEFAULT_ENABLED = ClientConfig.DEFAULT_ENABLED;

    /** Default of {@link Builder#maxBatchMessages}. */
    public static final int DEFAULT_MAX_BATCH_MESSAGES = 250;

    /** Default of {@link Builder#maxBatchBytes}. */
    public static final int DEFAULT_MAX_BATCH_BYTES = 500_000;

    /** Default of {@link Builder#linger}. */
    public static final Duration DEFAULT_LINGER = ClientConfig.DEFAULT_LINGER;

    /** Default of {@link Builder#maxMessageBytes}. */
    public static final int DEFAULT_MAX_MESSAGE_BYTES = 32_000;

    /** Default of {@link Builder#ringSlots}. */
    public static final int DEFAULT_RING_SLOTS = ClientConfig.DEFAULT_RING_SLOTS;

    /** Default of {@link Builder#lanes}. */
    public static final int DEFAULT_LANES = ClientConfig.DEFAULT_LANES;

    /** Default of {@link Builder#largeMessageArenaBytes}. */
    public static final long DEFAULT_LARGE_MESSAGE_ARENA_BYTES = ClientConfig.DEFAULT_LARGE_EVENT_ARENA_BYTES;

    /** Default of {@link Builder#overflowPolicy}. */
    public static final OverflowPolicy DEFAULT_OVERFLOW_POLICY = ClientConfig.DEFAULT_OVERFLOW_POLICY;

    /** Default of {@link Builder#overflowWait}. */
    public static final Duration DEFAULT_OVERFLOW_WAIT = ClientConfig.DEFAULT_OVERFLOW_WAIT;

    /** Default of {@link Builder#saturationLevels}: from which share of a ring on the client is saturated. */
    public static final double DEFAULT_SATURATION_HIGH = ClientConfig.DEFAULT_SATURATION_HIGH;

    /** Default of {@link Builder#saturationLevels}: down to which share it stays so. */
    public static final double DEFAULT_SATURATION_LOW = ClientConfig.DEFAULT_SATURATION_LOW;

    /** Default of {@link Builder#sampling}. */
    public static final SamplingRules DEFAULT_SAMPLING = ClientConfig.DEFAULT_SAMPLING;

    /** Default of {@link Builder#maxInFlightRequests}. */
    public static final int DEFAULT_MAX_IN_FLIGHT_REQUESTS = ClientConfig.DEFAULT_MAX_IN_FLIGHT_REQUESTS;

    /** Default of {@link Builder#maxInFlightBytes}. */
    public static final long DEFAULT_MAX_IN_FLIGHT_BYTES = ClientConfig.DEFAULT_MAX_IN_FLIGHT_BYTES;

    /** Default of {@link Builder#maxRetries}. */
    public static final int DEFAULT_MAX_RETRIES = 9;

    /** Default of {@link Builder#retryDelay}. */
    public static final Duration DEFAULT_RETRY_DELAY = Duration.ofMillis(500);

    /** Default of {@link Builder#deliveryDeadline}. */
    public static final Duration DEFAULT_DELIVERY_DEADLINE = Duration.ofHours(12);

    /** Default of {@link Builder#requestTimeout}. */
    public static final Duration DEFAULT_REQUEST_TIMEOUT = ClientConfig.DEFAULT_REQUEST_TIMEOUT;

    /** Default of {@link Builder#connectTimeout}. */
    public static final Duration DEFAULT_CONNECT_TIMEOUT = ClientConfig.DEFAULT_CONNECT_TIMEOUT;

    /** Default of {@link Builder#compression}. */
    public static final boolean DEFAULT_COMPRESSION = ClientConfig.DEFAULT_COMPRESSION;

    /** Default of {@link Builder#compressor}. */
    public static final Compressor DEFAULT_COMPRESSOR = ClientConfig.DEFAULT_COMPRESSOR;

    /** Default of {@link Builder#splitOnBadRequest}. */
    public static final boolean DEFAULT_SPLIT_ON_BAD_REQUEST = ClientConfig.DEFAULT_SPLIT_ON_BAD_REQUEST;

    /** Default of {@link Builder#contextInMessages}. */
    public static final boolean DEFAULT_CONTEXT_IN_MESSAGES = false;

    /** Default of {@link Builder#listenerQueueMessages}. */
    public static final int DEFAULT_LISTENER_QUEUE_MESSAGES = ClientConfig.DEFAULT_LISTENER_QUEUE_EVENTS;

    /** Default of {@link Builder#closeTimeout}. */
    public static final Duration DEFAULT_CLOSE_TIMEOUT = ClientConfig.DEFAULT_CLOSE_TIMEOUT;

    /** Default of {@link Builder#circuitFailures}. */
    public static final int DEFAULT_CIRCUIT_FAILURES = ClientConfig.DEFAULT_CIRCUIT_FAILURES;

    /** Default of {@link Builder#stallTimeout}. */
    public static final Duration DEFAULT_STALL_TIMEOUT = ClientConfig.DEFAULT_STALL_TIMEOUT;

    /** Default of {@link Builder#spool}. */
    public static final SpoolSettings DEFAULT_SPOOL = ClientConfig.DEFAULT_SPOOL;

    /** Default of {@link Builder#debug}. */
    public static final boolean DEFAULT_DEBUG = ClientConfig.DEFAULT_DEBUG;

    private static final Context EMPTY = Context.builder().build();

    private static final int MAX_BATCH_MESSAGES = 2_500;
    // The most that the other configuration allows; a batch of messages is not closed by it.
    private static final int MAX_ENGINE_BATCH_EVENTS = 1_000;
    private static final int MIN_BATCH_BYTES = 1_024;
    private static final int MIN_MESSAGE_BYTES = 1_024;
    private static final long MAX_ARENA_BYTES = 1L << 30;
    private static final int MAX_LISTENER_QUEUE = 1 << 20;
    private static final Duration MIN_RETRY_DELAY = Duration.ofMillis(10);
    private static final Duration MAX_RETRY_DELAY = Duration.ofSeconds(60);
    private static final Duration MIN_DEADLINE = Duration.ofSeconds(1);
    private static final Duration MAX_DEADLINE = Duration.ofDays(7);

    private final ClientConfig engine;
    private final int maxBatchMessages;
    private final Duration retryDelay;
    private final Duration deliveryDeadline;
    private final RetryPolicy retryPolicy;
    private final Context defaultContext;
    private final boolean contextInMessages;
    private final MessageListener messageListener;

    private SegmentConfig(Builder builder, ClientConfig engine) {
        this.engine = engine;
        this.maxBatchMessages = builder.maxBatchMessages;
        this.retryDelay = builder.retryDelay;
        this.deliveryDeadline = builder.deliveryDeadline;
        this.retryPolicy = builder.retryPolicy;
        this.defaultContext = builder.defaultContext;
        this.contextInMessages = builder.contextInMessages;
        this.messageListener = builder.messageListener;
    }

    /**
     * Begins a configuration.
     *
     * @param writeKey the source's write key; blanks around it are removed. Null or blank makes an inert client: one
     *     warning, every message is answered {@link CaptureResult#DISABLED}, no request is ever made
     * @return a builder with every default
     */
    public static Builder builder(String writeKey) {
        return new Builder(writeKey);
    }

    /**
     * Begins a configuration from the environment: the key from {@code SEGMENT_WRITE_KEY}, the host from {@code
     * SEGMENT_HOST}. A variable that is not set leaves its default.
     *
     * @return a builder
     * @throws IllegalArgumentException if {@code SEGMENT_HOST} is not a usable URL
     */
    public static Builder fromEnvironment() {
        return fromEnvironment(System.getenv());
    }

    static Builder fromEnvironment(Map<String, String> environment) {
        return builder(environment.get("SEGMENT_WRITE_KEY")).host(environment.get("SEGMENT_HOST"));
    }

    /**
     * What both kinds of client have in common, as the engine reads it; its key is the write key.
     *
     * <p>It is for engines, not for {@link dev.penstock.client.CaptureClients#create}, whose client would send events to a host
     * that takes messages. It holds at most 1,000 events for a batch and no retry delay: how many messages close a batch is
     * {@link #maxBatchMessages()}, and the delay is {@link #retryDelay()}.
     *
     * @return the configuration below this one; never null
     */
    public ClientConfig engine() {
        return engine;
    }

    /**
     * The source's write key.
     *
     * @return the key, or an empty string for an inert client
     */
    public String writeKey() {
        return engine.apiKey();
    }

    /**
     * The base URL of the host.
     *
     * @return the URL, without a slash at its end
     */
    public URI host() {
        return engine.host();
    }

    /**
     * Headers added to every request.
     *
     * @return name to value; unmodifiable
     */
    public Map<String, String> headers() {
        return engine.headers();
    }

    /**
     * A name for this client, part of its thread names ({@code penstock-NAME-...}) and log lines; see {@link
     * Builder#name}.
     *
     * @return the value; default segment
     */
    public String name() {
        return engine.name();
    }

    /**
     * Whether the client takes messages in at all; see {@link Builder#enabled}.
     *
     * @return the value; default true
     */
    public boolean enabled() {
        return engine.enabled();
    }

    /**
     * How many messages close a batch; see {@link Builder#maxBatchMessages}.
     *
     * @return the value; default 250
     */
    public int maxBatchMessages() {
        return maxBatchMessages;
    }

    /**
     * How many bytes of JSON, before compression and with the envelope, close a batch; see {@link
     * Builder#maxBatchBytes}.
     *
     * @return the value; default 500,000
     */
    public int maxBatchBytes() {
        return engine.maxBatchBytes();
    }

    /**
     * The longest time a message waits for company in an open batch; see {@link Builder#linger}.
     *
     * @return the value; default 500 ms
     */
    public Duration linger() {
        return engine.linger();
    }

    /**
     * The largest message, in bytes of JSON; see {@link Builder#maxMessageBytes}.
     *
     * @return the value; default 32,000
     */
    public int maxMessageBytes() {
        return engine.maxEventBytes();
    }

    /**
     * How many slots of 256 bytes the ring has, per lane; see {@link Builder#ringSlots}.
     *
     * @return the value; default 32,768
     */
    public int ringSlots() {
        return engine.ringSlots();
    }

    /**
     * How many rings with a pipeline thread each; see {@link Builder#lanes}.
     *
     * @return the value; default 1
     */
    public int lanes() {
        return engine.lanes();
    }

    /**
     * How many bytes messages of more than 16 KiB may hold on the heap until they are encoded; see {@link
     * Builder#largeMessageArenaBytes}.
     *
     * @return the value; default 16 MiB
     */
    public long largeMessageArenaBytes() {
        return engine.largeEventArenaBytes();
    }

    /**
     * What becomes of a message when the ring has no room; see {@link Builder#overflowPolicy}.
     *
     * @return the value; default {@link OverflowPolicy#DROP_NEWEST}
     */
    public OverflowPolicy overflowPolicy() {
        return engine.overflowPolicy();
    }

    /**
     * The longest a caller waits under {@link OverflowPolicy#WAIT}; see {@link Builder#overflowWait}.
     *
     * @return the value; default 10 ms
     */
    public Duration overflowWait() {
        return engine.overflowWait();
    }

    /**
     * Told when the rings fill up and when they are empty enough again; see {@link Builder#saturationListener}.
     *
     * @return the value, or null if it was not set
     */
    public SaturationListener saturationListener() {
        return engine.saturationListener();
    }

    /**
     * From which share of a ring's slots on the client is saturated; see {@link Builder#saturationLevels}.
     *
     * @return the value; default 0.75
     */
    public double saturationHigh() {
        return engine.saturationHigh();
    }

    /**
     * Down to which share of every ring's slots the client stays saturated; see {@link Builder#saturationLevels}.
     *
     * @return the value; default 0.5
     */
    public double saturationLow() {
        return engine.saturationLow();
    }

    /**
     * Which tracks are left out, by name; see {@link Builder#sampling}.
     *
     * @return the value; default {@link SamplingRules#NONE}
     */
    public SamplingRules sampling() {
        return engine.sampling();
    }

    /**
     * How many requests, and so connections, are open at a time, per lane; see {@link Builder#maxInFlightRequests}.
     *
     * @return the value; default 4
     */
    public int maxInFlightRequests() {
        return engine.maxInFlightRequests();
    }

    /**
     * How many bytes closed batches may hold until they are settled, per lane; see {@link Builder#maxInFlightBytes}.
     *
     * @return the value; default 16 MiB
     */
    public long maxInFlightBytes() {
        return engine.maxInFlightBytes();
    }

    /**
     * How often a batch is tried again after its first try; see {@link Builder#maxRetries}.
     *
     * @return the value; default 9
     */
    public int maxRetries() {
        return engine.maxRetries();
    }

    /**
     * The delay from which those before retries grow; see {@link Builder#retryDelay}.
     *
     * @return the value; default 500 ms
     */
    public Duration retryDelay() {
        return retryDelay;
    }

    /**
     * How long after its first try a batch may still be tried again; see {@link Builder#deliveryDeadline}.
     *
     * @return the value; default 12 hours
     */
    public Duration deliveryDeadline() {
        return deliveryDeadline;
    }

    /**
     * Says how long to wait before a retry, in place of the doubling {@link #retryDelay}; see {@link
     * Builder#retryPolicy}.
     *
     * @return the value, or null if it was not set
     */
    public RetryPolicy retryPolicy() {
        return retryPolicy;
    }

    /**
     * The longest a request may take in all, from connecting to the end of the answer; see {@link
     * Builder#requestTimeout}.
     *
     * @return the value; default 10 s
     */
    public Duration requestTimeout() {
        return engine.requestTimeout();
    }

    /**
     * The longest that connecting, and the TLS handshake after it, may each take; see {@link Builder#connectTimeout}.
     *
     * @return the value; default 2 s
     */
    public Duration connectTimeout() {
        return engine.connectTimeout();
    }

    /**
     * What compresses request bodies; see {@link Builder#compressor}.
     *
     * @return the value; default {@link Compressor#EVENT_AWARE}
     */
    public Compressor compressor() {
        return engine.compressor();
    }

    /**
     * Whether request bodies are compressed with gzip; see {@link Builder#compression}.
     *
     * @return the value; default true
     */
    public boolean compression() {
        return engine.compression();
    }

    /**
     * Whether a batch answered 400 is cut in half to find the message at fault; see {@link Builder#splitOnBadRequest}.
     *
     * @return the value; default true
     */
    public boolean splitOnBadRequest() {
        return engine.splitOnBadRequest();
    }

    /**
     * What is said about every message: the context of each batch; see {@link Builder#defaultContext}.
     *
     * @return the context; never null, empty by default
     */
    public Context defaultContext() {
        return defaultContext;
    }

    /**
     * Whether the default context is copied into each message as well; see {@link Builder#contextInMessages}.
     *
     * @return the value; default false
     */
    public boolean contextInMessages() {
        return contextInMessages;
    }

    /**
     * Told how every message ended; see {@link Builder#messageListener}.
     *
     * @return the value, or null if it was not set
     */
    public MessageListener messageListener() {
        return messageListener;
    }

    /**
     * How many messages may wait to be told to the {@link MessageListener}; see {@link Builder#listenerQueueMessages}.
     *
     * @return the value; default 16,384
     */
    public int listenerQueueMessages() {
        return engine.listenerQueueEvents();
    }

    /**
     * Told about trouble that no single call can report; see {@link Builder#errorListener}.
     *
     * @return the value, or null if it was not set
     */
    public ErrorListener errorListener() {
        return engine.errorListener();
    }

    /**
     * How long {@link SegmentAnalytics#close()} spends on delivery; see {@link Builder#closeTimeout}.
     *
     * @return the value; default 5 s
     */
    public Duration closeTimeout() {
        return engine.closeTimeout();
    }

    /**
     * After how many failures in a row the server counts as away; see {@link Builder#circuitFailures}.
     *
     * @return the value; default 8
     */
    public int circuitFailures() {
        return engine.circuitFailures();
    }

    /**
     * How long a part may stand still with work before it; see {@link Builder#stallTimeout}.
     *
     * @return the value; default 10 s
     */
    public Duration stallTimeout() {
        return engine.stallTimeout();
    }

    /**
     * Where and when messages are kept on disk; see {@link Builder#spool}.
     *
     * @return the value; default {@link SpoolSettings#OFF}
     */
    public SpoolSettings spool() {
        return engine.spool();
    }

    /**
     * An HTTP proxy such as {@code http://proxy.internal:3128}; see {@link Builder#proxy}.
     *
     * @return the value, or null if it was not set
     */
    public URI proxy() {
        return engine.proxy();
    }

    /**
     * TLS settings, such as a private certificate authority; see {@link Builder#sslContext}.
     *
     * @return the value, or null if it was not set
     */
    public SSLContext sslContext() {
        return engine.sslContext();
    }

    /**
     * Where the client logs; see {@link Builder#logger}.
     *
     * @return the value, or null if it was not set
     */
    public System.Logger logger() {
        return engine.logger();
    }

    /**
     * Whether debug messages are on from the start; see {@link Builder#debug}.
     *
     * @return the value; default false
     */
    public boolean debug() {
        return engine.debug();
    }

    /**
     * Makes the client's threads; see {@link Builder#threadFactory}.
     *
     * @return the value, or null if it was not set
     */
    public ThreadFactory threadFactory() {
        return engine.threadFactory();
    }

    /**
     * The wall clock for timestamps and {@code sentAt}; see {@link Builder#clock}.
     *
     * @return the value, or null if it was not set
     */
    public InstantSource clock() {
        return engine.clock();
    }

    /**
     * Makes the ids of messages that come without one; see {@link Builder#idSource}.
     *
     * @return the value, or null if it was not set
     */
    public Supplier<UUID> idSource() {
        return engine.idSource();
    }

    @Override
    public String toString() {
        return "SegmentConfig{name=" + name() + ", host=" + host() + ", writeKey="
                + (writeKey().isEmpty() ? "none" : "***")
                + ", lanes=" + lanes() + ", ringSlots=" + ringSlots() + ", maxBatchMessages=" + maxBatchMessages
                + ", maxBatchBytes=" + maxBatchBytes() + ", linger=" + linger() + ", overflowPolicy=" + overflowPolicy()
                + ", deliveryDeadline=" + deliveryDeadline + "}";
    }

    /**
     * Collects options; {@link #build()} checks them all.
     *
     * <p><b>Threads:</b> one thread at a time.
     */
    public static final class Builder {

        private final String writeKey;
        private final ClientConfig.Builder engine;
        private int maxBatchMessages = DEFAULT_MAX_BATCH_MESSAGES;
        private int maxBatchBytes = DEFAULT_MAX_BATCH_BYTES;
        private int maxMessageBytes = DEFAULT_MAX_MESSAGE_BYTES;
        private long largeMessageArenaBytes = DEFAULT_LARGE_MESSAGE_ARENA_BYTES;
        private Duration retryDelay = DEFAULT_RETRY_DELAY;
        private Duration deliveryDeadline = DEFAULT_DELIVERY_DEADLINE;
        private RetryPolicy retryPolicy;
        private Context defaultContext = EMPTY;
        private boolean contextInMessages = DEFAULT_CONTEXT_IN_MESSAGES;
        private MessageListener messageListener;
        private int listenerQueueMessages = DEFAULT_LISTENER_QUEUE_MESSAGES;

        private Builder(String writeKey) {
            this.writeKey = writeKey == null ? "" : writeKey.strip();
            this.engine = ClientConfig.builder(this.writeKey)
                    .host(DEFAULT_HOST.toString())
                    .name(DEFAULT_NAME)
                    .maxRetries(DEFAULT_MAX_RETRIES);
        }

        /**
         * The base URL of the host. A path is kept, a slash at the end is removed. Default {@link
         * SegmentConfig#DEFAULT_HOST}; a workspace in the European Union needs {@link SegmentConfig#EU_HOST}.
         *
         * @param url an http or https URL without user info, query or fragment; null or blank means the default
         * @return this
         * @throws IllegalArgumentException if it is anything else
         */
        public Builder host(String url) {
            engine.host(url == null || url.isBlank() ? DEFAULT_HOST.toString() : url);
            return this;
        }

        /**
         * The base URL of the host, as {@link #host(String)} takes it.
         *
         * @param url an http or https URL without user info, query or fragment; null means the default
         * @return this
         * @throws IllegalArgumentException if it is anything else
         */
        public Builder host(URI url) {
            return host(url == null ? null : url.toString());
        }

        /**
         * Adds a header to every request. Headers that belong to the protocol cannot be set: content type, encoding
         * and length, host, connection, transfer encoding. An {@code Authorization} gives way to the client's own.
         *
         * @param name the header's name
         * @param value the header's value, without line breaks
         * @return this
         * @throws IllegalArgumentException if the name or value cannot be a header or belongs to the protocol
         */
        public Builder header(String name, String value) {
            engine.header(name, value);
            return this;
        }

        /**
         * A name for this client, part of its thread names ({@code penstock-NAME-...}) and log lines. Default segment;
         * range 1 to 40 characters.
         *
         * @param name the value
         * @return this
         */
        public Builder name(String name) {
            engine.name(name);
            return this;
        }

        /**
         * Whether the client takes messages in at all. Default true; range true or false. When false every message is
         * answered {@link CaptureResult#DISABLED} and no thread is started.
         *
         * @param enabled the value
         * @return this
         */
        public Builder enabled(boolean enabled) {
            engine.enabled(enabled);
            return this;
        }

        /**
         * How many messages close a batch. Default 250; range 1 to 2,500. Larger batches compress better and cost fewer
         * requests; smaller ones leave earlier. Of more than 2,500 the server would take none, behind a 200.
         *
         * @param maxBatchMessages the value
         * @return this
         */
        public Builder maxBatchMessages(int maxBatchMessages) {
            this.maxBatchMessages = maxBatchMessages;
            return this;
        }

        /**
         * How many bytes of JSON, before compression and with the envelope, close a batch. Default 500,000, which is
         * the most that the server takes; range 1,024 to 500,000. Exact to the byte; a message that does not fit with
         * the envelope travels alone.
         *
         * @param maxBatchBytes the value
         * @return this
         */
        public Builder maxBatchBytes(int maxBatchBytes) {
            this.maxBatchBytes = maxBatchBytes;
            return this;
        }

        /**
         * The longest time a message waits for company in an open batch. Default 500 ms; range 0 to 1 hour. Zero sends
         * what is there at every turn of the pipeline, about every millisecond.
         *
         * @param linger the value
         * @return this
         */
        public Builder linger(Duration linger) {
            engine.linger(linger);
            return this;
        }

        /**
         * The largest message, in bytes of JSON. Default 32,000, which is the most that the server takes; range 1,024
         * to 32,000. A larger message is answered {@link CaptureResult#TOO_LARGE} or, where only the exact size shows
         * it, {@link Outcome#REFUSED}.
         *
         * @param maxMessageBytes the value
         * @return this
         */
        public Builder maxMessageBytes(int maxMessageBytes) {
            this.maxMessageBytes = maxMessageBytes;
            return this;
        }

        /**
         * How many slots of 256 bytes the ring has, per lane. Default 32,768; range a power of two from 64 to
         * 1,048,576. This memory (8 MiB by default) is taken at start and never grows; a typical message takes one
         * slot, so this is how many fit while the server is slow.
         *
         * @param ringSlots the value
         * @return this
         */
        public Builder ringSlots(int ringSlots) {
            engine.ringSlots(ringSlots);
            return this;
        }

        /**
         * How many rings with a pipeline thread each. Default 1; range 1 to 8. Producers on different lanes never
         * contend and batches are encoded in parallel; order is kept within a producing thread.
         *
         * @param lanes the value
         * @return this
         */
        public Builder lanes(int lanes) {
            engine.lanes(lanes);
            return this;
        }

        /**
         * How many bytes messages of more than 16 KiB may hold on the heap until they are encoded. Default 16 MiB;
         * range 0 to 1 GiB. Beyond it such messages are answered {@link CaptureResult#RING_FULL}; nothing is reserved
         * before it is used.
         *
         * @param largeMessageArenaBytes the value
         * @return this
         */
        public Builder largeMessageArenaBytes(long largeMessageArenaBytes) {
            this.largeMessageArenaBytes = largeMessageArenaBytes;
            return this;
        }

        /**
         * What becomes of a message when the ring has no room. Default {@link OverflowPolicy#DROP_NEWEST}; range any.
         *
         * @param overflowPolicy the value
         * @return this
         */
        public Builder overflowPolicy(OverflowPolicy overflowPolicy) {
            engine.overflowPolicy(overflowPolicy);
            return this;
        }

        /**
         * The longest a caller waits under {@link OverflowPolicy#WAIT}. Default 10 ms; range 1 microsecond to 10
         * seconds. Without effect under {@link OverflowPolicy#DROP_NEWEST}.
         *
         * @param overflowWait the value
         * @return this
         */
        public Builder overflowWait(Duration overflowWait) {
            engine.overflowWait(overflowWait);
            return this;
        }

        /**
         * Told when the rings fill up and when they are empty enough again. Null for none.
         *
         * @param saturationListener the value, or null
         * @return this
         */
        public Builder saturationListener(SaturationListener saturationListener) {
            engine.saturationListener(saturationListener);
            return this;
        }

        /**
         * When the {@link SaturationListener} is told: as soon as one ring has reached the high level, and as soon as
         * every ring is down at the low one again. Default 0.75 and 0.5. Looked at about every millisecond.
         *
         * @param high a share of a ring's slots, from 0.01 to 0.9
         * @param low a share of a ring's slots, from 0 to below {@code high}
         * @return this
         */
        public Builder saturationLevels(double high, double low) {
            engine.saturationLevels(high, low);
            return this;
        }

        /**
         * Which tracks are left out, by name. Default {@link SamplingRules#NONE}. Without rules this costs nothing.
         *
         * @param sampling the value
         * @return this
         */
        public Builder sampling(SamplingRules sampling) {
            engine.sampling(sampling);
            return this;
        }

        /**
         * How many requests, and so connections, are open at a time, per lane. Default 4; range 1 to 64. One keeps
         * batches strictly in order while nothing is retried; gains end at about four.
         *
         * @param maxInFlightRequests the value
         * @return this
         */
        public Builder maxInFlightRequests(int maxInFlightRequests) {
            engine.maxInFlightRequests(maxInFlightRequests);
            return this;
        }

        /**
         * How many bytes closed batches may hold until they are settled, per lane. Default 16 MiB; range 1 MiB to 1
         * GiB. When it is used up the pipeline stops reading and the ring fills: back-pressure, not heap.
         *
         * @param maxInFlightBytes the value
         * @return this
         */
        public Builder maxInFlightBytes(long maxInFlightBytes) {
            engine.maxInFlightBytes(maxInFlightBytes);
            return this;
        }

        /**
         * How often a batch is tried again after its first try. Default 9, which makes 10 tries; range 0 to 100. Then
         * its messages are {@link Outcome#EXPIRED}. A {@code Retry-After} is obeyed up to 300 s, and the try after it does
         * not count.
         *
         * @param maxRetries the value
         * @return this
         */
        public Builder maxRetries(int maxRetries) {
            engine.maxRetries(maxRetries);
            return this;
        }

        /**
         * The delay from which those before retries grow. Before the first retry a batch waits a random time from zero
         * to this; the bound doubles with each further one, up to 60 s. A {@code Retry-After} can only lengthen the
         * wait; it is obeyed up to 300 s, and the try after it does not count. Default 500 ms; range 10 ms to 60 s. Without
         * effect under a {@link #retryPolicy(RetryPolicy)}.
         *
         * @param retryDelay the value
         * @return this
         */
        public Builder retryDelay(Duration retryDelay) {
            this.retryDelay = retryDelay;
            return this;
        }

        /**
         * How long after its first try a batch may still be tried again. Default 12 hours; range 1 second to 7 days.
         * When the next try could not begin in that time, its messages are {@link Outcome#EXPIRED}.
         *
         * @param deliveryDeadline the value
         * @return this
         */
        public Builder deliveryDeadline(Duration deliveryDeadline) {
            this.deliveryDeadline = deliveryDeadline;
            return this;
        }

        /**
         * Says how long to wait before a retry, in place of the doubling {@link #retryDelay}. Null, the default, for
         * none. How often and how long batches are retried is still for {@link #maxRetries} and {@link
         * #deliveryDeadline(Duration)} to say. It runs on the pipeline thread, which sends nothing meanwhile: it must not
         * block.
         *
         * @param retryPolicy the value, or null
         * @return this
         */
        public Builder retryPolicy(RetryPolicy retryPolicy) {
            this.retryPolicy = retryPolicy;
            return this;
        }

        /**
         * The longest a request may take in all, from connecting to the end of the answer. Default 10 s; range 100 ms
         * to 5 minutes. Then it counts as unanswered and is retried.
         *
         * @param requestTimeout the value
         * @return this
         */
        public Builder requestTimeout(Duration requestTimeout) {
            engine.requestTimeout(requestTimeout);
            return this;
        }

        /**
         * The longest that connecting, and the TLS handshake after it, may each take. Default 2 s; range 10 ms to 1
         * minute.
         *
         * @param connectTimeout the value
         * @return this
         */
        public Builder connectTimeout(Duration connectTimeout) {
            engine.connectTimeout(connectTimeout);
            return this;
        }

        /**
         * What compresses request bodies. Default {@link Compressor#EVENT_AWARE}; range {@link Compressor}. {@link
         * Compressor#ZLIB} is there for comparison, and for whoever trusts nothing else.
         *
         * @param compressor the value
         * @return this
         */
        public Builder compressor(Compressor compressor) {
            engine.compressor(compressor);
            return this;
        }

        /**
         * Whether request bodies are compressed with gzip. Default true; range true or false. Off saves most of the
         * pipeline's CPU and costs about four times the bandwidth.
         *
         * @param compression the value
         * @return this
         */
        public Builder compression(boolean compression) {
            engine.compression(compression);
            return this;
        }

        /**
         * Whether a batch answered 400 is cut in half to find the message at fault. Default true; range true or false.
         * When false the whole batch is {@link Outcome#REFUSED}; 413 is always split.
         *
         * @param splitOnBadRequest the value
         * @return this
         */
        public Builder splitOnBadRequest(boolean splitOnBadRequest) {
            engine.splitOnBadRequest(splitOnBadRequest);
            return this;
        }

        /**
         * What is said about every message: the context of each batch. A message's own context is sent with the
         * message. Default empty; range at most 32,000 bytes of JSON with the library's own member, which is checked when the
         * client is made.
         *
         * @param defaultContext the context; null means an empty one
         * @return this
         */
        public Builder defaultContext(Context defaultContext) {
            this.defaultContext = defaultContext == null ? EMPTY : defaultContext;
            return this;
        }

        /**
         * Whether the default context is copied into each message as well. Default false; range true or false. For
         * receivers that ignore the context of a batch; it makes every message larger by that much, and counts towards
         * {@link #maxMessageBytes(int)}, of which it may then be half at most, the library's own member included.
         *
         * @param contextInMessages the value
         * @return this
         */
        public Builder contextInMessages(boolean contextInMessages) {
            this.contextInMessages = contextInMessages;
            return this;
        }

        /**
         * Told how every message ended. Null for none. Costs an inflation of each batch, on the listener's own thread.
         *
         * @param messageListener the value, or null
         * @return this
         */
        public Builder messageListener(MessageListener messageListener) {
            this.messageListener = messageListener;
            return this;
        }

        /**
         * How many messages may wait to be told to the {@link MessageListener}. Default 16,384; range 1 to 1,048,576.
         * Beyond it notices are dropped and counted.
         *
         * @param listenerQueueMessages the value
         * @return this
         */
        public Builder listenerQueueMessages(int listenerQueueMessages) {
            this.listenerQueueMessages = listenerQueueMessages;
            return this;
        }

        /**
         * Told about trouble that no single call can report. Null for none.
         *
         * @param errorListener the value, or null
         * @return this
         */
        public Builder errorListener(ErrorListener errorListener) {
            engine.errorListener(errorListener);
            return this;
        }

        /**
         * How long {@link SegmentAnalytics#close()} spends on delivery. Default 5 s; range 0 to 1 hour.
         *
         * @param closeTimeout the value
         * @return this
         */
        public Builder closeTimeout(Duration closeTimeout) {
            engine.closeTimeout(closeTimeout);
            return this;
        }

        /**
         * After how many failed requests in a row, over all batches, the server counts as away. Default 8; range 0 to
         * 1,000, where 0 means never. It is then asked with one request at a time, after a wait that grows from {@link
         * #retryDelay} to 30 s, until an answer comes; the other batches wait meanwhile, and their retries with them. A
         * {@code Retry-After} holds for all batches, whatever this is.
         *
         * @param circuitFailures the value
         * @return this
         */
        public Builder circuitFailures(int circuitFailures) {
            engine.circuitFailures(circuitFailures);
            return this;
        }

        /**
         * How long a part of the client, such as a pipeline or the I/O thread, may stand still with work before it until
         * the watchdog says so, counts it in {@link ClientStats#health()} and, where that is possible, sets it going again.
         * Default 10 s; range 1 s to 1 hour.
         *
         * @param stallTimeout the value
         * @return this
         */
        public Builder stallTimeout(Duration stallTimeout) {
            engine.stallTimeout(stallTimeout);
            return this;
        }

        /**
         * Where and when messages are kept on disk. Default {@link SpoolSettings#OFF}.
         *
         * @param spool the value
         * @return this
         */
        public Builder spool(SpoolSettings spool) {
            engine.spool(spool);
            return this;
        }

        /**
         * An HTTP proxy such as {@code http://proxy.internal:3128}. Null for none. Requests to an {@code https} host
         * are tunnelled through it.
         *
         * @param proxy the value, or null
         * @return this
         */
        public Builder proxy(URI proxy) {
            engine.proxy(proxy);
            return this;
        }

        /**
         * TLS settings, such as a private certificate authority. Null for the JDK's. Host names are verified in either
         * case.
         *
         * @param sslContext the value, or null
         * @return this
         */
        public Builder sslContext(SSLContext sslContext) {
            engine.sslContext(sslContext);
            return this;
        }

        /**
         * Where the client logs. Null for {@code System.getLogger("dev.penstock")}. A healthy run logs nothing at INFO
         * or above.
         *
         * @param logger the value, or null
         * @return this
         */
        public Builder logger(System.Logger logger) {
            engine.logger(logger);
            return this;
        }

        /**
         * Whether debug messages are on from the start. See {@link SegmentAnalytics#debug(boolean)}. Default false;
         * range true or false.
         *
         * @param debug the value
         * @return this
         */
        public Builder debug(boolean debug) {
            engine.debug(debug);
            return this;
        }

        /**
         * Makes the client's threads. Null for daemon threads. The client sets their names either way.
         *
         * @param threadFactory the value, or null
         * @return this
         */
        public Builder threadFactory(ThreadFactory threadFactory) {
            engine.threadFactory(threadFactory);
            return this;
        }

        /**
         * The wall clock for timestamps and {@code sentAt}. Null for the system's. Read by the client's threads about
         * every millisecond, never while a message is taken in.
         *
         * @param clock the value, or null
         * @return this
         */
        public Builder clock(InstantSource clock) {
            engine.clock(clock);
            return this;
        }

        /**
         * Makes the ids of messages that come without one. Null for UUIDv7 made without allocation. Called on the
         * thread that enqueues.
         *
         * @param idSource the value, or null
         * @return this
         */
        public Builder idSource(Supplier<UUID> idSource) {
            engine.idSource(idSource);
            return this;
        }

        /**
         * Shows each message at once, for development: {@link #maxBatchMessages(int)} of 1 and {@link #debug}. What is
         * set afterwards counts.
         *
         * @return this
         */
        public Builder development() {
            return maxBatchMessages(1).debug(true);
        }

        /**
         * Checks every option and makes the configuration. The builder can be used further; what it made does not
         * change.
         *
         * @return the configuration
         * @throws IllegalArgumentException if an option is out of range; the message names the option, its value (never
         *     that of the write key) and the range
         */
        public SegmentConfig build() {
            SegmentCheck.writeKey(writeKey);
            SegmentCheck.range(maxBatchMessages, "maxBatchMessages", 1, MAX_BATCH_MESSAGES);
            SegmentCheck.range(maxBatchBytes, "maxBatchBytes", MIN_BATCH_BYTES, DEFAULT_MAX_BATCH_BYTES);
            SegmentCheck.range(maxMessageBytes, "maxMessageBytes", MIN_MESSAGE_BYTES, DEFAULT_MAX_MESSAGE_BYTES);
            SegmentCheck.range(largeMessageArenaBytes, "largeMessageArenaBytes", 0, MAX_ARENA_BYTES);
            SegmentCheck.range(retryDelay, "retryDelay", MIN_RETRY_DELAY, MAX_RETRY_DELAY);
            SegmentCheck.range(deliveryDeadline, "deliveryDeadline", MIN_DEADLINE, MAX_DEADLINE);
            SegmentCheck.range(listenerQueueMessages, "listenerQueueMessages", 1, MAX_LISTENER_QUEUE);
            return new SegmentConfig(
                    this,
                    engine.maxBatchEvents(Math.min(maxBatchMessages, MAX_ENGINE_BATCH_EVENTS))
                            .maxBatchBytes(maxBatchBytes)
                            .maxEventBytes(maxMessageBytes)
                            .largeEventArenaBytes(largeMessageArenaBytes)
                            .listenerQueueEvents(listenerQueueMessages)
                            .build());
        }
    }
}
