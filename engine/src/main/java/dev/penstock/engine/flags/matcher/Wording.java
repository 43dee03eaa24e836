package dev.penstock.engine.flags.matcher;

import java.util.List;
import java.util.stream.Collectors;

/** Filter values as descriptions show them. */
final class Wording {

    private static final int MAX_LENGTH = 200;

    private Wording() {}

    static String value(Object value) {
        return PropertyText.exists(value)
                ? shortened(new CompactJson(DoubleSpelling.LATE_EXPONENT).write(value))
                : "an unreadable value";
    }

    static String list(List<?> values) {
        return values.isEmpty()
                ? "nothing"
                : shortened(
                        values.stream().limit(MAX_LENGTH).map(Wording::value).collect(Collectors.joining(", ")));
    }

    private static String shortened(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "...";
    }
}
