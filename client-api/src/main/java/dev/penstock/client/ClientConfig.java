package dev.penstock.client;

import dev.penstock.client.errors.ExceptionSettings;
import dev.penstock.client.flags.FlagChangeListener;
import dev.penstock.client.flags.FlagDefinitionsCache;
import dev.penstock.client.flags.FlagUsage;
import dev.penstock.client.logs.LogSettings;
import dev.penstock.client.spi.ContentEncoder;
import dev.penstock.client.testing.EventRecorder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Everything that can be set about a client. Made by {@link #builder(String)}, validated once by {@link
 * Builder#build()}.
 *
 * <pre>{@code
 * ClientConfig config = ClientConfig.builder("phc_...")
 *         .host("https://eu.i.posthog.com")
 *         .linger(Duration.ofMillis(200))
 *         .build();
 * }</pre>
 *
 * <p>{@link #toString()} never shows a key or a header's value.
 *
 * <p><b>Threads:</b> immutable; any thread. The builder belongs to one thread.
 */
public final class ClientConfig {

    /** The host used when none is given. */
    public static final URI DEFAULT_HOST = URI.create("https://us.i.posthog.com");

    /** Default of {@link Builder#name}. */
    public static final String DEFAULT_NAME = "default";

    /** Default of {@link Builder#enabled}. */
    public static final boolean DEFAULT_ENABLED = true;

    /** Default of {@link Builder#maxBatchEvents}. */
    public static final int DEFAULT_MAX_BATCH_EVENTS = 100;

    /** Default of {@link Builder#maxBatchBytes}. */
    public static final int DEFAULT_MAX_BATCH_BYTES = 500 * 1024;

    /** Default of {@link Builder#linger}. */
    public static final Duration DEFAULT_LINGER = Duration.ofMillis(500);

    /** Default of {@link Builder#maxEventBytes}. */
    public static final int DEFAULT_MAX_EVENT_BYTES = 900 * 1024;

    /** Default of {@link Builder#ringSlots}. */
    public static final int DEFAULT_RING_SLOTS = 32_768;

    /** Default of {@link Builder#lanes}. */
    public static final int DEFAULT_LANES = 1;

    /** Default of {@link Builder#largeEventArenaBytes}. */
    public static final long DEFAULT_LARGE_EVENT_ARENA_BYTES = 16L * 1024 * 1024;

    /** Default of {@link Builder#overflowPolicy}. */
    public static final OverflowPolicy DEFAULT_OVERFLOW_POLICY = OverflowPolicy.DROP_NEWEST;

    /** Default of {@link Builder#overflowWait}. */
    public static final Duration DEFAULT_OVERFLOW_WAIT = Duration.ofMillis(10);

    /** Default of {@link Builder#saturationLevels}: from which share of a ring on the client is saturated. */
    public static final double DEFAULT_SATURATION_HIGH = 0.75;

    /** Default of {@link Builder#saturationLevels}: down to which share it stays so. */
    public static final double DEFAULT_SATURATION_LOW = 0.5;

    /** Default of {@link Builder#sampling}. */
    public static final SamplingRules DEFAULT_SAMPLING = SamplingRules.NONE;

    /** Default of {@link Builder#maxInFlightRequests}. */
    public static final int DEFAULT_MAX_IN_FLIGHT_REQUESTS = 4;

    /** Default of {@link Builder#maxInFlightBytes}. */
    public static final long DEFAULT_MAX_IN_FLIGHT_BYTES = 16L * 1024 * 1024;

    /** Default of {@link Builder#maxRetries}. */
    public static final int DEFAULT_MAX_RETRIES = 3;

    /** Default of {@link Builder#retryDelay}. */
    public static final Duration DEFAULT_RETRY_DELAY = Duration.ofMillis(500);

    /** Default of {@link Builder#requestTimeout}. */
    public static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(10);

    /** Default of {@link Builder#connectTimeout}. */
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /** Default of {@link Builder#circuitFailures}. */
    public static final int DEFAULT_CIRCUIT_FAILURES = 8;

    /** Default of {@link Builder#compression}. */
    public static final boolean DEFAULT_COMPRESSION = true;

    /** Default of {@link Builder#compressor}. */
    public static final Compressor DEFAULT_COMPRESSOR = Compressor.EVENT_AWARE;

    /** Default of {@link Builder#compressionFormat}. */
    public static final CompressionFormat DEFAULT_COMPRESSION_FORMAT = CompressionFormat.GZIP;

    /** Default of {@link Builder#captureMode}. */
    public static final CaptureMode DEFAULT_CAPTURE_MODE = CaptureMode.V0;

    /** Default of {@link Builder#splitOnBadRequest}. */
    public static final boolean DEFAULT_SPLIT_ON_BAD_REQUEST = true;

    /** Default of {@link Builder#disableGeoIp}. */
    public static final boolean DEFAULT_DISABLE_GEO_IP = true;

    /** Default of {@link Builder#historicalMigration}. */
    public static final boolean DEFAULT_HISTORICAL_MIGRATION = false;

    /** Default of {@link Builder#serverProperty}. */
    public static final boolean DEFAULT_SERVER_PROPERTY = true;

    /** Default of {@link Builder#systemProperties}. */
    public static final boolean DEFAULT_SYSTEM_PROPERTIES = true;

    /** Default of {@link Builder#listenerQueueEvents}. */
    public static final int DEFAULT_LISTENER_QUEUE_EVENTS = 16_384;

    /** Default of {@link Builder#closeTimeout}. */
    public static final Duration DEFAULT_CLOSE_TIMEOUT = Duration.ofSeconds(5);

    /** Default of {@link Builder#stallTimeout}. */
    public static final Duration DEFAULT_STALL_TIMEOUT = Duration.ofSeconds(10);

    /** Default of {@link Builder#spool}. */
    public static final SpoolSettings DEFAULT_SPOOL = SpoolSettings.OFF;

    /** Default of {@link Builder#flagPollInterval}. */
    public static final Duration DEFAULT_FLAG_POLL_INTERVAL = Duration.ofSeconds(30);

    /** Default of {@link Builder#maxFlagDefinitionsBytes}. */
    public static final int DEFAULT_MAX_FLAG_DEFINITIONS_BYTES = 32 * 1024 * 1024;

    /** Default of {@link Builder#flagRequestTimeout}. */
    public static final Duration DEFAULT_FLAG_REQUEST_TIMEOUT = Duration.ofSeconds(3);

    /** Default of {@link Builder#flagRetries}. */
    public static final int DEFAULT_FLAG_RETRIES = 1;

    /** Default of {@link Builder#flagUsage}. */
    public static final FlagUsage DEFAULT_FLAG_USAGE = FlagUsage.EVENTS;

    /** Default of {@link Builder#flagSummaryInterval}. */
    public static final Duration DEFAULT_FLAG_SUMMARY_INTERVAL = Duration.ofSeconds(60);

    /** Default of {@link Builder#maxTrackedIds}. */
    public static final int DEFAULT_MAX_TRACKED_IDS = 50_000;

    /** Default of {@link Builder#logs}. */
    public static final LogSettings DEFAULT_LOGS = LogSettings.DEFAULT;

    /** Default of {@link Builder#optedOut}. */
    public static final boolean DEFAULT_OPTED_OUT = false;

    /** Default of {@link Builder#debug}. */
    public static final boolean DEFAULT_DEBUG = false;

    /** Default of {@link Builder#maxAiEventBytes}. */
    public static final int DEFAULT_MAX_AI_EVENT_BYTES = 8 * 1024 * 1024;

    /** Default of {@link Builder#maxAiBatchBytes}. */
    public static final int DEFAULT_MAX_AI_BATCH_BYTES = 5 * 1024 * 1024;

    /** Default of {@link Builder#aiArenaBytes}. */
    public static final long DEFAULT_AI_ARENA_BYTES = 64L * 1024 * 1024;

    private final String apiKey;
    private final URI host;
    private final Map<String, String> headers;
    private final String name;
    private final boolean enabled;
    private final int maxBatchEvents;
    private final int maxBatchBytes;
    private final Duration linger;
    private final int maxEventBytes;
    private final int ringSlots;
    private final int lanes;
    private final long largeEventArenaBytes;
    private final OverflowPolicy overflowPolicy;
    private final Duration overflowWait;
    private final SaturationListener saturationListener;
    private final double saturationHigh;
    private final double saturationLow;
    private final SamplingRules sampling;
    private final int maxInFlightRequests;
    private final long maxInFlightBytes;
    private final int maxRetries;
    private final Duration retryDelay;
    private final Duration requestTimeout;
    private final Duration connectTimeout;
    private final int circuitFailures;
    private final boolean compression;
    private final Compressor compressor;
    private final CompressionFormat compressionFormat;
    private final ContentEncoder contentEncoder;
    private final CaptureMode captureMode;
    private final boolean splitOnBadRequest;
    private final Boolean disableGeoIp;
    private final boolean historicalMigration;
    private final boolean serverProperty;
    private final boolean systemProperties;
    private final int listenerQueueEvents;
    private final Duration closeTimeout;
    private final Duration stallTimeout;
    private final SpoolSettings spool;
    private final String secretKey;
    private final Path flagDefinitionsFile;
    private final byte[] flagDefinitionsJson;
    private final FlagDefinitionsCache flagDefinitionsCache;
    private final Duration flagPollInterval;
    private final int maxFlagDefinitionsBytes;
    private final Duration flagRequestTimeout;
    private final int flagRetries;
    private final FlagUsage flagUsage;
    private final Duration flagSummaryInterval;
    private final int maxTrackedIds;
    private final Boolean remoteFallback;
    private final Set<String> evaluationContexts;
    private final FlagChangeListener flagChangeListener;
    private final LogSettings logs;
    private final Map<String, Object> superProperties;
    private final List<BeforeSend> beforeSend;
    private final ExceptionSettings exceptions;
    private final EventRecorder eventRecorder;
    private final Duration synchronousTimeout;
    private final boolean optedOut;
    private final boolean debug;
    private final int maxAiEventBytes;
    private final int maxAiBatchBytes;
    private final long aiArenaBytes;
    private final URI proxy;
    private final SSLContext sslContext;
    private final DeliveryListener deliveryListener;
    private final ErrorListener errorListener;
    private final System.Logger logger;
    private final ThreadFactory threadFactory;
    private final InstantSource clock;
    private final Supplier<UUID> idSource;

    private ClientConfig(Builder builder) {
        this.apiKey = builder.apiKey;
        this.host = builder.host;
        this.headers = Collections.unmodifiableMap(new TreeMap<>(builder.headers));
        this.name = builder.name;
        this.enabled = builder.enabled;
        this.maxBatchEvents = builder.maxBatchEvents;
        this.maxBatchBytes = builder.maxBatchBytes;
        this.linger = builder.linger;
        this.maxEventBytes = builder.maxEventBytes;
        this.ringSlots = builder.ringSlots;
        this.lanes = builder.lanes;
        this.largeEventArenaBytes = builder.largeEventArenaBytes;
        this.overflowPolicy = builder.overflowPolicy;
        this.overflowWait = builder.overflowWait;
        this.saturationListener = builder.saturationListener;
        this.saturationHigh = builder.saturationHigh;
        this.saturationLow = builder.saturationLow;
        this.sampling = builder.sampling;
        this.maxInFlightRequests = builder.maxInFlightRequests;
        this.maxInFlightBytes = builder.maxInFlightBytes;
        this.maxRetries = builder.maxRetries;
        this.retryDelay = builder.retryDelay;
        this.requestTimeout = builder.requestTimeout;
        this.connectTimeout = builder.connectTimeout;
        this.circuitFailures = builder.circuitFailures;
        this.compression = builder.compression;
        this.compressor = builder.compressor;
        this.compressionFormat = builder.compressionFormat;
        this.contentEncoder = builder.contentEncoder;
        this.captureMode = builder.captureMode;
        this.splitOnBadRequest = builder.splitOnBadRequest;
        this.disableGeoIp = builder.disableGeoIp;
        this.historicalMigration = builder.historicalMigration;
        this.serverProperty = builder.serverProperty;
        this.systemProperties = builder.systemProperties;
        this.listenerQueueEvents = builder.listenerQueueEvents;
        this.closeTimeout = builder.closeTimeout;
        this.stallTimeout = builder.stallTimeout;
        this.spool = builder.spool;
        this.secretKey = builder.secretKey;
        this.flagDefinitionsFile = builder.flagDefinitionsFile;
        this.flagDefinitionsJson = builder.flagDefinitionsJson;
        this.flagDefinitionsCache = builder.flagDefinitionsCache;
        this.flagPollInterval = builder.flagPollInterval;
        this.maxFlagDefinitionsBytes = builder.maxFlagDefinitionsBytes;
        this.flagRequestTimeout = builder.flagRequestTimeout;
        this.flagRetries = builder.flagRetries;
        this.flagUsage = builder.flagUsage;
        this.flagSummaryInterval = builder.flagSummaryInterval;
        this.maxTrackedIds = builder.maxTrackedIds;
        this.remoteFallback = builder.remoteFallback;
        this.evaluationContexts = builder.evaluationContexts;
        this.flagChangeListener = builder.flagChangeListener;
        this.logs = builder.logs;
        this.superProperties = builder.superProperties;
        this.beforeSend = List.copyOf(builder.beforeSend);
        this.exceptions = builder.exceptions;
        this.eventRecorder = builder.eventRecorder;
        this.synchronousTimeout = builder.synchronousTimeout;
        this.optedOut = builder.optedOut;
        this.debug = builder.debug;
        this.maxAiEventBytes = builder.maxAiEventBytes;
        this.maxAiBatchBytes = builder.maxAiBatchBytes;
        this.aiArenaBytes = builder.aiArenaBytes;
        this.proxy = builder.proxy;
        this.sslContext = builder.sslContext;
        this.deliveryListener = builder.deliveryListener;
        this.errorListener = builder.errorListener;
        this.logger = builder.logger;
        this.threadFactory = builder.threadFactory;
        this.clock = builder.clock;
        this.idSource = builder.idSource;
    }

    /**
     * Begins a configuration.
     *
     * @param apiKey the project's API key; blanks around it are removed. Null or blank makes an inert client: one
     *     warning, every capture answers {@link CaptureResult#DISABLED}, no request is ever made
     * @return a builder with every default
     */
    public static Builder builder(String apiKey) {
        return new Builder(apiKey);
    }

    /**
     * Begins a configuration from the environment: the key from {@code POSTHOG_API_KEY}, the host from {@code
     * POSTHOG_HOST}, the secret key for flag definitions from {@code POSTHOG_SECRET_KEY}. A variable that is not set leaves its default.
     *
     * @return a builder
     * @throws IllegalArgumentException if {@code POSTHOG_HOST} is not a usable URL
     */
    public static Builder fromEnvironment() {
        return fromEnvironment(System.getenv());
    }

    static Builder fromEnvironment(Map<String, String> environment) {
        return builder(environment.get("POSTHOG_API_KEY"))
                .host(environment.get("POSTHOG_HOST"))
                .secretKey(environment.get("POSTHOG_SECRET_KEY"));
    }

    /**
     * The project's API key.
     *
     * @return the key, or an empty string for an inert client
     */
    public String apiKey() {
        return apiKey;
    }

    /**
     * The base URL of the ingestion host.
     *
     * @return the URL, without a slash at its end
     */
    public URI host() {
        return host;
    }

    /**
     * Headers added to every request.
     *
     * @return name to value; unmodifiable
     */
    public Map<String, String> headers() {
        return headers;
    }

    /**
     * A name for this client, part of its thread names ({@code penstock-NAME-...}) and log lines; see {@link
     * Builder#name}.
     *
     * @return the value; default default
     */
    public String name() {
        return name;
    }

    /**
     * Whether the client captures at all; see {@link Builder#enabled}.
     *
     * @return the value; default true
     */
    public boolean enabled() {
        return enabled;
    }

    /**
     * How many events close a batch; see {@link Builder#maxBatchEvents}.
     *
     * @return the value; default 100
     */
    public int maxBatchEvents() {
        return maxBatchEvents;
    }

    /**
     * How many bytes of JSON, before compression and with the envelope, close a batch; see {@link
     * Builder#maxBatchBytes}.
     *
     * @return the value; default 500 KiB
     */
    public int maxBatchBytes() {
        return maxBatchBytes;
    }

    /**
     * The longest time an event waits for company in an open batch; see {@link Builder#linger}.
     *
     * @return the value; default 500 ms
     */
    public Duration linger() {
        return linger;
    }

    /**
     * The largest event, in bytes of JSON; see {@link Builder#maxEventBytes}.
     *
     * @return the value; default 900 KiB
     */
    public int maxEventBytes() {
        return maxEventBytes;
    }

    /**
     * How many slots of 256 bytes the ring has, per lane; see {@link Builder#ringSlots}.
     *
     * @return the value; default 32,768
     */
    public int ringSlots() {
        return ringSlots;
    }

    /**
     * How many rings with a pipeline thread each; see {@link Builder#lanes}.
     *
     * @return the value; default 1
     */
    public int lanes() {
        return lanes;
    }

    /**
     * How many bytes events of more than 16 KiB may hold on the heap until they are encoded; see {@link
     * Builder#largeEventArenaBytes}.
     *
     * @return the value; default 16 MiB
     */
    public long largeEventArenaBytes() {
        return largeEventArenaBytes;
    }

    /**
     * What a capture does when the ring has no room; see {@link Builder#overflowPolicy}.
     *
     * @return the value; default {@link OverflowPolicy#DROP_NEWEST}
     */
    public OverflowPolicy overflowPolicy() {
        return overflowPolicy;
    }

    /**
     * The longest a capture waits under {@link OverflowPolicy#WAIT}; see {@link Builder#overflowWait}.
     *
     * @return the value; default 10 ms
     */
    public Duration overflowWait() {
        return overflowWait;
    }

    /**
     * Told when the rings fill up and when they are empty enough again; see {@link Builder#saturationListener}.
     *
     * @return the value, or null if it was not set
     */
    public SaturationListener saturationListener() {
        return saturationListener;
    }

    /**
     * From which share of a ring's slots on the client is saturated; see {@link Builder#saturationLevels}.
     *
     * @return the value; default 0.75
     */
    public double saturationHigh() {
        return saturationHigh;
    }

    /**
     * Down to which share of every ring's slots the client stays saturated; see {@link Builder#saturationLevels}.
     *
     * @return the value; default 0.5
     */
    public double saturationLow() {
        return saturationLow;
    }

    /**
     * Which events are left out, by name; see {@link Builder#sampling}.
     *
     * @return the value; default {@link SamplingRules#NONE}
     */
    public SamplingRules sampling() {
        return sampling;
    }

    /**
     * How many requests, and so connections, are open at a time, per lane; see {@link
     * Builder#maxInFlightRequests}.
     *
     * @return the value; default 4
     */
    public int maxInFlightRequests() {
        return maxInFlightRequests;
    }

    /**
     * How many bytes closed batches may hold until they are settled, per lane; see {@link
     * Builder#maxInFlightBytes}.
     *
     * @return the value; default 16 MiB
     */
    public long maxInFlightBytes() {
        return maxInFlightBytes;
    }

    /**
     * How often a batch is tried again after its first try; see {@link Builder#maxRetries}.
     *
     * @return the value; default 3
     */
    public int maxRetries() {
        return maxRetries;
    }

    /**
     * The delay before the first retry; it doubles with each further one, up to 30 s. A {@code Retry-After} can
     * only lengthen it; see {@link Builder#retryDelay}.
     *
     * @return the value; default 500 ms
     */
    public Duration retryDelay() {
        return retryDelay;
    }

    /**
     * The longest a request may take in all, from connecting to the end of the answer; see {@link
     * Builder#requestTimeout}.
     *
     * @return the value; default 10 s
     */
    public Duration requestTimeout() {
        return requestTimeout;
    }

    /**
     * The longest that connecting, and the TLS handshake after it, may each take; see {@link
     * Builder#connectTimeout}.
     *
     * @return the value; default 2 s
     */
    public Duration connectTimeout() {
        return connectTimeout;
    }

    /**
     * After how many failures in a row the server counts as away; see {@link Builder#circuitFailures}.
     *
     * @return the value; default 8
     */
    public int circuitFailures() {
        return circuitFailures;
    }

    /**
     * Whether request bodies are compressed; see {@link Builder#compression}.
     *
     * @return the value; default true
     */
    public boolean compression() {
        return compression;
    }

    /**
     * What compresses request bodies; see {@link Builder#compressor}.
     *
     * @return the value; default {@link Compressor#EVENT_AWARE}
     */
    public Compressor compressor() {
        return compressor;
    }

    /**
     * How request bodies are compressed; see {@link Builder#compressionFormat}.
     *
     * @return the value; default {@link CompressionFormat#GZIP}
     */
    public CompressionFormat compressionFormat() {
        return compressionFormat;
    }

    /**
     * Compresses request bodies in the JDK's stead; see {@link Builder#contentEncoder}.
     *
     * @return the value, or null if it was not set
     */
    public ContentEncoder contentEncoder() {
        return contentEncoder;
    }

    /**
     * Which of the server's endpoints takes events; see {@link Builder#captureMode}.
     *
     * @return the value; default {@link CaptureMode#V0}
     */
    public CaptureMode captureMode() {
        return captureMode;
    }

    /**
     * Whether a batch answered 400 is cut in half to find the event at fault; see {@link
     * Builder#splitOnBadRequest}.
     *
     * @return the value; default true
     */
    public boolean splitOnBadRequest() {
        return splitOnBadRequest;
    }

    /**
     * Whether events carry {@code $geoip_disable: true}; see {@link Builder#disableGeoIp}.
     *
     * @return the value; default true
     */
    public boolean disableGeoIp() {
        return disableGeoIp == null ? DEFAULT_DISABLE_GEO_IP : disableGeoIp;
    }

    /**
     * Whether the server is told not to derive a place from the address that a remote flag evaluation comes from; see
     * {@link Builder#disableGeoIp}.
     *
     * @return what was set; default false
     */
    public boolean disableFlagGeoIp() {
        return disableGeoIp != null && disableGeoIp;
    }

    /**
     * Whether batches are marked as an import of old events; see {@link Builder#historicalMigration}.
     *
     * @return the value; default false
     */
    public boolean historicalMigration() {
        return historicalMigration;
    }

    /**
     * Whether events carry {@code $is_server: true}; see {@link Builder#serverProperty}.
     *
     * @return the value; default true
     */
    public boolean serverProperty() {
        return serverProperty;
    }

    /**
     * Whether events carry {@code $os}, {@code $os_version} and {@code $java_version}; see {@link
     * Builder#systemProperties}.
     *
     * @return the value; default true
     */
    public boolean systemProperties() {
        return systemProperties;
    }

    /**
     * How many events may wait to be told to the {@link DeliveryListener}; see {@link
     * Builder#listenerQueueEvents}.
     *
     * @return the value; default 16,384
     */
    public int listenerQueueEvents() {
        return listenerQueueEvents;
    }

    /**
     * How long {@link CaptureClient#close()} spends on delivery; see {@link Builder#closeTimeout}.
     *
     * @return the value; default 5 s
     */
    public Duration closeTimeout() {
        return closeTimeout;
    }

    /**
     * How long a part may stand still with work before it; see {@link Builder#stallTimeout}.
     *
     * @return the value; default 10 s
     */
    public Duration stallTimeout() {
        return stallTimeout;
    }

    /**
     * Where and when events are kept on disk; see {@link Builder#spool}.
     *
     * @return the value; default {@link SpoolSettings#OFF}
     */
    public SpoolSettings spool() {
        return spool;
    }

    /**
     * The key that may read flag definitions: a personal API key or a project secret key; see {@link Builder#secretKey}.
     *
     * @return the key, or an empty string if there is none
     */
    public String secretKey() {
        return secretKey;
    }

    /**
     * A file with flag definitions to start from; see {@link Builder#flagDefinitionsFile}.
     *
     * @return the value, or null if it was not set
     */
    public Path flagDefinitionsFile() {
        return flagDefinitionsFile;
    }

    /**
     * Flag definitions to start from, as JSON; see {@link Builder#flagDefinitionsJson}.
     *
     * @return the value, or null if it was not set
     */
    public byte[] flagDefinitionsJson() {
        return flagDefinitionsJson;
    }

    /**
     * Shares flag definitions between instances of an application; see {@link Builder#flagDefinitionsCache}.
     *
     * @return the value, or null if it was not set
     */
    public FlagDefinitionsCache flagDefinitionsCache() {
        return flagDefinitionsCache;
    }

    /**
     * How often flag definitions are asked for; see {@link Builder#flagPollInterval}.
     *
     * @return the value; default 30 s
     */
    public Duration flagPollInterval() {
        return flagPollInterval;
    }

    /**
     * The largest flag definitions that are accepted, in bytes, unpacked; see {@link Builder#maxFlagDefinitionsBytes}.
     *
     * @return the value; default 33,554,432
     */
    public int maxFlagDefinitionsBytes() {
        return maxFlagDefinitionsBytes;
    }

    /**
     * How long the server has for one attempt at evaluating flags; see {@link Builder#flagRequestTimeout}.
     *
     * @return the value; default 3 s
     */
    public Duration flagRequestTimeout() {
        return flagRequestTimeout;
    }

    /**
     * How often a remote evaluation is tried again after a failed connection or status 502 or 504; see {@link Builder#flagRetries}.
     *
     * @return the value; default 1
     */
    public int flagRetries() {
        return flagRetries;
    }

    /**
     * How the use of flags is reported; see {@link Builder#flagUsage}.
     *
     * @return the value; default EVENTS
     */
    public FlagUsage flagUsage() {
        return flagUsage;
    }

    /**
     * How often summaries of flag use are captured under {@link FlagUsage#SUMMARIES}; see {@link Builder#flagSummaryInterval}.
     *
     * @return the value; default 60 s
     */
    public Duration flagSummaryInterval() {
        return flagSummaryInterval;
    }

    /**
     * For how many distinct ids it is remembered which uses of flags were reported; see {@link Builder#maxTrackedIds}.
     *
     * @return the value; default 50,000
     */
    public int maxTrackedIds() {
        return maxTrackedIds;
    }

    /**
     * Whether the server is asked for flags that cannot be decided from definitions; see {@link Builder#remoteFallback}.
     *
     * @return what was set, else true without definitions and false with them
     */
    public boolean remoteFallback() {
        return remoteFallback == null ? !evaluatesLocally() : remoteFallback;
    }

    /**
     * Whether the client is to have flag definitions of its own.
     *
     * @return true if a secret key, or a file or bytes of definitions, are configured
     */
    public boolean evaluatesLocally() {
        return !secretKey.isEmpty() || flagDefinitionsFile != null || flagDefinitionsJson != null;
    }

    /**
     * The contexts this application evaluates flags for; see {@link Builder#evaluationContexts}.
     *
     * @return the contexts; default none, which means all flags
     */
    public Set<String> evaluationContexts() {
        return evaluationContexts;
    }

    /**
     * Told when flag definitions have changed; see {@link Builder#flagChangeListener}.
     *
     * @return the value, or null if it was not set
     */
    public FlagChangeListener flagChangeListener() {
        return flagChangeListener;
    }

    /**
     * How logs are captured and sent; see {@link Builder#logs}.
     *
     * @return the value; default {@link LogSettings#DEFAULT}
     */
    public LogSettings logs() {
        return logs;
    }

    /**
     * Properties that every event gets; see {@link Builder#superProperties}.
     *
     * @return an unmodifiable map; empty if none were set
     */
    public Map<String, Object> superProperties() {
        return superProperties;
    }

    /**
     * The hooks that see each event before it is queued; see {@link Builder#beforeSend}.
     *
     * @return an unmodifiable list, in order; empty if none were set
     */
    public List<BeforeSend> beforeSend() {
        return beforeSend;
    }

    /**
     * How exceptions are captured; see {@link Builder#exceptions}.
     *
     * @return the value; default {@link ExceptionSettings#DEFAULT}
     */
    public ExceptionSettings exceptions() {
        return exceptions;
    }

    /**
     * Keeps events in memory in tests; see {@link Builder#eventRecorder}.
     *
     * @return the value, or null if it was not set
     */
    public EventRecorder eventRecorder() {
        return eventRecorder;
    }

    /**
     * How long each capture waits for its outcome; see {@link Builder#synchronousTimeout}.
     *
     * @return the value, or null if captures do not wait
     */
    public Duration synchronousTimeout() {
        return synchronousTimeout;
    }

    /**
     * Whether the client starts opted out; see {@link Builder#optedOut}.
     *
     * @return the value; default false
     */
    public boolean optedOut() {
        return optedOut;
    }

    /**
     * Whether debug messages are on from the start; see {@link Builder#debug}.
     *
     * @return the value; default false
     */
    public boolean debug() {
        return debug;
    }

    /**
     * The largest AI event, in bytes of JSON; see {@link Builder#maxAiEventBytes}.
     *
     * @return the value; default 8 MiB
     */
    public int maxAiEventBytes() {
        return maxAiEventBytes;
    }

    /**
     * How many bytes of JSON close a batch of AI events; see {@link Builder#maxAiBatchBytes}.
     *
     * @return the value; default 5 MiB
     */
    public int maxAiBatchBytes() {
        return maxAiBatchBytes;
    }

    /**
     * How many bytes AI events of more than 16 KiB may hold on the heap until they are encoded; see {@link Builder#aiArenaBytes}.
     *
     * @return the value; default 64 MiB
     */
    public long aiArenaBytes() {
        return aiArenaBytes;
    }

    /**
     * The HTTP proxy; see {@link Builder#proxy}.
     *
     * @return the value, or null if it was not set
     */
    public URI proxy() {
        return proxy;
    }

    /**
     * TLS settings, such as a private certificate authority; see {@link Builder#sslContext}.
     *
     * @return the value, or null if it was not set
     */
    public SSLContext sslContext() {
        return sslContext;
    }

    /**
     * Told about the outcome of every event; see {@link Builder#deliveryListener}.
     *
     * @return the value, or null if it was not set
     */
    public DeliveryListener deliveryListener() {
        return deliveryListener;
    }

    /**
     * Told about trouble that no single call can report; see {@link Builder#errorListener}.
     *
     * @return the value, or null if it was not set
     */
    public ErrorListener errorListener() {
        return errorListener;
    }

    /**
     * Where the client logs; see {@link Builder#logger}.
     *
     * @return the value, or null if it was not set
     */
    public System.Logger logger() {
        return logger;
    }

    /**
     * Makes the client's threads; see {@link Builder#threadFactory}.
     *
     * @return the value, or null if it was not set
     */
    public ThreadFactory threadFactory() {
        return threadFactory;
    }

    /**
     * The wall clock for timestamps and {@code sent_at}; see {@link Builder#clock}.
     *
     * @return the value, or null if it was not set
     */
    public InstantSource clock() {
        return clock;
    }

    /**
     * Makes the UUIDs of events that come without one; see {@link Builder#idSource}.
     *
     * @return the value, or null if it was not set
     */
    public Supplier<UUID> idSource() {
        return idSource;
    }

    @Override
    public String toString() {
        return "ClientConfig{name=" + name + ", host=" + host + ", apiKey=" + (apiKey.isEmpty() ? "none" : "***")
                + ", secretKey=" + (secretKey.isEmpty() ? "none" : "***")
                + ", lanes=" + lanes + ", ringSlots=" + ringSlots + ", maxBatchEvents=" + maxBatchEvents
                + ", maxBatchBytes=" + maxBatchBytes + ", linger=" + linger + ", overflowPolicy=" + overflowPolicy
                + "}";
    }

    /**
     * Collects options; {@link #build()} checks them all.
     *
     * <p><b>Threads:</b> one thread at a time.
     */
    public static final class Builder {

        private final String apiKey;
        private final TreeMap<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        private URI host = DEFAULT_HOST;
        private String name = DEFAULT_NAME;
        private boolean enabled = DEFAULT_ENABLED;
        private int maxBatchEvents = DEFAULT_MAX_BATCH_EVENTS;
        private int maxBatchBytes = DEFAULT_MAX_BATCH_BYTES;
        private Duration linger = DEFAULT_LINGER;
        private int maxEventBytes = DEFAULT_MAX_EVENT_BYTES;
        private int ringSlots = DEFAULT_RING_SLOTS;
        private int lanes = DEFAULT_LANES;
        private long largeEventArenaBytes = DEFAULT_LARGE_EVENT_ARENA_BYTES;
        private OverflowPolicy overflowPolicy = DEFAULT_OVERFLOW_POLICY;
        private Duration overflowWait = DEFAULT_OVERFLOW_WAIT;
        private SaturationListener saturationListener;
        private double saturationHigh = DEFAULT_SATURATION_HIGH;
        private double saturationLow = DEFAULT_SATURATION_LOW;
        private SamplingRules sampling = DEFAULT_SAMPLING;
        private int maxInFlightRequests = DEFAULT_MAX_IN_FLIGHT_REQUESTS;
        private long maxInFlightBytes = DEFAULT_MAX_IN_FLIGHT_BYTES;
        private int maxRetries = DEFAULT_MAX_RETRIES;
        private Duration retryDelay = DEFAULT_RETRY_DELAY;
        private Duration requestTimeout = DEFAULT_REQUEST_TIMEOUT;
        private Duration connectTimeout = DEFAULT_CONNECT_TIMEOUT;
        private int circuitFailures = DEFAULT_CIRCUIT_FAILURES;
        private boolean compression = DEFAULT_COMPRESSION;
        private Compressor compressor = DEFAULT_COMPRESSOR;
        private CompressionFormat compressionFormat = DEFAULT_COMPRESSION_FORMAT;
        private ContentEncoder contentEncoder;
        private CaptureMode captureMode = DEFAULT_CAPTURE_MODE;
        private boolean splitOnBadRequest = DEFAULT_SPLIT_ON_BAD_REQUEST;
        private Boolean disableGeoIp;
        private boolean historicalMigration = DEFAULT_HISTORICAL_MIGRATION;
        private boolean serverProperty = DEFAULT_SERVER_PROPERTY;
        private boolean systemProperties = DEFAULT_SYSTEM_PROPERTIES;
        private int listenerQueueEvents = DEFAULT_LISTENER_QUEUE_EVENTS;
        private Duration closeTimeout = DEFAULT_CLOSE_TIMEOUT;
        private Duration stallTimeout = DEFAULT_STALL_TIMEOUT;
        private SpoolSettings spool = DEFAULT_SPOOL;
        private String secretKey = "";
        private Path flagDefinitionsFile;
        private byte[] flagDefinitionsJson;
        private FlagDefinitionsCache flagDefinitionsCache;
        private Duration flagPollInterval = DEFAULT_FLAG_POLL_INTERVAL;
        private int maxFlagDefinitionsBytes = DEFAULT_MAX_FLAG_DEFINITIONS_BYTES;
        private Duration flagRequestTimeout = DEFAULT_FLAG_REQUEST_TIMEOUT;
        private int flagRetries = DEFAULT_FLAG_RETRIES;
        private FlagUsage flagUsage = DEFAULT_FLAG_USAGE;
        private Duration flagSummaryInterval = DEFAULT_FLAG_SUMMARY_INTERVAL;
        private int maxTrackedIds = DEFAULT_MAX_TRACKED_IDS;
        private Boolean remoteFallback;
        private Set<String> evaluationContexts = Set.of();
        private FlagChangeListener flagChangeListener;
        private LogSettings logs = DEFAULT_LOGS;
        private Map<String, Object> superProperties = Map.of();
        private final List<BeforeSend> beforeSend = new ArrayList<>();
        private ExceptionSettings exceptions = ExceptionSettings.DEFAULT;
        private EventRecorder eventRecorder;
        private Duration synchronousTimeout;
        private boolean optedOut = DEFAULT_OPTED_OUT;
        private boolean debug = DEFAULT_DEBUG;
        private int maxAiEventBytes = DEFAULT_MAX_AI_EVENT_BYTES;
        private int maxAiBatchBytes = DEFAULT_MAX_AI_BATCH_BYTES;
        private long aiArenaBytes = DEFAULT_AI_ARENA_BYTES;
        private URI proxy;
        private SSLContext sslContext;
        private DeliveryListener deliveryListener;
        private ErrorListener errorListener;
        private System.Logger logger;
        private ThreadFactory threadFactory;
        private InstantSource clock;
        private Supplier<UUID> idSource;

        private Builder(String apiKey) {
            this.apiKey = apiKey == null ? "" : apiKey.strip();
        }

        /**
         * The base URL of the ingestion host, such as {@code https://eu.i.posthog.com}. A path is kept, a slash at
         * the end is removed. Default {@link ClientConfig#DEFAULT_HOST}.
         *
         * @param url an http or https URL without user info, query or fragment; null or blank means the default
         * @return this
         * @throws IllegalArgumentException if it is anything else
         */
        public Builder host(String url) {
            this.host = url == null || url.isBlank() ? DEFAULT_HOST : OptionCheck.host(url.strip());
            return this;
        }

        /**
         * Adds a header to every request. Headers that belong to the protocol cannot be set: content type, encoding
         * and length, host, connection, transfer encoding.
         *
         * @param name the header's name
         * @param value the header's value, without line breaks
         * @return this
         * @throws IllegalArgumentException if the name or value cannot be a header or belongs to the protocol
         */
        public Builder header(String name, String value) {
            OptionCheck.header(name, value);
            headers.put(name, value);
            return this;
        }

        /**
         * A name for this client, part of its thread names ({@code penstock-NAME-...}) and log lines. Default
         * default; range 1 to 40 characters.
         *
         * @param name the value
         * @return this
         */
        public Builder name(String name) {
            this.name = name;
            return this;
        }

        /**
         * Whether the client captures at all. Default true; range true or false. When false every capture answers
         * {@link CaptureResult#DISABLED} and no thread is started.
         *
         * @param enabled the value
         * @return this
         */
        public Builder enabled(boolean enabled) {
            this.enabled = enabled;
            return this;
        }

        /**
         * How many events close a batch. Default 100; range 1 to 1,000. Larger batches compress better and cost
         * fewer requests; smaller ones leave earlier.
         *
         * @param maxBatchEvents the value
         * @return this
         */
        public Builder maxBatchEvents(int maxBatchEvents) {
            this.maxBatchEvents = maxBatchEvents;
            return this;
        }

        /**
         * How many bytes of JSON, before compression and with the envelope, close a batch. Default 500 KiB; range
         * 1 KiB to 5 MiB. Exact to the byte; an event larger than this travels alone.
         *
         * @param maxBatchBytes the value
         * @return this
         */
        public Builder maxBatchBytes(int maxBatchBytes) {
            this.maxBatchBytes = maxBatchBytes;
            return this;
        }

        /**
         * The longest time an event waits for company in an open batch. Default 500 ms; range 0 to 1 hour. Zero
         * sends what is there at every turn of the pipeline, about every millisecond.
         *
         * @param linger the value
         * @return this
         */
        public Builder linger(Duration linger) {
            this.linger = linger;
            return this;
        }

        /**
         * The largest event, in bytes of JSON. Default 900 KiB; range 1 KiB to 900 KiB. A larger event is answered
         * {@link CaptureResult#TOO_LARGE} or, where only the exact size shows it, {@link Outcome#REFUSED}.
         *
         * @param maxEventBytes the value
         * @return this
         */
        public Builder maxEventBytes(int maxEventBytes) {
            this.maxEventBytes = maxEventBytes;
            return this;
        }

        /**
         * How many slots of 256 bytes the ring has, per lane. Default 32,768; range a power of two from 64 to
         * 1,048,576. This memory (8 MiB by default) is taken at start and never grows. It says how many events fit while the
         * server is slow: one of eight properties takes a slot with registered keys ({@link CaptureClient#propertyKey}), and two
         * with names as text or from a map. Of 1,024 slots or more a sixteenth is kept for exceptions and for what tells who
         * somebody is, and as much of {@link #largeEventArenaBytes(long)}.
         *
         * @param ringSlots the value
         * @return this
         */
        public Builder ringSlots(int ringSlots) {
            this.ringSlots = ringSlots;
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
            this.lanes = lanes;
            return this;
        }

        /**
         * How many bytes events of more than 16 KiB, and request contexts of more than 1 KiB, may hold on the heap until
         * they are encoded. Default 16 MiB; range 0 to 1 GiB. Beyond it such events are answered {@link CaptureResult#RING_FULL}; nothing is
         * reserved before it is used.
         *
         * @param largeEventArenaBytes the value
         * @return this
         */
        public Builder largeEventArenaBytes(long largeEventArenaBytes) {
            this.largeEventArenaBytes = largeEventArenaBytes;
            return this;
        }

        /**
         * What a capture does when the ring has no room. Default {@link OverflowPolicy#DROP_NEWEST}; range any.
         *
         * @param overflowPolicy the value
         * @return this
         */
        public Builder overflowPolicy(OverflowPolicy overflowPolicy) {
            this.overflowPolicy = overflowPolicy;
            return this;
        }

        /**
         * The longest a capture waits under {@link OverflowPolicy#WAIT}. Default 10 ms; range 1 microsecond to 10
         * seconds. Without effect under {@link OverflowPolicy#DROP_NEWEST}.
         *
         * @param overflowWait the value
         * @return this
         */
        public Builder overflowWait(Duration overflowWait) {
            this.overflowWait = overflowWait;
            return this;
        }

        /**
         * Told when the rings fill up and when they are empty enough again; null for none.
         *
         * @param saturationListener the value, or null
         * @return this
         */
        public Builder saturationListener(SaturationListener saturationListener) {
            this.saturationListener = saturationListener;
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
            this.saturationHigh = high;
            this.saturationLow = low;
            return this;
        }

        /**
         * Which events are left out, by name. Default {@link SamplingRules#NONE}. Without rules this costs a capture
         * nothing. Before-send hooks see only what is kept.
         *
         * @param sampling the value
         * @return this
         */
        public Builder sampling(SamplingRules sampling) {
            this.sampling = sampling;
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
            this.maxInFlightRequests = maxInFlightRequests;
            return this;
        }

        /**
         * How many bytes closed batches may hold until they are settled, per lane. Default 16 MiB; range 1 MiB to
         * 1 GiB. When it is used up the pipeline stops reading and the ring fills: back-pressure, not heap.
         *
         * @param maxInFlightBytes the value
         * @return this
         */
        public Builder maxInFlightBytes(long maxInFlightBytes) {
            this.maxInFlightBytes = maxInFlightBytes;
            return this;
        }

        /**
         * How often a batch is tried again after its first try. Default 3; range 0 to 100. Then its events are
         * {@link Outcome#EXPIRED}, or left to the {@link #spool}, which tries them again later.
         *
         * @param maxRetries the value
         * @return this
         */
        public Builder maxRetries(int maxRetries) {
            this.maxRetries = maxRetries;
            return this;
        }

        /**
         * The delay before the first retry; it doubles with each further one, up to 30 s. A {@code Retry-After}
         * can only lengthen it. Default 500 ms; range 100 ms to 1.5 s.
         *
         * @param retryDelay the value
         * @return this
         */
        public Builder retryDelay(Duration retryDelay) {
            this.retryDelay = retryDelay;
            return this;
        }

        /**
         * The longest a request may take in all, from connecting to the end of the answer. Default 10 s; range 100
         * ms to 5 minutes. Then it counts as unanswered and is retried.
         *
         * @param requestTimeout the value
         * @return this
         */
        public Builder requestTimeout(Duration requestTimeout) {
            this.requestTimeout = requestTimeout;
            return this;
        }

        /**
         * The longest that connecting, and the TLS handshake after it, may each take. Default 2 s; range 10 ms to
         * 1 minute.
         *
         * @param connectTimeout the value
         * @return this
         */
        public Builder connectTimeout(Duration connectTimeout) {
            this.connectTimeout = connectTimeout;
            return this;
        }

        /**
         * After how many failed requests in a row, over all batches, the server counts as away. Default 8; range 0 to
         * 1,000, where 0 means never. It is then asked with one request at a time, after a wait that begins at {@link
         * #retryDelay} and doubles up to 30 s, until an answer comes; the other batches wait meanwhile, and their retries
         * with them. A {@code Retry-After} holds for all batches, whatever this is.
         *
         * @param circuitFailures the value
         * @return this
         */
        public Builder circuitFailures(int circuitFailures) {
            this.circuitFailures = circuitFailures;
            return this;
        }

        /**
         * Whether request bodies are compressed. Default true; range true or false. Off saves most of the
         * pipeline's CPU and costs about four times the bandwidth.
         *
         * @param compression the value
         * @return this
         */
        public Builder compression(boolean compression) {
            this.compression = compression;
            return this;
        }

        /**
         * What compresses request bodies. Default {@link Compressor#EVENT_AWARE}; range {@link Compressor}. {@link
         * Compressor#ZLIB} is there for comparison, and for whoever trusts nothing else. Bodies that a {@link
         * #contentEncoder} makes are not concerned.
         *
         * @param compressor the value
         * @return this
         */
        public Builder compressor(Compressor compressor) {
            this.compressor = compressor;
            return this;
        }

        /**
         * How request bodies are compressed. Default {@link CompressionFormat#GZIP}. {@link
         * CompressionFormat#DEFLATE} needs {@link CaptureMode#V1}, and what goes to another endpoint even then is
         * sent as gzip.
         *
         * @param compressionFormat the value
         * @return this
         */
        public Builder compressionFormat(CompressionFormat compressionFormat) {
            this.compressionFormat = compressionFormat;
            return this;
        }

        /**
         * Compresses request bodies in place of {@link #compressionFormat}, for formats that the JDK does not know;
         * null, the default, for none. Needs {@link CaptureMode#V1}, and what goes to another endpoint even then is
         * sent as gzip. Not asked when {@link #compression} is off.
         *
         * @param contentEncoder the value, or null
         * @return this
         */
        public Builder contentEncoder(ContentEncoder contentEncoder) {
            this.contentEncoder = contentEncoder;
            return this;
        }

        /**
         * Which of the server's endpoints takes events. Default {@link CaptureMode#V0}. With {@link
         * CaptureMode#V1} the project API key must be printable ASCII.
         *
         * @param captureMode the value
         * @return this
         */
        public Builder captureMode(CaptureMode captureMode) {
            this.captureMode = captureMode;
            return this;
        }

        /**
         * Whether a batch answered 400 is cut in half to find the event at fault. Default true; range true or
         * false. When false the whole batch is {@link Outcome#REFUSED}; 413 is always split.
         *
         * @param splitOnBadRequest the value
         * @return this
         */
        public Builder splitOnBadRequest(boolean splitOnBadRequest) {
            this.splitOnBadRequest = splitOnBadRequest;
            return this;
        }

        /**
         * Whether events carry {@code $geoip_disable: true}. Default true; range true or false. When false the
         * server locates each event at the address of this process.
         *
         * @param disableGeoIp the value
         * @return this
         */
        public Builder disableGeoIp(boolean disableGeoIp) {
            this.disableGeoIp = disableGeoIp;
            return this;
        }

        /**
         * Whether batches are marked as an import of old events. Default false; range true or false. The server
         * processes them on a slower path; {@code sent_at} is left out, so that it corrects no clock.
         *
         * @param historicalMigration the value
         * @return this
         */
        public Builder historicalMigration(boolean historicalMigration) {
            this.historicalMigration = historicalMigration;
            return this;
        }

        /**
         * Whether events carry {@code $is_server: true}. Default true; range true or false.
         *
         * @param serverProperty the value
         * @return this
         */
        public Builder serverProperty(boolean serverProperty) {
            this.serverProperty = serverProperty;
            return this;
        }

        /**
         * Whether events carry {@code $os}, {@code $os_version} and {@code $java_version}. Default true; range
         * true or false. A caller's property of the same name wins.
         *
         * @param systemProperties the value
         * @return this
         */
        public Builder systemProperties(boolean systemProperties) {
            this.systemProperties = systemProperties;
            return this;
        }

        /**
         * How many events may wait to be told to the {@link DeliveryListener}. Default 16,384; range 1 to
         * 1,048,576. Beyond it notices are dropped and counted.
         *
         * @param listenerQueueEvents the value
         * @return this
         */
        public Builder listenerQueueEvents(int listenerQueueEvents) {
            this.listenerQueueEvents = listenerQueueEvents;
            return this;
        }

        /**
         * How long {@link CaptureClient#close()} spends on delivery. Default 5 s; range 0 to 1 hour.
         *
         * @param closeTimeout the value
         * @return this
         */
        public Builder closeTimeout(Duration closeTimeout) {
            this.closeTimeout = closeTimeout;
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
            this.stallTimeout = stallTimeout;
            return this;
        }

        /**
         * Where and when events are kept on disk. Default {@link SpoolSettings#OFF}.
         *
         * @param spool the value
         * @return this
         */
        public Builder spool(SpoolSettings spool) {
            this.spool = spool;
            return this;
        }

        /**
         * The key that may read flag definitions: a personal API key or a project secret key. Default none, which means that flags are not evaluated locally unless definitions are given; range at most 1,000 characters. It is sent to the definitions and remote configuration endpoints only, and appears nowhere else.
         *
         * @param secretKey the value, or null
         * @return this
         */
        public Builder secretKey(String secretKey) {
            this.secretKey = secretKey == null ? "" : secretKey.strip();
            return this;
        }

        /**
         * A file with flag definitions to start from. It is read when the client is made; definitions from the server replace it. Null for none.
         *
         * @param flagDefinitionsFile the value, or null
         * @return this
         */
        public Builder flagDefinitionsFile(Path flagDefinitionsFile) {
            this.flagDefinitionsFile = flagDefinitionsFile;
            return this;
        }

        /**
         * Flag definitions to start from, as JSON. Definitions from the server replace them. Not copied, so do not change the array. Null for none.
         *
         * @param flagDefinitionsJson the value, or null
         * @return this
         */
        public Builder flagDefinitionsJson(byte[] flagDefinitionsJson) {
            this.flagDefinitionsJson = flagDefinitionsJson;
            return this;
        }

        /**
         * Shares flag definitions between instances of an application. Needs a secret key, with which one of them loads the definitions. Null for none.
         *
         * @param flagDefinitionsCache the value, or null
         * @return this
         */
        public Builder flagDefinitionsCache(FlagDefinitionsCache flagDefinitionsCache) {
            this.flagDefinitionsCache = flagDefinitionsCache;
            return this;
        }

        /**
         * How often flag definitions are asked for. Default 30 s; range 100 ms to 1 day. A tenth of it is jitter.
         *
         * @param flagPollInterval the value
         * @return this
         */
        public Builder flagPollInterval(Duration flagPollInterval) {
            this.flagPollInterval = flagPollInterval;
            return this;
        }

        /**
         * The largest flag definitions that are accepted, in bytes, unpacked. Default 33,554,432; range 1,024 to 268,435,456.
         *
         * @param maxFlagDefinitionsBytes the value
         * @return this
         */
        public Builder maxFlagDefinitionsBytes(int maxFlagDefinitionsBytes) {
            this.maxFlagDefinitionsBytes = maxFlagDefinitionsBytes;
            return this;
        }

        /**
         * How long the server has for one attempt at evaluating flags. Default 3 s; range 10 ms to 1 minute.
         *
         * @param flagRequestTimeout the value
         * @return this
         */
        public Builder flagRequestTimeout(Duration flagRequestTimeout) {
            this.flagRequestTimeout = flagRequestTimeout;
            return this;
        }

        /**
         * How often a remote evaluation is tried again after a failed connection or status 502 or 504. Default 1; range 0 to 5. The first retry waits 300 ms, each further one twice as long.
         *
         * @param flagRetries the value
         * @return this
         */
        public Builder flagRetries(int flagRetries) {
            this.flagRetries = flagRetries;
            return this;
        }

        /**
         * How the use of flags is reported. Default EVENTS; range EVENTS, SUMMARIES or OFF.
         *
         * @param flagUsage the value
         * @return this
         */
        public Builder flagUsage(FlagUsage flagUsage) {
            this.flagUsage = flagUsage;
            return this;
        }

        /**
         * How often summaries of flag use are captured under {@link FlagUsage#SUMMARIES}. Default 60 s; range 1 s to 1 hour.
         *
         * @param flagSummaryInterval the value
         * @return this
         */
        public Builder flagSummaryInterval(Duration flagSummaryInterval) {
            this.flagSummaryInterval = flagSummaryInterval;
            return this;
        }

        /**
         * For how many distinct ids it is remembered which uses of flags were reported. Default 50,000; range 1 to 1,000,000. Beyond it, ids that were not seen for long are forgotten one at a time.
         *
         * @param maxTrackedIds the value
         * @return this
         */
        public Builder maxTrackedIds(int maxTrackedIds) {
            this.maxTrackedIds = maxTrackedIds;
            return this;
        }

        /**
         * Whether the server is asked for flags that cannot be decided from definitions. Default true without
         * definitions and false with them, because a request of seconds has no place in a call that matters.
         *
         * @param remoteFallback the value
         * @return this
         */
        public Builder remoteFallback(boolean remoteFallback) {
            this.remoteFallback = remoteFallback;
            return this;
        }

        /**
         * The contexts this application evaluates flags for: a flag that names contexts and none of these is not
         * evaluated. Default none, which means all flags.
         *
         * @param evaluationContexts the contexts; null means none
         * @return this
         * @throws IllegalArgumentException if one of them is null or blank
         */
        public Builder evaluationContexts(Collection<String> evaluationContexts) {
            this.evaluationContexts = OptionCheck.names(evaluationContexts, "evaluationContexts");
            return this;
        }

        /**
         * Told when flag definitions have changed; null for none.
         *
         * @param flagChangeListener the value, or null
         * @return this
         */
        public Builder flagChangeListener(FlagChangeListener flagChangeListener) {
            this.flagChangeListener = flagChangeListener;
            return this;
        }

        /**
         * How logs are captured and sent. Default {@link LogSettings#DEFAULT}.
         *
         * @param logs the value
         * @return this
         */
        public Builder logs(LogSettings logs) {
            this.logs = logs;
            return this;
        }

        /**
         * Properties that every event gets, weaker than what an event, its context or its flags say. They can be changed at
         * run time with {@link CaptureClient#superProperties()}.
         *
         * @param superProperties name to value, any that {@link EventWriter#put(String, Object)} takes; null means none
         * @return this
         * @throws IllegalArgumentException if a name is null or blank
         */
        public Builder superProperties(Map<String, ?> superProperties) {
            this.superProperties = OptionCheck.properties(superProperties, "superProperties");
            return this;
        }

        /**
         * Adds a hook that sees each event before it is queued, and may change or drop it. Hooks run in the order they were
         * added in. With a hook every capture allocates; see {@link BeforeSend}.
         *
         * @param hook the hook
         * @return this
         * @throws IllegalArgumentException if it is null
         */
        public Builder beforeSend(BeforeSend hook) {
            OptionCheck.present(hook, "beforeSend");
            this.beforeSend.add(hook);
            return this;
        }

        /**
         * How exceptions are captured: which stack frames are the application's own, which exceptions are ignored, and where
         * source code is found. Default {@link ExceptionSettings#DEFAULT}.
         *
         * @param exceptions the value
         * @return this
         */
        public Builder exceptions(ExceptionSettings exceptions) {
            this.exceptions = exceptions;
            return this;
        }

        /**
         * Keeps events in memory and sends none to anybody: for tests of applications.
         *
         * @param eventRecorder the value, or null
         * @return this
         */
        public Builder eventRecorder(EventRecorder eventRecorder) {
            this.eventRecorder = eventRecorder;
            return this;
        }

        /**
         * Has every captured event sent at once and wait for its outcome, at most this long: for scripts and functions that end right after. It blocks the caller, which is what this client otherwise never does. Range 1 ms to 5 minutes; null, the default, means that captures do not wait.
         *
         * @param synchronousTimeout the value, or null
         * @return this
         */
        public Builder synchronousTimeout(Duration synchronousTimeout) {
            this.synchronousTimeout = synchronousTimeout;
            return this;
        }

        /**
         * Whether the client starts opted out and captures nothing until {@link CaptureClient#optIn()}. Default false.
         *
         * @param optedOut the value
         * @return this
         */
        public Builder optedOut(boolean optedOut) {
            this.optedOut = optedOut;
            return this;
        }

        /**
         * Whether debug messages are on from the start; see {@link CaptureClient#debug(boolean)}. Default false.
         *
         * @param debug the value
         * @return this
         */
        public Builder debug(boolean debug) {
            this.debug = debug;
            return this;
        }

        /**
         * The largest AI event, in bytes of JSON. Default 8 MiB; range 1 KiB to 15 MiB. What takes more than 16 MiB in the ring's own form, such as an array of 1.4 million small numbers, is too large as well.
         *
         * @param maxAiEventBytes the value
         * @return this
         */
        public Builder maxAiEventBytes(int maxAiEventBytes) {
            this.maxAiEventBytes = maxAiEventBytes;
            return this;
        }

        /**
         * How many bytes of JSON, before compression and with the envelope, close a batch of AI events. Default 5 MiB; range 1 KiB to 18 MiB. A larger event travels alone.
         *
         * @param maxAiBatchBytes the value
         * @return this
         */
        public Builder maxAiBatchBytes(int maxAiBatchBytes) {
            this.maxAiBatchBytes = maxAiBatchBytes;
            return this;
        }

        /**
         * How many bytes AI events of more than 16 KiB may hold on the heap until they are encoded; beyond it {@link CaptureResult#RING_FULL} is the answer. Nothing is taken before it is needed. Default 64 MiB; range 0 to 4 GiB.
         *
         * @param aiArenaBytes the value
         * @return this
         */
        public Builder aiArenaBytes(long aiArenaBytes) {
            this.aiArenaBytes = aiArenaBytes;
            return this;
        }

        /**
         * An HTTP proxy such as {@code http://proxy.internal:3128}; null for none. Requests to an {@code https}
         * host are tunnelled through it.
         *
         * @param proxy the value, or null
         * @return this
         */
        public Builder proxy(URI proxy) {
            this.proxy = proxy;
            return this;
        }

        /**
         * TLS settings, such as a private certificate authority; null for the JDK's. Host names are verified in
         * either case.
         *
         * @param sslContext the value, or null
         * @return this
         */
        public Builder sslContext(SSLContext sslContext) {
            this.sslContext = sslContext;
            return this;
        }

        /**
         * Told about the outcome of every event; null for none. Costs an inflation of each batch, on the
         * listener's own thread.
         *
         * @param deliveryListener the value, or null
         * @return this
         */
        public Builder deliveryListener(DeliveryListener deliveryListener) {
            this.deliveryListener = deliveryListener;
            return this;
        }

        /**
         * Told about trouble that no single call can report; null for none.
         *
         * @param errorListener the value, or null
         * @return this
         */
        public Builder errorListener(ErrorListener errorListener) {
            this.errorListener = errorListener;
            return this;
        }

        /**
         * Where the client logs; null for {@code System.getLogger("dev.penstock")}. A healthy run logs nothing at
         * INFO or above.
         *
         * @param logger the value, or null
         * @return this
         */
        public Builder logger(System.Logger logger) {
            this.logger = logger;
            return this;
        }

        /**
         * Makes the client's threads; null for daemon threads. The client sets their names either way.
         *
         * @param threadFactory the value, or null
         * @return this
         */
        public Builder threadFactory(ThreadFactory threadFactory) {
            this.threadFactory = threadFactory;
            return this;
        }

        /**
         * The wall clock for timestamps and {@code sent_at}; null for the system's. Read by the client's threads
         * about every millisecond, never by a capture.
         *
         * @param clock the value, or null
         * @return this
         */
        public Builder clock(InstantSource clock) {
            this.clock = clock;
            return this;
        }

        /**
         * Makes the UUIDs of events that come without one; null for UUIDv7 made without allocation. Called on the
         * capturing thread.
         *
         * @param idSource the value, or null
         * @return this
         */
        public Builder idSource(Supplier<UUID> idSource) {
            this.idSource = idSource;
            return this;
        }

        /**
         * Checks every option and makes the configuration.
         *
         * @return the configuration
         * @throws IllegalArgumentException if an option is out of range; the message names the option, its value and
         *     the range
         */
        public ClientConfig build() {
            OptionCheck.text(name, "name", 40);
            OptionCheck.range(maxBatchEvents, "maxBatchEvents", 1, 1_000);
            OptionCheck.range(maxBatchBytes, "maxBatchBytes", 1024, 5 * 1024 * 1024);
            OptionCheck.range(linger, "linger", Duration.ZERO, Duration.ofHours(1));
            OptionCheck.range(maxEventBytes, "maxEventBytes", 1024, 900 * 1024);
            OptionCheck.powerOfTwo(ringSlots, "ringSlots", 64, 1 << 20);
            OptionCheck.range(lanes, "lanes", 1, 8);
            OptionCheck.range(largeEventArenaBytes, "largeEventArenaBytes", 0, 1L << 30);
            OptionCheck.present(overflowPolicy, "overflowPolicy");
            OptionCheck.range(overflowWait, "overflowWait", Duration.ofNanos(1_000), Duration.ofSeconds(10));
            OptionCheck.levels(saturationHigh, saturationLow);
            OptionCheck.present(sampling, "sampling");
            OptionCheck.range(maxInFlightRequests, "maxInFlightRequests", 1, 64);
            OptionCheck.range(maxInFlightBytes, "maxInFlightBytes", 1L << 20, 1L << 30);
            OptionCheck.range(maxRetries, "maxRetries", 0, 100);
            OptionCheck.range(retryDelay, "retryDelay", Duration.ofMillis(100), Duration.ofMillis(1_500));
            OptionCheck.range(requestTimeout, "requestTimeout", Duration.ofMillis(100), Duration.ofMinutes(5));
            OptionCheck.range(connectTimeout, "connectTimeout", Duration.ofMillis(10), Duration.ofMinutes(1));
            OptionCheck.range(circuitFailures, "circuitFailures", 0, 1_000);
            OptionCheck.present(captureMode, "captureMode");
            OptionCheck.present(compressor, "compressor");
            OptionCheck.present(compressionFormat, "compressionFormat");
            if (captureMode == CaptureMode.V0) {
                OptionCheck.gzipOnly(compressionFormat, contentEncoder);
            } else {
                OptionCheck.secret(apiKey, "apiKey");
                OptionCheck.contentEncoder(contentEncoder);
            }
            OptionCheck.range(listenerQueueEvents, "listenerQueueEvents", 1, 1 << 20);
            OptionCheck.range(closeTimeout, "closeTimeout", Duration.ZERO, Duration.ofHours(1));
            OptionCheck.range(stallTimeout, "stallTimeout", Duration.ofSeconds(1), Duration.ofHours(1));
            OptionCheck.present(spool, "spool");
            OptionCheck.secret(secretKey, "secretKey");
            if (flagDefinitionsCache != null && secretKey.isEmpty()) {
                throw new IllegalArgumentException("flagDefinitionsCache needs a secretKey to load definitions with");
            }
            OptionCheck.range(flagPollInterval, "flagPollInterval", Duration.ofMillis(100), Duration.ofDays(1));
            OptionCheck.range(maxFlagDefinitionsBytes, "maxFlagDefinitionsBytes", 1024, 256 * 1024 * 1024);
            OptionCheck.range(flagRequestTimeout, "flagRequestTimeout", Duration.ofMillis(10), Duration.ofMinutes(1));
            OptionCheck.range(flagRetries, "flagRetries", 0, 5);
            OptionCheck.present(flagUsage, "flagUsage");
            OptionCheck.range(flagSummaryInterval, "flagSummaryInterval", Duration.ofSeconds(1), Duration.ofHours(1));
            OptionCheck.range(maxTrackedIds, "maxTrackedIds", 1, 1_000_000);
            OptionCheck.present(logs, "logs");
            OptionCheck.present(exceptions, "exceptions");
            OptionCheck.range(maxAiEventBytes, "maxAiEventBytes", 1_024, 15 * 1024 * 1024);
            OptionCheck.range(maxAiBatchBytes, "maxAiBatchBytes", 1_024, 18 * 1024 * 1024);
            OptionCheck.range(aiArenaBytes, "aiArenaBytes", 0, 4L * 1024 * 1024 * 1024);
            if (synchronousTimeout != null) {
                OptionCheck.range(
                        synchronousTimeout, "synchronousTimeout", Duration.ofMillis(1), Duration.ofMinutes(5));
            }
            OptionCheck.apiKey(apiKey);
            OptionCheck.proxy(proxy);
            return new ClientConfig(this);
        }
    }
}
