package dev.penstock.engine.contracts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A flag whose value a test has decided.
 *
 * @param key its key
 * @param value true or false, or the key of a variant
 * @param payload JSON; null means none
 * @param filters what else its definition says of whom it is for
 */
record ScriptedFlag(String key, Object value, String payload, Map<String, Object> filters) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A flag with a value for everybody. */
    static ScriptedFlag of(String key, Object value) {
        return new ScriptedFlag(key, value, null, Map.of());
    }

    /** The flag with a payload. */
    ScriptedFlag withPayload(String json) {
        return new ScriptedFlag(key, value, json, filters);
    }

    /** The flag for companies, which are the first group type. */
    ScriptedFlag ofCompanies() {
        return new ScriptedFlag(key, value, payload, Map.of("aggregation_group_type_index", 0));
    }

    /** The flag for people on the plan {@code pro}: without that property nobody but the server can decide it. */
    ScriptedFlag ofPros() {
        Map<String, Object> filter = Map.of("key", "plan", "type", "person", "operator", "exact", "value", "pro");
        return new ScriptedFlag(key, value, payload, Map.of("groups", List.of(Map.of("properties", List.of(filter)))));
    }

    /** Definitions for local evaluation. */
    static String definitions(ScriptedFlag... flags) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (ScriptedFlag flag : flags) {
            list.add(flag.definition(list.size() + 1));
        }
        return text(Map.of("flags", list, "group_type_mapping", Map.of("0", "company"), "cohorts", Map.of()));
    }

    /** A server's answer after it has evaluated. */
    static String answer(ScriptedFlag... flags) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (ScriptedFlag flag : flags) {
            values.put(flag.key, flag.evaluated());
        }
        return text(Map.of("flags", values, "errorsWhileComputingFlags", false, "requestId", "r-1"));
    }

    /** The text's bytes. */
    static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, Object> definition(int id) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("groups", List.of(Map.of("properties", List.of())));
        all.putAll(filters);
        if (value instanceof String variant) {
            all.put("multivariate", Map.of("variants", List.of(Map.of("key", variant, "rollout_percentage", 100))));
        }
        if (payload != null) {
            all.put("payloads", Map.of(String.valueOf(value), payload));
        }
        return Map.of("id", id, "key", key, "active", !Boolean.FALSE.equals(value), "filters", all);
    }

    private Map<String, Object> evaluated() {
        Map<String, Object> flag = new LinkedHashMap<>();
        flag.put("key", key);
        flag.put("enabled", !Boolean.FALSE.equals(value));
        flag.put("variant", value instanceof String ? value : null);
        if (payload != null) {
            flag.put("metadata", Map.of("id", 1, "version", 1, "payload", payload));
        }
        return flag;
    }

    private static String text(Map<String, Object> json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
