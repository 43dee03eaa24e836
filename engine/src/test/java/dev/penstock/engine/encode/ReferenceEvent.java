package dev.penstock.engine.encode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.client.context.ContextScope;
import dev.penstock.client.context.RequestContext;
import dev.penstock.client.flags.FlagValue;
import dev.penstock.engine.capture.CaptureRig;
import dev.penstock.engine.capture.EventScratch;
import dev.penstock.engine.testing.FixedFlags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an event is given from all sides, and what must become of it: said once more with plain maps, slowly and without a
 * thought for bytes, so that the encoder has something to agree with.
 */
@SuppressWarnings("try") // scopes are only closed
final class ReferenceEvent {

    static final String GEOIP = "$geoip_disable";
    static final String PROFILE = "$process_person_profile";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> OWN = Set.of("$lib", "$lib_version", "$is_server");
    private static final Map<String, String> ROOTS = Map.of("$session_id", "session_id", "$window_id", "window_id");
    private static final Map<String, String> SWITCHES = Map.of(
            PROFILE,
            "process_person_profile",
            "$cookieless_mode",
            "cookieless_mode",
            "$ignore_sent_at",
            "disable_skew_correction");
    private static final Set<String> SAID_ELSEWHERE = Set.of("distinct_id", "$lib", "$lib_version");

    final EventShape shape;
    final Map<String, Object> system = new LinkedHashMap<>();
    final Map<String, Object> superProperties = new LinkedHashMap<>();
    final Map<String, Object> context = new LinkedHashMap<>();
    final Map<String, FlagValue> flags = new TreeMap<>();
    final List<Map.Entry<String, Object>> callers = new ArrayList<>();

    /** By the property they become; names of {@code $unset} have the value null. */
    final Map<String, Map<String, Object>> spaces = new LinkedHashMap<>();

    Boolean geoIpDisabled;
    boolean personless;

    ReferenceEvent(EventShape shape, Map<String, Object> system) {
        this.shape = shape;
        this.system.putAll(system);
    }

    /** The client's own properties as a client of this shape has them. */
    static Map<String, Object> systemOf(EventShape shape) {
        Map<String, Object> all = new LinkedHashMap<>(CaptureRig.allSystemProperties());
        if (shape == EventShape.OPTIONS) {
            all.remove("$lib");
            all.remove("$lib_version");
        }
        return all;
    }

    ReferenceEvent caller(String name, Object value) {
        callers.add(new java.util.AbstractMap.SimpleEntry<>(name, value));
        return this;
    }

    ReferenceEvent space(String property, String name, Object value) {
        spaces.computeIfAbsent(property, p -> new LinkedHashMap<>()).put(name, value);
        return this;
    }

    /** The event as a rig of this shape writes it. */
    JsonNode written(CaptureRig rig) {
        return written(rig, this::fill);
    }

    /** The event as a rig of this shape writes it, its own part filled by the test. */
    JsonNode written(CaptureRig rig, java.util.function.Consumer<EventScratch> filling) {
        rig.superProperties().unregister(rig.superProperties().all().keySet());
        rig.superProperties().register(superProperties);
        try (ContextScope scope = rig.contexts()
                .enterFresh(RequestContext.builder().properties(context).build())) {
            return rig.tree(filling);
        }
    }

    private void fill(EventScratch event) {
        if (personless) {
            event.distinctId(null);
        }
        if (!flags.isEmpty()) {
            event.flags(new FixedFlags(flags));
        }
        callers.forEach(entry -> event.put(entry.getKey(), entry.getValue()));
        if (geoIpDisabled != null) {
            event.disableGeoIp(geoIpDisabled);
        }
        spaces.getOrDefault("$set", Map.of()).forEach(event::setPerson);
        spaces.getOrDefault("$set_once", Map.of()).forEach(event::setPersonOnce);
        spaces.getOrDefault("$unset", Map.of()).keySet().forEach(event::unsetPerson);
        spaces.getOrDefault("$groups", Map.of()).forEach((type, key) -> event.group(type, (String) key));
        spaces.getOrDefault("$group_set", Map.of()).forEach(event::setGroup);
    }

    /** What must be at the event's root besides name, ids and time. */
    JsonNode expected() {
        Map<String, Object> properties = merged();
        Map<String, Object> root = new LinkedHashMap<>();
        if (shape == EventShape.OPTIONS) {
            Map<String, Object> options = new LinkedHashMap<>();
            lift(properties, root, options);
            if (personless) {
                options.putIfAbsent("process_person_profile", false); // what cannot be read makes no person
            }
            root.put("options", options);
        }
        root.put("properties", properties);
        return tree(root);
    }

    private Map<String, Object> merged() {
        Map<String, Object> properties = new LinkedHashMap<>(system);
        properties.putAll(superProperties);
        properties.putAll(context);
        properties.putAll(flagProperties());
        callers.forEach(entry -> properties.put(entry.getKey(), entry.getValue()));
        system.forEach((name, value) -> {
            if (OWN.contains(name)) {
                properties.put(name, value);
            }
        });
        spaces.forEach((property, members) ->
                properties.put(property, property.equals("$unset") ? new ArrayList<>(members.keySet()) : members));
        if (geoIpDisabled != null) {
            properties.put(GEOIP, geoIpDisabled);
        }
        if (Boolean.FALSE.equals(properties.get(GEOIP))) {
            properties.remove(GEOIP);
        }
        if (personless && !properties.containsKey(PROFILE)) {
            properties.put(PROFILE, false);
        }
        return properties;
    }

    private Map<String, Object> flagProperties() {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> active = new ArrayList<>();
        flags.forEach((key, value) -> {
            properties.put("$feature/" + key, value.toJsonValue());
            if (value.isEnabled()) {
                active.add(key);
            }
        });
        if (!active.isEmpty()) {
            properties.put("$active_feature_flags", active);
        }
        return properties;
    }

    private static void lift(Map<String, Object> properties, Map<String, Object> root, Map<String, Object> options) {
        ROOTS.forEach((property, name) -> putIfPresent(root, name, textOrNull(properties.remove(property))));
        SWITCHES.forEach((property, name) -> putIfPresent(options, name, truthOrNull(properties.remove(property))));
        putIfPresent(options, "product_tour_id", textOrNull(properties.remove("$product_tour_id")));
        properties.keySet().removeAll(SAID_ELSEWHERE);
    }

    private static void putIfPresent(Map<String, Object> target, String name, Object value) {
        if (value != null) {
            target.put(name, value);
        }
    }

    private static Object textOrNull(Object value) {
        return value instanceof String ? value : null;
    }

    private static Object truthOrNull(Object value) {
        if (value instanceof Boolean) {
            return value;
        }
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        if (value instanceof String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "true", "1" -> true;
                case "false", "0" -> false;
                default -> null;
            };
        }
        return null;
    }

    /** The parts of a written event that {@link #expected()} speaks of. */
    static JsonNode compared(JsonNode event) {
        com.fasterxml.jackson.databind.node.ObjectNode copy = event.deepCopy();
        copy.remove(List.of("event", "distinct_id", "uuid", "timestamp"));
        return copy;
    }

    private static JsonNode tree(Object value) {
        try {
            // Through text, so that numbers have the types a parser gives them.
            return CaptureRig.parse(JSON.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
