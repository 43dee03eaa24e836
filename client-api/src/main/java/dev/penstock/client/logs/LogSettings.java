package dev.penstock.client.logs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Everything that can be set about logs. Made by {@link #builder()}, validated once by {@link Builder#build()}, and handed to
 * {@link dev.penstock.client.ClientConfig.Builder#logs}.
 *
 * <p>What is not here, such as retries, timeouts and compression, is that of the client.
 *
 * <p><b>Threads:</b> immutable; any thread. The builder belongs to one thread.
 */
public final class LogSettings {

    /** Default of {@link Builder#linger}. */
    public static final Duration DEFAULT_LINGER = Duration.ofSeconds(1);

    /** Default of {@link Builder#maxBatchRecords}. */
    public static final int DEFAULT_MAX_BATCH_RECORDS = 100;

    /** Default of {@link Builder#maxBatchBytes}. */
    public static final int DEFAULT_MAX_BATCH_BYTES = 1024 * 1024;

    /** Default of {@link Builder#ringSlots}. */
    public static final int DEFAULT_RING_SLOTS = 2_048;

    /** Default of {@link Builder#maxLogs}. */
    public static final int DEFAULT_MAX_LOGS = 10_000;

    /** Default of {@link Builder#window}. */
    public static final Duration DEFAULT_WINDOW = Duration.ofSeconds(10);

    private static final int MAX_BATCH_RECORDS = 1_000;
    private static final int MIN_BATCH_BYTES = 1_024;
    private static final int MAX_BATCH_BYTES = 2_000_000;
    private static final int MIN_RING_SLOTS = 64;
    private static final int MAX_RING_SLOTS = 1 << 20;
    private static final Duration MAX_LINGER = Duration.ofHours(1);
    private static final int MAX_SERVICE_CHARS = 1_024;
    private static final int MAX_RESOURCE_CHARS = 8_192;

    /** Every option at its default. Behind the limits, which its making needs. */
    public static final LogSettings DEFAULT = builder().build();

    private final Duration linger;
    private final int maxBatchRecords;
    private final int maxBatchBytes;
    private final int ringSlots;
    private final int maxLogs;
    private final Duration window;
    private final String serviceName;
    private final String serviceVersion;
    private final String environment;
    private final Map<String, Object> resourceAttributes;
    private final List<UnaryOperator<LogRecord>> beforeSend;

    private LogSettings(Builder builder) {
        this.linger = builder.linger;
        this.maxBatchRecords = builder.maxBatchRecords;
        this.maxBatchBytes = builder.maxBatchBytes;
        this.ringSlots = builder.ringSlots;
        this.maxLogs = builder.maxLogs;
        this.window = builder.window;
        this.serviceName = builder.serviceName;
        this.serviceVersion = builder.serviceVersion;
        this.environment = builder.environment;
        this.resourceAttributes = Collections.unmodifiableMap(new LinkedHashMap<>(builder.resourceAttributes));
        this.beforeSend = List.copyOf(builder.beforeSend);
    }

    /**
     * Begins settings.
     *
     * @return a builder with every default
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The longest time a record waits for company; see {@link Builder#linger}.
     *
     * @return the value; default 1 s
     */
    public Duration linger() {
        return linger;
    }

    /**
     * How many records close a batch; see {@link Builder#maxBatchRecords}.
     *
     * @return the value; default 100
     */
    public int maxBatchRecords() {
        return maxBatchRecords;
    }

    /**
     * How many bytes of JSON, before compression, close a batch; see {@link Builder#maxBatchBytes}.
     *
     * @return the value; default 1 MiB
     */
    public int maxBatchBytes() {
        return maxBatchBytes;
    }

    /**
     * The capacity of the ring of logs; see {@link Builder#ringSlots}.
     *
     * @return the value; default 2,048
     */
    public int ringSlots() {
        return ringSlots;
    }

    /**
     * How many records are accepted in a window; see {@link Builder#maxLogs}.
     *
     * @return the value; default 10,000
     */
    public int maxLogs() {
        return maxLogs;
    }

    /**
     * The window of the rate cap; see {@link Builder#window}.
     *
     * @return the value; default 10 s
     */
    public Duration window() {
        return window;
    }

    /**
     * The service that logs; see {@link Builder#serviceName}.
     *
     * @return the value, or null for the client's name
     */
    public String serviceName() {
        return serviceName;
    }

    /**
     * The version of the service; see {@link Builder#serviceVersion}.
     *
     * @return the value, or null if it was not set
     */
    public String serviceVersion() {
        return serviceVersion;
    }

    /**
     * Where the service is deployed; see {@link Builder#environment}.
     *
     * @return the value, or null if it was not set
     */
    public String environment() {
        return environment;
    }

    /**
     * What else is to be known of the service; see {@link Builder#resourceAttribute}.
     *
     * @return name to value, in the order given; unmodifiable
     */
    public Map<String, Object> resourceAttributes() {
        return resourceAttributes;
    }

    /**
     * The hooks that see records first; see {@link Builder#beforeSend}.
     *
     * @return the hooks in the order they run in; unmodifiable
     */
    public List<UnaryOperator<LogRecord>> beforeSend() {
        return beforeSend;
    }

    /** Shows no resource attribute's value. */
    @Override
    public String toString() {
        return "LogSettings{linger=" + linger + ", maxBatchRecords=" + maxBatchRecords + ", maxBatchBytes="
                + maxBatchBytes + ", ringSlots=" + ringSlots + ", maxLogs=" + maxLogs + ", window=" + window
                + ", serviceName=" + serviceName + ", serviceVersion=" + serviceVersion + ", environment=" + environment
                + ", resourceAttributes=" + resourceAttributes.keySet() + ", beforeSend=" + beforeSend.size() + "}";
    }

    /**
     * Collects options; {@link #build()} checks them all.
     *
     * <p><b>Threads:</b> one thread at a time.
     */
    public static final class Builder {

        private final Map<String, Object> resourceAttributes = new LinkedHashMap<>();
        private final List<UnaryOperator<LogRecord>> beforeSend = new ArrayList<>();
        private Duration linger = DEFAULT_LINGER;
        private int maxBatchRecords = DEFAULT_MAX_BATCH_RECORDS;
        private int maxBatchBytes = DEFAULT_MAX_BATCH_BYTES;
        private int ringSlots = DEFAULT_RING_SLOTS;
        private int maxLogs = DEFAULT_MAX_LOGS;
        private Duration window = DEFAULT_WINDOW;
        private String serviceName;
        private String serviceVersion;
        private String environment;

        private Builder() {}

        /**
         * The longest time a record waits for company in an open batch. Default 1 s, twice that of events: logs come in
         * bursts that compress well together, and nobody waits for one; range 0 to 1 hour. Zero sends at once.
         *
         * @param linger the value
         * @return this
         */
        public Builder linger(Duration linger) {
            this.linger = linger;
            return this;
        }

        /**
         * How many records close a batch, which is then sent without waiting: both the depth that triggers a flush and the
         * most records of a request. Default 100; range 1 to 1,000.
         *
         * @param maxBatchRecords the value
         * @return this
         */
        public Builder maxBatchRecords(int maxBatchRecords) {
            this.maxBatchRecords = maxBatchRecords;
            return this;
        }

        /**
         * How many bytes of JSON, before compression and with the envelope, close a batch. Default 1,048,576, half of what
         * the server takes; range 1,024 to 2,000,000. A larger record travels alone.
         *
         * @param maxBatchBytes the value
         * @return this
         */
        public Builder maxBatchBytes(int maxBatchBytes) {
            this.maxBatchBytes = maxBatchBytes;
            return this;
        }

        /**
         * The capacity of the ring of logs in slots of 256 bytes; a short record takes one, most take two. Default 2,048, which
         * is half a MiB and ten to twenty full batches; a power of two from 64 to 1,048,576. When it is full, a record is answered {@link
         * dev.penstock.client.CaptureResult#RING_FULL}.
         *
         * @param ringSlots the value
         * @return this
         */
        public Builder ringSlots(int ringSlots) {
            this.ringSlots = ringSlots;
            return this;
        }

        /**
         * How many records are accepted in a {@linkplain #window window}; those beyond are answered {@link
         * dev.penstock.client.CaptureResult#SAMPLED} until it is over, with one warning. Default 10,000, which is a thousand a
         * second: a server logs for all its users at once, so the cap does not ration them but stops a loop that logs without
         * end before it fills the network and the bill. A record that is then refused because the ring is full has been
         * counted. Zero or less means no cap.
         *
         * @param maxLogs the value
         * @return this
         */
        public Builder maxLogs(int maxLogs) {
            this.maxLogs = maxLogs;
            return this;
        }

        /**
         * The window of the rate cap. Default 10 s, long enough for the burst of a start or of an outage to pass. Counted
         * in whole milliseconds; less than one means no cap.
         *
         * @param window the value
         * @return this
         */
        public Builder window(Duration window) {
            this.window = window;
            return this;
        }

        /**
         * The service that logs, {@code service.name}. Default the client's name; at most 1,024 characters.
         *
         * @param serviceName the value; null or blank means the default
         * @return this
         */
        public Builder serviceName(String serviceName) {
            this.serviceName = presentOrNull(serviceName);
            return this;
        }

        /**
         * The version of the service, {@code service.version}. Default none; at most 1,024 characters.
         *
         * @param serviceVersion the value; null or blank means none
         * @return this
         */
        public Builder serviceVersion(String serviceVersion) {
            this.serviceVersion = presentOrNull(serviceVersion);
            return this;
        }

        /**
         * Where the service is deployed, {@code deployment.environment}. Default none; at most 1,024 characters.
         *
         * @param environment the value, such as {@code production}; null or blank means none
         * @return this
         */
        public Builder environment(String environment) {
            this.environment = presentOrNull(environment);
            return this;
        }

        /**
         * Adds an attribute of the service, sent once with every batch. What the client says itself, such as {@code
         * service.name}, {@code telemetry.sdk.name} and {@code telemetry.sdk.version}, wins over an attribute of that name.
         * All attributes together, names and values as text, have at most 8,192 characters.
         *
         * @param name its name; null leaves it out
         * @param value a string, a boolean, a number, or a list or map of them, anything else counts as its text; null
         *     leaves it out
         * @return this
         */
        public Builder resourceAttribute(String name, Object value) {
            if (name != null && value != null) {
                resourceAttributes.put(name, value);
            }
            return this;
        }

        /**
         * Adds attributes of the service; see {@link #resourceAttribute}.
         *
         * @param attributes names and values, read during the call; null means none
         * @return this
         */
        public Builder resourceAttributes(Map<String, ?> attributes) {
            if (attributes != null) {
                attributes.forEach(this::resourceAttribute);
            }
            return this;
        }

        /**
         * Adds a hook that sees each record before it is queued, and may change or drop it. Hooks run in the order they were
         * added in, each on the result of the one before.
         *
         * <p>Null, or a record with a blank body, drops it: {@link dev.penstock.client.CaptureResult#FILTERED}. A hook that
         * throws is passed over with a warning, and the record goes on as it was before. What the request context adds is
         * not part of the record yet.
         *
         * <p><b>Threads:</b> called on the capturing thread, several at a time. Records that a hook captures itself are
         * answered {@link dev.penstock.client.CaptureResult#FILTERED}.
         *
         * @param hook the hook
         * @return this
         * @throws IllegalArgumentException if the hook is null
         */
        public Builder beforeSend(UnaryOperator<LogRecord> hook) {
            require(hook != null, "beforeSend must not be null");
            beforeSend.add(hook);
            return this;
        }

        private static String presentOrNull(String value) {
            return value == null || value.isBlank() ? null : value.strip();
        }

        /**
         * Checks every option and makes the settings.
         *
         * @return the settings
         * @throws IllegalArgumentException if an option is out of range; the message names the option, its value and
         *     the range
         */
        public LogSettings build() {
            require(linger != null, "linger must not be null");
            require(
                    !linger.isNegative() && linger.compareTo(MAX_LINGER) <= 0,
                    outside("linger", linger, Duration.ZERO, MAX_LINGER));
            range(maxBatchRecords, "maxBatchRecords", 1, MAX_BATCH_RECORDS);
            range(maxBatchBytes, "maxBatchBytes", MIN_BATCH_BYTES, MAX_BATCH_BYTES);
            range(ringSlots, "ringSlots", MIN_RING_SLOTS, MAX_RING_SLOTS);
            require(Integer.bitCount(ringSlots) == 1, "ringSlots must be a power of two but is " + ringSlots);
            require(window != null, "window must not be null");
            text(serviceName, "serviceName");
            text(serviceVersion, "serviceVersion");
            text(environment, "environment");
            requireBoundedResource();
            return new LogSettings(this);
        }

        /** They go out with every batch. */
        private void requireBoundedResource() {
            long chars = 0;
            for (Map.Entry<String, Object> attribute : resourceAttributes.entrySet()) {
                chars += attribute.getKey().length() + textOf(attribute).length();
            }
            require(
                    chars <= MAX_RESOURCE_CHARS,
                    "resourceAttributes must have at most " + MAX_RESOURCE_CHARS + " characters in all but have "
                            + chars);
        }

        /** As the application's own code gives it, which may throw anything. */
        private static String textOf(Map.Entry<String, Object> attribute) {
            try {
                String text = String.valueOf(attribute.getValue());
                return text == null ? "" : text;
            } catch (Throwable e) {
                throw new IllegalArgumentException(
                        "resourceAttributes must have a text but the value of " + attribute.getKey() + " threw "
                                + e.getClass().getName(),
                        e);
            }
        }

        private static void text(String value, String name) {
            int chars = value == null ? 0 : value.length();
            require(
                    chars <= MAX_SERVICE_CHARS,
                    name + " must have at most " + MAX_SERVICE_CHARS + " characters but has " + chars);
        }

        private static void range(int value, String name, int min, int max) {
            require(value >= min && value <= max, outside(name, value, min, max));
        }

        private static String outside(String name, Object value, Object min, Object max) {
            return name + " must be between " + min + " and " + max + " but is " + value;
        }

        private static void require(boolean holds, String message) {
            if (!holds) {
                throw new IllegalArgumentException(message);
            }
        }
    }
}
