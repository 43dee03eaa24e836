package dev.penstock.cli.flags;

import dev.penstock.client.flags.FlagContext;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;

/** Makes a case of a record's fields. Stateless. */
final class CaseFields {

    private CaseFields() {}

    static VectorRecord.Case read(Map<String, Object> fields) throws BadRecordException {
        return new VectorRecord.Case(
                required(fields, "id"),
                text(fields, "class"),
                text(fields, "definitions_ref"),
                required(fields, "key"),
                context(fields),
                now(text(fields, "now")),
                expected(object(fields, "expected")));
    }

    private static FlagContext context(Map<String, Object> fields) throws BadRecordException {
        FlagContext.Builder context = FlagContext.builder(required(fields, "distinct_id"))
                .deviceId(text(fields, "device_id"))
                .personProperties(properties(fields, "person_properties"));
        for (Map.Entry<String, Object> group : properties(fields, "groups").entrySet()) {
            try {
                context.group(group.getKey(), digits(group.getValue()));
            } catch (IllegalArgumentException e) {
                throw new BadRecordException("groups: " + e.getMessage());
            }
        }
        Map<String, Object> ofGroups = properties(fields, "group_properties");
        for (String type : ofGroups.keySet()) {
            context.groupProperties(type, properties(ofGroups, type));
        }
        return context.build();
    }

    /** Group keys may be numbers. */
    private static String digits(Object key) throws BadRecordException {
        if (key instanceof String || key instanceof Integer || key instanceof Long || key instanceof BigInteger) {
            return key.toString();
        }
        throw new BadRecordException("a group's key is neither a text nor a whole number");
    }

    private static Instant now(String text) throws BadRecordException {
        try {
            return text == null ? null : ClockText.parse(text);
        } catch (IllegalArgumentException e) {
            throw new BadRecordException("now " + e.getMessage());
        }
    }

    private static FlagAnswer expected(Map<String, Object> expected) throws BadRecordException {
        return expected == null
                ? null
                : FlagAnswer.expected(expected.get("kind"), expected.get("value"), expected.get("payload"));
    }

    private static String required(Map<String, Object> fields, String name) throws BadRecordException {
        String value = text(fields, name);
        if (value == null) {
            throw new BadRecordException(name + " is missing");
        }
        return value;
    }

    private static String text(Map<String, Object> fields, String name) throws BadRecordException {
        Object value = fields.get(name);
        if (value != null && !(value instanceof String)) {
            throw new BadRecordException(name + " is not a text");
        }
        return (String) value;
    }

    private static Map<String, Object> properties(Map<String, Object> fields, String name) throws BadRecordException {
        Map<String, Object> properties = object(fields, name);
        return properties == null ? Map.of() : properties;
    }

    @SuppressWarnings("unchecked") // names in JSON are always strings
    private static Map<String, Object> object(Map<String, Object> fields, String name) throws BadRecordException {
        Object value = fields.get(name);
        if (value != null && !(value instanceof Map<?, ?>)) {
            throw new BadRecordException(name + " is not an object");
        }
        return (Map<String, Object>) value;
    }
}
