package dev.penstock.engine.flags.matcher;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Writes a value as JSON without blanks, keys in code point order, characters as they are where JSON lets them. */
final class CompactJson {

    private static final Comparator<Map.Entry<?, ?>> BY_KEY =
            (a, b) -> compareCodePoints((String) a.getKey(), (String) b.getKey());

    private final StringBuilder out = new StringBuilder();
    private final DoubleSpelling spelling;

    CompactJson(DoubleSpelling spelling) {
        this.spelling = spelling;
    }

    String write(Object value) {
        append(value);
        return out.toString();
    }

    private void append(Object value) {
        if (value instanceof String text) {
            appendQuoted(text);
        } else if (value instanceof List<?> list) {
            appendList(list);
        } else if (value instanceof Map<?, ?> map) {
            appendMap(map);
        } else {
            out.append(PropertyText.of(value, spelling));
        }
    }

    private void appendList(List<?> list) {
        out.append('[');
        String separator = "";
        for (Object element : list) {
            out.append(separator);
            append(element);
            separator = ",";
        }
        out.append(']');
    }

    private void appendMap(Map<?, ?> map) {
        List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
        entries.sort(BY_KEY);
        out.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : entries) {
            out.append(separator);
            appendQuoted((String) entry.getKey());
            out.append(':');
            append(entry.getValue());
            separator = ",";
        }
        out.append('}');
    }

    private void appendQuoted(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            appendEscaped(text.charAt(i));
        }
        out.append('"');
    }

    private void appendEscaped(char c) {
        switch (c) {
            case '"', '\\' -> out.append('\\').append(c);
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (c < ' ') {
                    out.append(c < 0x10 ? "\\u000" : "\\u00").append(Integer.toHexString(c));
                } else {
                    out.append(c);
                }
            }
        }
    }

    /** {@code String.compareTo} would put the halves of a surrogate pair before U+E000. */
    private static int compareCodePoints(String a, String b) {
        int i = 0;
        while (i < a.length() && i < b.length()) {
            int left = a.codePointAt(i);
            int right = b.codePointAt(i);
            if (left != right) {
                return Integer.compare(left, right);
            }
            i += Character.charCount(left);
        }
        return Integer.compare(a.length(), b.length());
    }
}
