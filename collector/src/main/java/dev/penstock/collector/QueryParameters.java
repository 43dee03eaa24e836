package dev.penstock.collector;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The parameters of one request's query, decoded. Immutable. */
final class QueryParameters {
    /** By name; empty for a bare one. */
    private final Map<String, Optional<String>> values = new HashMap<>();

    QueryParameters(String query) throws InvalidRequestException {
        if (query.isEmpty()) {
            return;
        }
        for (String part : query.split("&", -1)) {
            int equals = part.indexOf('=');
            String name = PercentText.decode(equals < 0 ? part : part.substring(0, equals));
            Optional<String> value =
                    equals < 0 ? Optional.empty() : Optional.of(PercentText.decode(part.substring(equals + 1)));
            if (values.put(name, value) != null) {
                throw new InvalidRequestException("query parameter " + name + " is given twice");
            }
        }
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** The value of a parameter; refuses the request when it has none. */
    String value(String name) throws InvalidRequestException {
        return values.getOrDefault(name, Optional.empty())
                .orElseThrow(() -> new InvalidRequestException("query parameter " + name + " is missing"));
    }

    /** Refuses the request unless a parameter is there without a value. */
    void requireBare(String name) throws InvalidRequestException {
        Optional<String> value = values.get(name);
        if (value == null) {
            throw new InvalidRequestException("query parameter " + name + " is missing");
        }
        if (value.isPresent()) {
            throw new InvalidRequestException("query parameter " + name + " has a value");
        }
    }
}
