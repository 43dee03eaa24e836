package dev.penstock.client.logs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * One log record as the application gives it. Its time is not part of it: that is the moment of {@link
 * LogClient#captureLog}.
 *
 * <pre>{@code
 * client.logs().captureLog(LogRecord.builder("checkout failed")
 *         .level(LogLevel.ERROR)
 *         .attribute("order", 4711)
 *         .traceId(span.traceId())
 *         .build());
 * }</pre>
 *
 * <p>Attributes may have any value that an event's property may have. A null as the value of an attribute leaves the
 * attribute out, the one from the request context of that name included.
 *
 * <p><b>Threads:</b> immutable, as far as the attributes' values are; any. A builder belongs to one thread.
 */
public final class LogRecord {

    private static final int TRACE_FLAGS_MASK = 0xFF;

    private final String body;
    private final LogLevel level;
    private final Map<String, Object> attributes;
    private final String traceId;
    private final String spanId;
    private final OptionalInt traceFlags;
    private final String distinctId;
    private final String sessionId;

    private LogRecord(Builder builder) {
        this.body = builder.body;
        this.level = builder.level;
        this.attributes = builder.attributes.isEmpty()
                ? Map.of()
                : Collections.unmodifiableMap(new LinkedHashMap<>(builder.attributes));
        this.traceId = builder.traceId;
        this.spanId = builder.spanId;
        this.traceFlags = builder.traceFlags;
        this.distinctId = builder.distinctId;
        this.sessionId = builder.sessionId;
    }

    /**
     * Begins a record.
     *
     * @param body the message; a record whose body is null or blank is not captured
     * @return a builder
     */
    public static Builder builder(String body) {
        return new Builder(body);
    }

    /**
     * Begins a record that is like this one.
     *
     * @return a builder
     */
    public Builder toBuilder() {
        Builder builder = new Builder(body);
        builder.level = level;
        builder.attributes.putAll(attributes);
        builder.traceId = traceId;
        builder.spanId = spanId;
        builder.traceFlags = traceFlags;
        builder.distinctId = distinctId;
        builder.sessionId = sessionId;
        return builder;
    }

    /**
     * The message.
     *
     * @return the text; empty if none was given
     */
    public String body() {
        return body;
    }

    /**
     * How serious it is.
     *
     * @return the level; {@link LogLevel#INFO} unless given
     */
    public LogLevel level() {
        return level;
    }

    /**
     * What else is to be known.
     *
     * @return name to value, in the order given; unmodifiable, and a value may be null
     */
    public Map<String, Object> attributes() {
        return attributes;
    }

    /**
     * The trace it belongs to.
     *
     * @return the id, or null
     */
    public String traceId() {
        return traceId;
    }

    /**
     * The span it belongs to.
     *
     * @return the id, or null
     */
    public String spanId() {
        return spanId;
    }

    /**
     * The flags of the trace.
     *
     * @return a number from 0 to 255, or empty
     */
    public OptionalInt traceFlags() {
        return traceFlags;
    }

    /**
     * Whom it is about.
     *
     * @return the id, or null for that of the request context
     */
    public String distinctId() {
        return distinctId;
    }

    /**
     * The session it belongs to.
     *
     * @return the id, or null for that of the request context
     */
    public String sessionId() {
        return sessionId;
    }

    /** Shows no attribute's value: they may be anything. */
    @Override
    public String toString() {
        return "LogRecord{level=" + level + ", body=" + body + ", attributes=" + attributes.keySet() + "}";
    }

    /**
     * Collects a record.
     *
     * <p><b>Threads:</b> one thread at a time.
     */
    public static final class Builder {

        private final Map<String, Object> attributes = new LinkedHashMap<>();
        private String body;
        private LogLevel level = LogLevel.INFO;
        private String traceId;
        private String spanId;
        private OptionalInt traceFlags = OptionalInt.empty();
        private String distinctId;
        private String sessionId;

        private Builder(String body) {
            body(body);
        }

        /**
         * Sets the message.
         *
         * @param body the text; null means none
         * @return this
         */
        public Builder body(String body) {
            this.body = body == null ? "" : body;
            return this;
        }

        /**
         * Sets how serious it is.
         *
         * @param level the level; null means {@link LogLevel#INFO}
         * @return this
         */
        public Builder level(LogLevel level) {
            this.level = level == null ? LogLevel.INFO : level;
            return this;
        }

        /**
         * Adds an attribute.
         *
         * @param name its name; null leaves it out
         * @param value its value, kept as it is; null leaves out the attribute of that name, wherever it would come from
         * @return this
         */
        public Builder attribute(String name, Object value) {
            if (name != null) {
                attributes.put(name, value);
            }
            return this;
        }

        /**
         * Adds attributes.
         *
         * @param attributes names and values, read during the call; null means none
         * @return this
         */
        public Builder attributes(Map<String, ?> attributes) {
            if (attributes != null) {
                // A map of another type, cast, has names that are not text.
                for (Map.Entry<?, ?> attribute : attributes.entrySet()) {
                    Object name = attribute.getKey();
                    attribute(name == null ? null : name.toString(), attribute.getValue());
                }
            }
            return this;
        }

        /**
         * Sets the trace it belongs to.
         *
         * @param traceId the id, 32 hexadecimal digits; anything else is left out with a warning. Null or blank means none
         * @return this
         */
        public Builder traceId(String traceId) {
            this.traceId = presentOrNull(traceId);
            return this;
        }

        /**
         * Sets the span it belongs to.
         *
         * @param spanId the id, 16 hexadecimal digits; anything else is left out with a warning. Null or blank means none
         * @return this
         */
        public Builder spanId(String spanId) {
            this.spanId = presentOrNull(spanId);
            return this;
        }

        /**
         * Sets the flags of the trace.
         *
         * @param traceFlags the flags, of which the lowest eight bits count; 1 means sampled
         * @return this
         */
        public Builder traceFlags(int traceFlags) {
            this.traceFlags = OptionalInt.of(traceFlags & TRACE_FLAGS_MASK);
            return this;
        }

        /**
         * Sets whom it is about.
         *
         * @param distinctId the id; null or blank means that of the request context
         * @return this
         */
        public Builder distinctId(String distinctId) {
            this.distinctId = presentOrNull(distinctId);
            return this;
        }

        /**
         * Sets the session it belongs to.
         *
         * @param sessionId the id; null or blank means that of the request context
         * @return this
         */
        public Builder sessionId(String sessionId) {
            this.sessionId = presentOrNull(sessionId);
            return this;
        }

        private static String presentOrNull(String value) {
            return value == null || value.isBlank() ? null : value;
        }

        /**
         * Builds the record. The builder can be used further.
         *
         * @return a record
         */
        public LogRecord build() {
            return new LogRecord(this);
        }
    }
}
