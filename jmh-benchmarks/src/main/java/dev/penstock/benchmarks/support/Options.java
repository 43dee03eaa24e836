package dev.penstock.benchmarks.support;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Arguments of a main: {@code --name value} pairs.
 * <p>
 * <b>Threads:</b> immutable.
 */
public final class Options {
    private final Map<String, String> values = new LinkedHashMap<>();

    /**
     * Reads arguments.
     *
     * @param args pairs
     * @param names what is allowed
     * @throws IllegalArgumentException if an argument is none of them, or a value is missing
     */
    public Options(String[] args, Set<String> names) {
        for (int i = 0; i < args.length; i += 2) {
            String name = args[i].startsWith("--") ? args[i].substring(2) : args[i];
            if (!names.contains(name) || i + 1 == args.length) {
                throw new IllegalArgumentException("expected --NAME VALUE with NAME one of " + names + ", but got "
                        + args[i] + (i + 1 == args.length ? " without a value" : ""));
            }
            values.put(name, args[i + 1]);
        }
    }

    private Options(Map<String, String> values) {
        this.values.putAll(values);
    }

    /**
     * The same with one value replaced.
     *
     * @param name which
     * @param value the new value
     * @return other options
     */
    public Options with(String name, Object value) {
        Options other = new Options(values);
        other.values.put(name, String.valueOf(value));
        return other;
    }

    /**
     * The same without one value.
     *
     * @param name which
     * @return other options
     */
    public Options without(String name) {
        Options other = new Options(values);
        other.values.remove(name);
        return other;
    }

    /**
     * Whether a value was given.
     *
     * @param name which
     * @return true if so
     */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /**
     * A text.
     *
     * @param name which
     * @param otherwise without the argument
     * @return the value
     */
    public String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    /**
     * A number.
     *
     * @param name which
     * @param otherwise without the argument
     * @return the value
     */
    public int number(String name, int otherwise) {
        return has(name) ? Integer.parseInt(values.get(name)) : otherwise;
    }

    /**
     * A list separated by commas.
     *
     * @param name which
     * @param otherwise without the argument
     * @return the values
     */
    public List<String> list(String name, String otherwise) {
        return List.of(text(name, otherwise).split(",", -1));
    }

    /**
     * As arguments again.
     *
     * @return pairs
     */
    public List<String> toArguments() {
        List<String> arguments = new ArrayList<>();
        values.forEach((name, value) -> {
            arguments.add("--" + name);
            arguments.add(value);
        });
        return arguments;
    }
}
