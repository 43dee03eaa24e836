package dev.penstock.cli.flags;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * JSON as plain values: null, booleans, strings, {@code Integer}, {@code Long} or {@code BigInteger} for whole numbers and
 * {@code Double} for others, lists and maps. Stateless.
 */
final class JsonValues {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final ObjectReader WHOLE_TEXT =
            MAPPER.readerFor(Object.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private JsonValues() {}

    /** Reads values out of a parser, one after another. */
    static ObjectReader reader() {
        return MAPPER.readerFor(Object.class);
    }

    /** What a person typed: JSON if it is, otherwise the text itself. */
    static Object typed(String text) {
        if (text.isBlank()) {
            return text;
        }
        try {
            return WHOLE_TEXT.readValue(text);
        } catch (JsonProcessingException e) {
            return text;
        }
    }

    /** Writes a value on one line. */
    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether two values are the same in JSON, where 1 and 1.0 are one number. */
    static boolean same(Object one, Object other) {
        if (one instanceof Number first && other instanceof Number second) {
            boolean comparable = isFinite(first) && isFinite(second);
            return comparable ? exact(first).compareTo(exact(second)) == 0 : first.equals(second);
        }
        if (one instanceof List<?> first && other instanceof List<?> second) {
            return sameElements(first, second);
        }
        if (one instanceof Map<?, ?> first && other instanceof Map<?, ?> second) {
            return first.keySet().equals(second.keySet())
                    && first.keySet().stream().allMatch(name -> same(first.get(name), second.get(name)));
        }
        return Objects.equals(one, other);
    }

    private static boolean sameElements(List<?> one, List<?> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (!same(one.get(i), other.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** JSON may write numbers beyond a double's range. */
    private static boolean isFinite(Number number) {
        return !(number instanceof Double fraction) || Double.isFinite(fraction);
    }

    private static BigDecimal exact(Number number) {
        return new BigDecimal(number.toString());
    }
}
