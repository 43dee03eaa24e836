package dev.penstock.cli.importer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON values without changing one: whole numbers are {@code Long} or {@code BigInteger}, others {@code Double} if
 * that is the same number and {@code BigDecimal} if not. Deeper nesting than the client keeps is refused rather than cut.
 * Stateless.
 */
final class JsonTree {
    /** Levels a property's value may have; the client writes null below. */
    static final int MAX_DEPTH = 16;

    private JsonTree() {}

    /** Reads the object whose start has just been read, as properties. */
    static Map<String, Object> properties(JsonParser parser) throws IOException, BadLineException {
        return object(parser, 0);
    }

    private static Map<String, Object> object(JsonParser parser, int depth) throws IOException, BadLineException {
        Map<String, Object> map = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            map.put(name, value(parser, parser.nextToken(), depth));
        }
        return map;
    }

    private static List<Object> array(JsonParser parser, int depth) throws IOException, BadLineException {
        List<Object> list = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            list.add(value(parser, token, depth));
        }
        return list;
    }

    private static Object value(JsonParser parser, JsonToken token, int depth) throws IOException, BadLineException {
        return switch (token) {
            case START_OBJECT -> object(parser, deeper(depth));
            case START_ARRAY -> array(parser, deeper(depth));
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT -> whole(parser);
            case VALUE_NUMBER_FLOAT -> decimal(parser);
            default -> null;
        };
    }

    private static int deeper(int depth) throws BadLineException {
        if (depth == MAX_DEPTH) {
            throw new BadLineException("a property is nested deeper than " + MAX_DEPTH + " levels");
        }
        return depth + 1;
    }

    private static Number whole(JsonParser parser) throws IOException {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            return parser.getBigIntegerValue();
        }
        return parser.getLongValue();
    }

    private static Number decimal(JsonParser parser) throws IOException {
        BigDecimal exact = parser.getDecimalValue();
        double rounded = exact.signum() == 0 ? Double.parseDouble(parser.getText()) : exact.doubleValue();
        if (Double.isInfinite(rounded) || new BigDecimal(Double.toString(rounded)).compareTo(exact) != 0) {
            return exact;
        }
        return rounded;
    }
}
