package dev.penstock.engine.deflate;

/** Finds the values of an event's JSON, as its writer would have marked them. */
final class JsonMarks {

    private JsonMarks() {}

    static ValueMarks of(byte[] json) {
        ValueMarks marks = new ValueMarks();
        marks.clear();
        int i = 0;
        while (i < json.length) {
            if (json[i] != '"') {
                i++;
                continue;
            }
            int after = endOfText(json, i) + 1;
            if (after < json.length && json[after] == ':' && json[after + 1] != '{') {
                i = value(json, after + 1, marks);
            } else {
                i = after;
            }
        }
        return marks;
    }

    private static int endOfText(byte[] json, int quote) {
        int i = quote + 1;
        while (json[i] != '"') {
            i += json[i] == '\\' ? 2 : 1;
        }
        return i;
    }

    private static int value(byte[] json, int begin, ValueMarks marks) {
        if (json[begin] == '"') {
            int end = endOfText(json, begin);
            marks.value(begin + 1, end);
            return end + 1;
        }
        int depth = 0;
        int i = begin;
        while (depth > 0 || (json[i] != ',' && json[i] != '}')) {
            switch (json[i]) {
                case '[', '{' -> depth++;
                case ']', '}' -> depth--;
                case '"' -> i = endOfText(json, i);
                default -> {
                    // part of a number or a word
                }
            }
            i++;
        }
        marks.value(begin, i);
        return i;
    }
}
