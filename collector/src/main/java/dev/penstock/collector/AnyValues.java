package dev.penstock.collector;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Takes the wrapping off values of log records, and refuses those that are not wrapped properly. Any thread. */
final class AnyValues {
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,18})");

    private AnyValues() {}

    /** The value in {@code {"stringValue":"x"}} and its like. */
    static Object unwrap(Object wrapped, String place) throws InvalidRequestException {
        Map<?, ?> object = LogFields.object(wrapped, place);
        LogFields.require(object.size() == 1, place, "does not hold exactly one value");
        Map.Entry<?, ?> only = object.entrySet().iterator().next();
        String kind = (String) only.getKey();
        Object value = only.getValue();
        String inner = place + "." + kind;
        return switch (kind) {
            case "stringValue" -> LogFields.text(value, inner);
            case "boolValue" -> {
                LogFields.require(value instanceof Boolean, inner, "is not a boolean");
                yield value;
            }
            case "intValue" -> whole(LogFields.text(value, inner), inner);
            case "doubleValue" -> {
                LogFields.require(value instanceof Number, inner, "is not a number");
                yield ((Number) value).doubleValue();
            }
            case "arrayValue" -> {
                List<Object> list = new ArrayList<>();
                for (Object element : values(value, inner)) {
                    list.add(unwrap(element, inner + "[" + list.size() + "]"));
                }
                yield Collections.unmodifiableList(list);
            }
            case "kvlistValue" -> unwrapPairs(values(value, inner), inner);
            default -> throw LogFields.fault(place, "holds " + kind + ", which is no kind of value");
        };
    }

    /** The map in a list of {@code {"key":"k","value":{...}}}. */
    static Map<String, Object> unwrapPairs(Object pairs, String place) throws InvalidRequestException {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Object element : LogFields.list(pairs, place)) {
            Map<?, ?> pair = LogFields.object(element, place + "[" + map.size() + "]");
            LogFields.requireOnly(pair, place + "[" + map.size() + "]", List.of("key", "value"));
            String key = LogFields.text(pair.get("key"), place + "[" + map.size() + "].key");
            LogFields.require(!key.isEmpty(), place, "has an empty key");
            LogFields.require(!map.containsKey(key), place, "has the key " + key + " twice");
            map.put(key, unwrap(pair.get("value"), place + "." + key));
        }
        return Collections.unmodifiableMap(map);
    }

    private static List<?> values(Object value, String place) throws InvalidRequestException {
        Map<?, ?> object = LogFields.object(value, place);
        LogFields.requireOnly(object, place, List.of("values"));
        return LogFields.list(object.get("values"), place + ".values");
    }

    private static Long whole(String digits, String place) throws InvalidRequestException {
        LogFields.require(WHOLE.matcher(digits).matches(), place, "is not a whole number in decimal");
        try {
            return Long.valueOf(digits);
        } catch (NumberFormatException e) {
            throw LogFields.fault(place, "does not fit 64 bits");
        }
    }
}
