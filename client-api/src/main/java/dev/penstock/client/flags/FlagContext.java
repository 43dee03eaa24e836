package dev.penstock.client.flags;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whom a question about flags is about: a person, the properties known of them, the groups they belong to. Build it once
 * per request and use it for every flag.
 *
 * <pre>{@code
 * FlagContext player = FlagContext.builder("player-77")
 *         .personProperty("plan", "pro")
 *         .group("guild", "g-12")
 *         .groupProperty("guild", "level", 9)
 *         .build();
 * }</pre>
 *
 * <p>A property that is not given is unknown, which is not the same as absent on the person: a filter on it cannot be
 * decided locally. A property given as null is known to be null.
 *
 * <p>Values are strings, booleans and numbers, and lists and maps of them; characters, enums (by name), UUIDs, URLs, locales
 * and dates count as their text; {@link java.util.Optional} as what it holds. A value of another type, nested deeper than
 * 16 levels, or that throws while it is read, is left out as if it had not been given.
 *
 * <p><b>Threads:</b> immutable; any. A builder belongs to one thread. <b>Allocation:</b> building allocates, reading and
 * evaluating does not.
 */
public final class FlagContext {

    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

    private final String distinctId;
    private final String deviceId;
    private final Map<String, Object> personProperties;
    private final Map<String, String> groups;
    private final Map<String, Map<String, Object>> groupProperties;
    private final long groupsHash;

    private FlagContext(
            String distinctId,
            String deviceId,
            Map<String, Object> personProperties,
            Map<String, String> groups,
            Map<String, Map<String, Object>> groupProperties) {
        this.distinctId = distinctId == null || distinctId.isBlank() ? "" : distinctId;
        this.deviceId = deviceId != null ? deviceId : device(personProperties.get("$device_id"));
        this.personProperties = personProperties;
        this.groups = groups;
        this.groupProperties = groupProperties;
        this.groupsHash = hash(groups);
    }

    /**
     * A person of whom only the id is known.
     *
     * @param distinctId the person's distinct id; null or blank means whom the {@linkplain
     *     dev.penstock.client.context.RequestContext request} is from, or if that is not known, that nobody is asked about and
     *     no flag has a value
     * @return a context
     */
    public static FlagContext of(String distinctId) {
        return new FlagContext(distinctId, null, PropertyTable.EMPTY, Map.of(), Map.of());
    }

    /**
     * A person with properties.
     *
     * @param distinctId the person's distinct id, as in {@link #of(String)}
     * @param personProperties what is known of the person, read during the call; null means nothing
     * @return a context
     */
    public static FlagContext of(String distinctId, Map<String, ?> personProperties) {
        return new FlagContext(
                distinctId,
                null,
                personProperties == null ? PropertyTable.EMPTY : PropertyTable.copyOf(personProperties),
                Map.of(),
                Map.of());
    }

    /**
     * Begins a context.
     *
     * @param distinctId the person's distinct id, as in {@link #of(String)}
     * @return a builder
     */
    public static Builder builder(String distinctId) {
        return new Builder(distinctId);
    }

    /**
     * The person's distinct id.
     *
     * @return the id; empty if none was given
     */
    public String distinctId() {
        return distinctId;
    }

    /**
     * The id of the device, by which some flags are rolled out.
     *
     * @return the id that was given, else the person's property {@code $device_id}; null if neither is known
     */
    public String deviceId() {
        return deviceId;
    }

    /**
     * What is known of the person.
     *
     * @return an unmodifiable map of normalised values, without those left out
     */
    public Map<String, Object> personProperties() {
        return personProperties;
    }

    /**
     * The groups the person belongs to.
     *
     * @return an unmodifiable map from group type to group key
     */
    public Map<String, String> groups() {
        return groups;
    }

    /**
     * What is known of the groups.
     *
     * @return an unmodifiable map from group type to properties; types that are not among the {@link #groups()} have no
     *     effect
     */
    public Map<String, Map<String, Object>> groupProperties() {
        return groupProperties;
    }

    /**
     * A digest of the groups, by which uses of a flag are told apart.
     *
     * @return the same for the same groups in any order; zero without groups
     */
    public long groupsHash() {
        return groupsHash;
    }

