package dev.penstock.engine.flags.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes any text but {@code broken} and {@code fatal} for definitions; each letter {@code F} is a flag.
 *
 * <p><b>Threads:</b> any.
 */
final class RecordingTarget implements DefinitionsTarget {

    private final List<String> calls = new ArrayList<>();
    private String held = "";
    private long loadedAtMs;

    @Override
    public synchronized int replace(byte[] body, long atMs) throws UnusableDefinitionsException {
        String text = new String(body, UTF_8);
        calls.add("replace " + text);
        if (text.equals("broken")) {
            throw new UnusableDefinitionsException("not a JSON object", null);
        }
        if (text.equals("fatal")) {
            throw new IllegalStateException("bug");
        }
        held = text;
        loadedAtMs = atMs;
        return (int) text.chars().filter(c -> c == 'F').count();
    }

    @Override
    public synchronized void drop() {
        calls.add("drop");
        held = "";
    }

    @Override
    public synchronized void confirmed() {
        calls.add("confirmed");
    }

    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    synchronized String held() {
        return held;
    }

    synchronized long loadedAtMs() {
        return loadedAtMs;
    }
}
