package dev.penstock.client.context;

import dev.penstock.client.flags.FlagEvaluations;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is known of a request: whom it is from, and what its events and its questions about flags have in common.
 *
 * <pre>{@code
 * RequestContext request = TracingHeaders.fromGetter(http::getHeader)
 *         .requestMethod(http.getMethod())
 *         .requestPath(http.getRequestURI())
 *         .build();
 * try (ContextScope scope = client.contexts().enterFresh(request)) {
 *     handle(http);
 * }
 * }</pre>
 *
 * <p>An event has the last word: its own distinct id and properties win over those of the context. Properties for flags are
 * told to nobody but flag evaluation.
 *
 * <p>Nothing here throws because of what it is given. Names that are not text, as in a map of another type, become text; of a
 * map that throws while it is read, what was read before is kept.
 *
 * <p><b>Threads:</b> immutable; any. A builder belongs to one thread. Maps are copied when the context is built, the values
 * in them are not: they are read when the first event needs them, and must not change meanwhile.
 */
public final class RequestContext {

    /** Knows nothing. */
    public static final RequestContext EMPTY = builder().build();

    static final String SESSION_ID = "$session_id";

    /** Whoever sends a request decides how long its URL is. */
    static final int MAX_TEXT_CHARS = 4_096;

    private final String distinctId;
    private final String sessionId;
    private final String deviceId;
    private final FlagEvaluations flags;
    private final Map<String, Object> properties;
    private final Map<String, Map<String, Object>> eventProperties;
    private final Map<String, Object> personPropertiesForFlags;
    private final Map<String, Map<String, Object>> groupPropertiesForFlags;

    private RequestContext(Builder builder) {
        this.distinctId = builder.distinctId;
        this.sessionId = builder.sessionId;
        this.deviceId = builder.deviceId;
        this.flags = builder.flags;
        this.properties = frozen(builder.properties);
        this.eventProperties = frozenDeeply(builder.eventProperties);
        this.personPropertiesForFlags = frozen(builder.personPropertiesForFlags);
        this.groupPropertiesForFlags = frozenDeeply(builder.groupPropertiesForFlags);
    }

