package dev.penstock.cli.flags;

import dev.penstock.cli.common.Screen;
import java.util.LinkedHashMap;
import java.util.Map;

/** Prints each answer as a line of JSON. One thread at a time. */
final class AnswerPrinter implements AnswerSink {
    private final Screen screen;

    AnswerPrinter(Screen screen) {
        this.screen = screen;
    }

    @Override
    public void take(VectorRecord.Case question, FlagAnswer answer) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", question.id());
        line.put("kind", answer.kind());
        line.put("value", answer.value());
        line.put("payload", answer.payload());
        screen.line(JsonValues.write(line));
    }

    @Override
    public int finish() {
        return 0;
    }
}