    /**
     * Names the person and how many properties and groups there are, but no values.
     *
     * @return the text
     */
    @Override
    public String toString() {
        return "FlagContext{distinctId=" + distinctId + ", personProperties=" + personProperties.size() + ", groups="
                + groups.keySet() + '}';
    }

    private static String device(Object property) {
        boolean usable = property instanceof String text ? !text.isEmpty() : property instanceof Long;
        return usable ? property.toString() : null;
    }

    private static long hash(Map<String, String> groups) {
        if (groups.isEmpty()) {
            return 0;
        }
        long sum = 0;
        for (Map.Entry<String, String> group : groups.entrySet()) {
            sum += mixed(hash(group.getKey(), 1) * 31 + hash(group.getValue(), 2));
        }
        return sum;
    }

    private static long hash(String text, long seed) {
        long hash = seed;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * GOLDEN;
            hash ^= hash >>> 32;
        }
        return hash;
    }

    private static long mixed(long bits) {
        long mixed = (bits ^ bits >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D0_49BB_1331_11EBL;
        return mixed ^ mixed >>> 31;
    }

    /** Collects what is known. */
    public static final class Builder {

        private final String distinctId;
        private final Map<String, Object> personProperties = new LinkedHashMap<>();
        private final Map<String, String> groups = new LinkedHashMap<>();
        private final Map<String, Map<String, Object>> groupProperties = new LinkedHashMap<>();
        private String deviceId;

        private Builder(String distinctId) {
            this.distinctId = distinctId;
        }

        /**
         * Sets the id of the device, by which some flags are rolled out.
         *
         * @param id the id; null or empty means unknown
         * @return this
         */
        public Builder deviceId(String id) {
            deviceId = id == null || id.isEmpty() ? null : id;
            return this;
        }

        /**
         * Adds a property of the person.
         *
         * @param name the property's name; null leaves it out
         * @param value the value; null means that it is known to be null
         * @return this
         */
        public Builder personProperty(String name, Object value) {
            put(personProperties, name, value);
            return this;
        }

        /**
         * Adds properties of the person.
         *
         * @param properties names and values, read during the call; null means none
         * @return this
         */
        public Builder personProperties(Map<String, ?> properties) {
            if (properties != null) {
                properties.forEach(this::personProperty);
            }
            return this;
        }

        /**
         * Adds a group the person belongs to.
         *
         * @param type the type, such as {@code company}
         * @param key the group's key; numbers are given as their digits
         * @return this
         * @throws IllegalArgumentException if one of them is null or blank
         */
        public Builder group(String type, String key) {
            if (type == null || type.isBlank() || key == null || key.isBlank()) {
                throw new IllegalArgumentException("a group needs a type and a key");
            }
            groups.put(type, key);
            return this;
        }

        /**
         * Adds a property of a group.
         *
         * @param type the group's type
         * @param name the property's name; null leaves it out
         * @param value the value; null means that it is known to be null
         * @return this
         */
        public Builder groupProperty(String type, String name, Object value) {
            if (type != null) {
                put(groupProperties.computeIfAbsent(type, any -> new LinkedHashMap<>()), name, value);
            }
            return this;
        }

        /**
         * Adds properties of a group.
         *
         * @param type the group's type
         * @param properties names and values, read during the call; null means none
         * @return this
         */
        public Builder groupProperties(String type, Map<String, ?> properties) {
            if (properties != null) {
                properties.forEach((name, value) -> groupProperty(type, name, value));
            }
            return this;
        }

        /** Values are read now: they may be changed afterwards. */
        private static void put(Map<String, Object> properties, String name, Object value) {
            if (name == null) {
                return;
            }
            Object normalised = ContextValue.of(value);
            if (normalised == ContextValue.UNUSABLE) {
                properties.remove(name);
            } else {
                properties.put(name, normalised);
            }
        }

        /**
         * Builds the context. The builder can be used further.
         *
         * @return a context
         */
        public FlagContext build() {
            Map<String, Map<String, Object>> ofGroups = new LinkedHashMap<>();
            groupProperties.forEach((type, properties) -> ofGroups.put(type, PropertyTable.copyOf(properties)));
            return new FlagContext(
                    distinctId, deviceId, PropertyTable.copyOf(personProperties), frozen(groups), frozen(ofGroups));
        }

        private static <V> Map<String, V> frozen(Map<String, V> map) {
            return map.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
        }
    }
}