    private static Map<String, Object> frozen(Map<String, Object> map) {
        return map.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    private static Map<String, Map<String, Object>> frozenDeeply(Map<String, Map<String, Object>> maps) {
        if (maps.isEmpty()) {
            return Map.of();
        }
        Map<String, Map<String, Object>> frozen = new HashMap<>();
        maps.forEach((name, map) -> frozen.put(name, frozen(map)));
        return Collections.unmodifiableMap(frozen);
    }

    /**
     * Begins a context.
     *
     * @return a builder that knows nothing
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Begins a context from this one.
     *
     * @return a builder that knows what this context knows
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.distinctId = distinctId;
        builder.sessionId = sessionId;
        builder.deviceId = deviceId;
        builder.flags = flags;
        builder.properties.putAll(properties);
        eventProperties.forEach(builder::eventProperties);
        builder.personPropertiesForFlags.putAll(personPropertiesForFlags);
        groupPropertiesForFlags.forEach(builder::groupPropertiesForFlags);
        return builder;
    }

    /**
     * This context laid over another one, as an inner scope is over an outer: what this one knows wins, the rest is
     * inherited. Maps are merged name by name. A session id replaces an inherited property {@code $session_id}.
     *
     * @param outer the context to inherit from; null means nothing
     * @return a context that knows what both know
     */
    public RequestContext over(RequestContext outer) {
        if (outer == null || outer == EMPTY) {
            return this;
        }
        Builder builder = outer.toBuilder();
        if (sessionId != null) {
            builder.replaceSessionId(sessionId);
        }
        builder.distinctId(distinctId == null ? builder.distinctId : distinctId)
                .deviceId(deviceId == null ? builder.deviceId : deviceId)
                .flags(flags == null ? builder.flags : flags)
                .properties(properties)
                .personPropertiesForFlags(personPropertiesForFlags);
        eventProperties.forEach(builder::eventProperties);
        groupPropertiesForFlags.forEach(builder::groupPropertiesForFlags);
        return builder.build();
    }

    /**
     * Whom events and questions about flags are about that do not say so themselves.
     *
     * @return the distinct id, never blank; null if none is known
     */
    public String distinctId() {
        return distinctId;
    }

    /**
     * The session that events belong to, which get it as the property {@code $session_id}.
     *
     * @return the session's id, never blank; null if none is known
     */
    public String sessionId() {
        return sessionId;
    }

    /**
     * The id of the device, by which some flags are rolled out.
     *
     * @return the id, never blank; null if none is known
     */
    public String deviceId() {
        return deviceId;
    }

    /**
     * The evaluated flags that are attached to events.
     *
     * @return the evaluations, or null
     */
    public FlagEvaluations flags() {
        return flags;
    }

    /**
     * The properties of all events, without the one that the {@link #sessionId()} becomes.
     *
     * @return an unmodifiable map
     */
    public Map<String, Object> properties() {
        return properties;
    }

    /**
     * The properties of events of certain names.
     *
     * @return an unmodifiable map from the event's name to properties
     */
    public Map<String, Map<String, Object>> eventProperties() {
        return eventProperties;
    }

    /**
     * What flag evaluation is to know of the person.
     *
     * @return an unmodifiable map
     */
    public Map<String, Object> personPropertiesForFlags() {
        return personPropertiesForFlags;
    }

    /**
     * What flag evaluation is to know of the groups.
     *
     * @return an unmodifiable map from the group's type to properties
     */
    public Map<String, Map<String, Object>> groupPropertiesForFlags() {
        return groupPropertiesForFlags;
    }

    /**
     * Names the person and how many properties there are, but no values.
     *
     * @return the text
     */
    @Override
    public String toString() {
        return "RequestContext{distinctId=" + distinctId + ", sessionId=" + sessionId + ", properties="
                + properties.size() + '}';
    }

    /**
     * Collects what is known. What is null or blank where there must be text counts as not known and is not an error, so
     * that an integration can hand over whatever the request has.
     */
    public static final class Builder {

        private final Map<String, Object> properties = new LinkedHashMap<>();
        private final Map<String, Map<String, Object>> eventProperties = new HashMap<>();
        private final Map<String, Object> personPropertiesForFlags = new LinkedHashMap<>();
        private final Map<String, Map<String, Object>> groupPropertiesForFlags = new HashMap<>();
        private String distinctId;
        private String sessionId;
        private String deviceId;
        private FlagEvaluations flags;

        private Builder() {}

        /**
         * Sets whom events and questions about flags are about that do not say so themselves. An id that the application
         * has authenticated belongs here in place of the one that {@link TracingHeaders} found.
         *
         * @param id the distinct id; null or blank means unknown
         * @return this
         */
        public Builder distinctId(String id) {
            distinctId = textOrNull(id);
            return this;
        }

        /**
         * Sets the session that events belong to: they get it as the property {@code $session_id}, unless this context has
         * such a property.
         *
         * @param id the session's id; null or blank means unknown
         * @return this
         */
        public Builder sessionId(String id) {
            sessionId = textOrNull(id);
            return this;
        }

        /**
         * Sets the id of the device, by which some flags are rolled out. A question about another distinct id than this
         * context's does not get it.
         *
         * @param id the id; null or blank means unknown
         * @return this
         */
        public Builder deviceId(String id) {
            deviceId = textOrNull(id);
            return this;
        }

        /**
         * Attaches evaluated flags to all events, as {@link dev.penstock.client.EventWriter#flags(FlagEvaluations)} does to
         * one; what is attached to an event itself wins.
         *
         * @param evaluations the evaluations; null attaches none
         * @return this
         */
        public Builder flags(FlagEvaluations evaluations) {
            flags = evaluations;
            return this;
        }

        /**
         * Adds a property to all events.
         *
         * @param name the property's name; null leaves it out
         * @param value the value, of any type an event can carry; null is written as JSON null
         * @return this
         */
        public Builder property(String name, Object value) {
            if (name != null) {
                properties.put(name, value);
            }
            return this;
        }

        /**
         * Adds properties to all events.
         *
         * @param more names and values; null means none
         * @return this
         */
        public Builder properties(Map<String, ?> more) {
            ForeignMap.addTo(properties, more);
            return this;
        }

        /**
         * Adds properties to the events of one name. They win over properties of the same names that all events get, also
         * over those of an inner context.
         *
         * @param event the event's name; null leaves them out
         * @param more names and values; null means none
         * @return this
         */
        public Builder eventProperties(String event, Map<String, ?> more) {
            put(eventProperties, event, more);
            return this;
        }

        /**
         * Adds properties of the person that flag evaluation is to know, beneath those that a {@link
         * dev.penstock.client.flags.FlagContext} has. They are this person's: a question about another distinct id than this
         * context's does not get them. To pretend a place, give {@code $geoip_country_code} and the like.
         *
         * @param more names and values as in {@link dev.penstock.client.flags.FlagContext}; null means none
         * @return this
         */
        public Builder personPropertiesForFlags(Map<String, ?> more) {
            ForeignMap.addTo(personPropertiesForFlags, more);
            return this;
        }

        /**
         * Adds properties of a group that flag evaluation is to know. They have an effect where the {@link
         * dev.penstock.client.flags.FlagContext} names a group of this type, whomever it is about, beneath the properties it has itself.
         *
         * @param type the group's type; null leaves them out
         * @param more names and values; null means none
         * @return this
         */
        public Builder groupPropertiesForFlags(String type, Map<String, ?> more) {
            put(groupPropertiesForFlags, type, more);
            return this;
        }

        /**
         * Forgets what flag evaluation was to know of the person.
         *
         * @return this
         */
        public Builder resetPersonPropertiesForFlags() {
            personPropertiesForFlags.clear();
            return this;
        }

        /**
         * Forgets what flag evaluation was to know of all groups.
         *
         * @return this
         */
        public Builder resetGroupPropertiesForFlags() {
            groupPropertiesForFlags.clear();
            return this;
        }

        /**
         * Forgets what flag evaluation was to know of the groups of one type.
         *
         * @param type the group's type
         * @return this
         */
        public Builder resetGroupPropertiesForFlags(String type) {
            groupPropertiesForFlags.remove(type);
            return this;
        }

        /**
         * Adds the property {@code $current_url}.
         *
         * @param url the request's URL, cut at 4,096 characters; null or blank leaves it out
         * @return this
         */
        public Builder currentUrl(String url) {
            return text("$current_url", url);
        }

        /**
         * Adds the property {@code $request_method}.
         *
         * @param method the request's method, cut at 4,096 characters; null or blank leaves it out
         * @return this
         */
        public Builder requestMethod(String method) {
            return text("$request_method", method);
        }

        /**
         * Adds the property {@code $request_path}.
         *
         * @param path the request's path, cut at 4,096 characters; null or blank leaves it out
         * @return this
         */
        public Builder requestPath(String path) {
            return text("$request_path", path);
        }

        /**
         * Adds the property {@code $user_agent}.
         *
         * @param agent what the caller says it is, cut at 4,096 characters; null or blank leaves it out
         * @return this
         */
        public Builder userAgent(String agent) {
            return text("$user_agent", agent);
        }

        /**
         * Adds the property {@code $ip}. The server derives a place from it only where GeoIP is not disabled.
         *
         * @param address the caller's address, cut at 4,096 characters; null or blank leaves it out
         * @return this
         */
        public Builder ip(String address) {
            return text("$ip", address);
        }

        /**
         * Adds the property {@code $response_status_code}, for exceptions above all.
         *
         * @param status the response's status
         * @return this
         */
        public Builder responseStatusCode(int status) {
            return property("$response_status_code", status);
        }

        /**
         * Builds the context. The builder can be used further.
         *
         * @return a context
         */
        public RequestContext build() {
            return new RequestContext(this);
        }

        private void replaceSessionId(String id) {
            properties.remove(SESSION_ID);
            eventProperties.values().forEach(ofEvent -> ofEvent.remove(SESSION_ID));
            sessionId = id;
        }

        private Builder text(String name, String value) {
            return textOrNull(value) == null ? this : property(name, HeaderText.beginning(value, MAX_TEXT_CHARS));
        }

        private static String textOrNull(String value) {
            return value == null || value.isBlank() ? null : value;
        }

        private static void put(Map<String, Map<String, Object>> maps, String name, Map<String, ?> more) {
            if (name == null) {
                return;
            }
            Map<String, Object> known = maps.computeIfAbsent(name, any -> new LinkedHashMap<>());
            ForeignMap.addTo(known, more);
            if (known.isEmpty()) {
                maps.remove(name);
            }
        }
    }
}
