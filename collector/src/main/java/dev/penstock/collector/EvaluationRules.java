package dev.penstock.collector;

import java.util.List;
import java.util.Map;

/** The rules of an evaluation request's body. Immutable. */
final class EvaluationRules {
    private static final List<String> OBJECTS = List.of("groups", "person_properties", "group_properties");
    private static final List<String> OPTIONAL_LISTS = List.of("flag_keys_to_evaluate", "evaluation_contexts");
    private static final List<String> OPTIONAL_TEXTS =
            List.of("$device_id", "device_id", "evaluation_runtime", "sent_at");

    private final FlagKeys keys;

    EvaluationRules(FlagKeys keys) {
        this.keys = keys;
    }

    void check(Map<String, Object> body) throws InvalidRequestException {
        checkProject(body);
        Object distinctId = required(body, "distinct_id");
        require(distinctId instanceof String, "distinct_id", "is not a string");
        require(!distinctId.equals(""), "distinct_id", "is empty");
        for (String name : OBJECTS) {
            require(required(body, name) instanceof Map, name, "is not an object");
        }
        require(onlyTexts(((Map<?, ?>) body.get("groups")).values()), "groups", "has a value that is not a string");
        for (Object properties : ((Map<?, ?>) body.get("group_properties")).values()) {
            require(properties instanceof Map, "group_properties", "has a value that is not an object");
        }
        require(required(body, "geoip_disable") instanceof Boolean, "geoip_disable", "is not a boolean");
        for (String name : OPTIONAL_LISTS) {
            Object value = body.get(name);
            boolean fits = value instanceof List<?> list && onlyTexts(list);
            require(fits || !body.containsKey(name), name, "is not a list of strings");
        }
        for (String name : OPTIONAL_TEXTS) {
            require(body.get(name) instanceof String || !body.containsKey(name), name, "is not a string");
        }
    }

    private void checkProject(Map<String, Object> body) throws InvalidRequestException {
        boolean aliased = !body.containsKey("token") && body.containsKey("api_key");
        String name = aliased ? "api_key" : "token";
        require(required(body, name) instanceof String, name, "is not a string");
        String sent = (String) body.get(name);
        require(!sent.isBlank(), name, "is blank");
        keys.checkProject(name, sent);
    }

    private static Object required(Map<String, Object> body, String name) throws InvalidRequestException {
        require(body.containsKey(name), name, "is missing");
        return body.get(name);
    }

    private static boolean onlyTexts(Iterable<?> values) {
        for (Object value : values) {
            if (!(value instanceof String)) {
                return false;
            }
        }
        return true;
    }

    private static void require(boolean holds, String name, String fault) throws InvalidRequestException {
        if (!holds) {
            throw new InvalidRequestException(name + " " + fault);
        }
    }
}
