package dev.penstock.engine.flags.result;

import dev.penstock.client.flags.FlagPayload;
import java.util.Optional;

/** A payload, decoded when it arrived. */
final class JsonPayload implements FlagPayload {

    private final String flag;
    private final String text;
    private final Object value;
    private final boolean json;
    private final PayloadReader reader;

    JsonPayload(String flag, String text, Object value, boolean json, PayloadReader reader) {
        this.flag = flag;
        this.text = text;
        this.value = value;
        this.json = json;
        this.reader = reader;
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public Object value() {
        return value;
    }

    @Override
    public <T> Optional<T> as(Class<T> type) {
        return reader.convert(this, type);
    }

    String flag() {
        return flag;
    }

    /** Whether the text is JSON, not merely some text. */
    boolean isJson() {
        return json;
    }

    /** Payloads can hold what does not belong into logs. */
    @Override
    public String toString() {
        return "payload of " + flag + ", " + text.length() + " characters";
    }
}
