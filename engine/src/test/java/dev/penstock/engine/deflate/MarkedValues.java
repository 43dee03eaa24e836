package dev.penstock.engine.deflate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.capture.CaptureRig;
import dev.penstock.engine.encode.JsonOutput;
import java.util.Arrays;

/** What an encoder has marked. */
public final class MarkedValues {

    /** The parser refuses longer names. */
    private static final int MAX_LENGTH = 50_000;

    private MarkedValues() {}

    /**
     * Each mark is a value of the JSON, whole, or several members that are always written together. Very long events are not
     * looked at.
     *
     * @param out holds an event
     */
    public static void check(JsonOutput out) {
        if (out.length() > MAX_LENGTH) {
            return;
        }
        byte[] json = out.bytes();
        int[] bounds = out.marks().bounds;
        int values = out.marks().valuesWithin(out.length());
        if (values == 0) {
            int found = JsonMarks.of(Arrays.copyOf(json, out.length())).valuesWithin(out.length());
            assertThat(found).as("values that were not marked in %s", out).isZero();
        }
        for (int i = 0; i < 2 * values; i += 2) {
            int begin = bounds[i];
            int end = bounds[i + 1];
            String value = text(json, begin, end);
            if (json[begin - 1] == ':' && !isOpen(value)) {
                CaptureRig.parse(value);
            } else if (json[begin - 1] == '"' && json[begin - 2] == ':') {
                assertThat(json[end]).as("behind %s in %s", value, out).isEqualTo((byte) '"');
                CaptureRig.parse("\"" + value + "\"");
            } else if (!value.isEmpty()) {
                assertThat(value).as("in %s", out).matches("(?s)[,{]\".*");
                CaptureRig.parse("{" + value.substring(1) + "}");
            }
        }
    }

    /** Whether it is members from an object's first one on, whose bracket closes behind others. */
    private static boolean isOpen(String value) {
        int depth = 0;
        boolean inText = false;
        for (int i = 0; i < value.length(); i++) {
            switch (value.charAt(i)) {
                case '"' -> inText = !inText;
                case '\\' -> i++;
                case '{' -> depth += inText ? 0 : 1;
                case '}' -> depth -= inText ? 0 : 1;
                default -> {
                    // no bracket
                }
            }
        }
        return depth > 0;
    }

    /**
     * What stands between the marks.
     *
     * @param out holds an event
     * @return its JSON with something else in place of each value
     */
    public static String between(JsonOutput out) {
        StringBuilder text = new StringBuilder();
        int[] bounds = out.marks().bounds;
        int values = out.marks().valuesWithin(out.length());
        int at = 0;
        for (int i = 0; i < 2 * values; i += 2) {
            text.append(text(out.bytes(), at, bounds[i])).append('#');
            at = bounds[i + 1];
        }
        return text.append(text(out.bytes(), at, out.length())).toString();
    }

    private static String text(byte[] json, int begin, int end) {
        return new String(json, begin, end - begin, UTF_8);
    }
}
