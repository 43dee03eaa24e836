package dev.penstock.stress.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of a call by name and kind. A field that is null counts as one that is absent; one of another kind is a
 * complaint, because a harness that is misread tests nothing. Immutable.
 */
final class CallFields {
    private static final ObjectReader READER = new JsonMapper()
            .readerFor(new TypeReference<Map<String, Object>>() {})
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Map<String, Object> values;

    private CallFields(Map<String, Object> values) {
        this.values = values;
    }

    /** Reads a body; an empty one has no fields. */
    static CallFields parse(String json) throws BadCallException {
        if (json.isBlank()) {
            return new CallFields(Map.of());
        }
        try {
            Map<String, Object> values = READER.readValue(json);
            if (values == null) {
                throw new BadCallException("the body is not a JSON object");
            }
            return new CallFields(values);
        } catch (JsonProcessingException e) {
            throw new BadCallException("the body is not a JSON object: " + e.getOriginalMessage(), e);
        }
    }

    /** A text that has to be there. */
    String requiredText(String name) throws BadCallException {
        return text(name).orElseThrow(() -> new BadCallException(name + " is missing"));
    }

    Optional<String> text(String name) throws BadCallException {
        return value(name, String.class, "a text");
    }

    Optional<Integer> whole(String name) throws BadCallException {
        return value(name, Integer.class, "a whole number");
    }

    Optional<Boolean> truth(String name) throws BadCallException {
        return value(name, Boolean.class, "true or false");
    }

    /** An object; empty when it is absent. */
    Map<String, Object> object(String name) throws BadCallException {
        return objectIn(values, name);
    }

    /** An object inside an object; empty when it is absent. */
    @SuppressWarnings("unchecked") // the parser makes maps with texts as keys only
    static Map<String, Object> objectIn(Map<String, Object> object, String name) throws BadCallException {
        Object value = object.get(name);
        if (value != null && !(value instanceof Map)) {
            throw new BadCallException(name + " is not an object");
        }
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    private <T> Optional<T> value(String name, Class<T> type, String kind) throws BadCallException {
        Object value = values.get(name);
        if (value != null && !type.isInstance(value)) {
            throw new BadCallException(name + " is not " + kind);
        }
        return Optional.ofNullable(type.cast(value));
    }
}
