package dev.penstock.engine.flags.definitions;

import java.util.List;
import java.util.Map;

/**
 * The fields of a JSON object, read by kind. Null and missing are alike unless {@link #has} is asked; another kind than
 * the one asked for is an error that names the field and nothing of its content.
 */
final class Fields {

    private final Map<String, Object> fields;

    private Fields(Map<String, Object> fields) {
        this.fields = fields;
    }

    /** The fields of what must be an object. */
    static Fields of(Object value, String name) throws MalformedException {
        if (!(value instanceof Map<?, ?>)) {
            throw new MalformedException(name, "an object");
        }
        return new Fields(objectOf(value));
    }

    @SuppressWarnings("unchecked") // names in JSON are always strings
    private static Map<String, Object> objectOf(Object value) {
        return (Map<String, Object>) value;
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    Object raw(String name) {
        return fields.get(name);
    }

    boolean isTrue(String name) {
        return Boolean.TRUE.equals(fields.get(name));
    }

    boolean bool(String name) throws MalformedException {
        Object value = fields.get(name);
        if (value != null && !(value instanceof Boolean)) {
            throw new MalformedException(name, "true or false");
        }
        return value != null && (Boolean) value;
    }

    String textOrNull(String name) {
        return fields.get(name) instanceof String text ? text : null;
    }

    Double number(String name) throws MalformedException {
        Object value = fields.get(name);
        if (value != null && !(value instanceof Number)) {
            throw new MalformedException(name, "a number");
        }
        return value == null ? null : Double.valueOf(((Number) value).doubleValue());
    }

    List<?> list(String name) throws MalformedException {
        Object value = fields.get(name);
        if (value != null && !(value instanceof List<?>)) {
            throw new MalformedException(name, "a list");
        }
        return value == null ? List.of() : (List<?>) value;
    }

    Fields object(String name) throws MalformedException {
        Object value = fields.get(name);
        return value == null ? new Fields(Map.of()) : of(value, name);
    }

    Map<String, Object> all() {
        return fields;
    }
}
