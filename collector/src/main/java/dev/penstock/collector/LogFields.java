package dev.penstock.collector;

import java.util.List;
import java.util.Map;

/** Takes fields of a log request in their types, or refuses the request and says where. Any thread. */
final class LogFields {
    private LogFields() {}

    static Map<?, ?> object(Object value, String place) throws InvalidRequestException {
        checkThere(value, place);
        require(value instanceof Map, place, "is not an object");
        return (Map<?, ?>) value;
    }

    static List<?> list(Object value, String place) throws InvalidRequestException {
        checkThere(value, place);
        require(value instanceof List, place, "is not a list");
        return (List<?>) value;
    }

    static String text(Object value, String place) throws InvalidRequestException {
        checkThere(value, place);
        require(value instanceof String, place, "is not a string");
        return (String) value;
    }

    static String nonBlank(Object value, String place) throws InvalidRequestException {
        String text = text(value, place);
        require(!text.isBlank(), place, "is blank");
        return text;
    }

    /** The one object in a list. */
    static Map<?, ?> only(Object value, String place) throws InvalidRequestException {
        List<?> list = list(value, place);
        require(list.size() == 1, place, "does not have exactly one entry");
        return object(list.get(0), place + "[0]");
    }

    static void requireOnly(Map<?, ?> object, String place, List<String> names) throws InvalidRequestException {
        for (Object name : object.keySet()) {
            require(names.contains(name), place, "has a field " + name + ", which does not belong there");
        }
    }

    static void require(boolean holds, String place, String fault) throws InvalidRequestException {
        if (!holds) {
            throw fault(place, fault);
        }
    }

    static InvalidRequestException fault(String place, String fault) {
        return new InvalidRequestException(place + " " + fault);
    }

    private static void checkThere(Object value, String place) throws InvalidRequestException {
        require(value != null, place, "is missing or null");
    }
}
