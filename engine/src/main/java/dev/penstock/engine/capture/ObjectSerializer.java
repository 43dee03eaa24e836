package dev.penstock.engine.capture;

import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import dev.penstock.engine.stats.DistinctErrors;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Serializes objects of the user's own types: Jackson, with Afterburner's generated accessors.
 *
 * <p>An object that fails is null as a whole, and its class is named once in the log.
 *
 * <p><b>Threads:</b> any. <b>Allocation:</b> the JSON text and what Jackson needs.
 */
public final class ObjectSerializer {

    private final DistinctErrors errors;
    private volatile ObjectMapping mapping;
    private final ClassValue<AtomicBoolean> unserializable = new ClassValue<>() {
        @Override
        protected AtomicBoolean computeValue(Class<?> type) {
            return new AtomicBoolean();
        }
    };
    private final ClassValue<Optional<RecordComponents>> records = new ClassValue<>() {
        @Override
        protected Optional<RecordComponents> computeValue(Class<?> type) {
            return Optional.ofNullable(RecordComponents.of(type));
        }
    };

    /**
     * Makes a serializer; nothing else shares its mapper.
     *
     * @param errors told which classes fail
     */
    public ObjectSerializer(DistinctErrors errors) {
        this.errors = errors;
    }

    /**
     * Makes the mapping, which was a quarter of a start. Done beside the start; whoever captures an object before it is done waits for it, once.
     */
    public synchronized void prepare() {
        if (mapping == null) {
            mapping = new ObjectMapping();
        }
    }

    /** Also for the test that looks for generated accessors. */
    ObjectMapping mapping() {
        if (mapping == null) {
            prepare();
        }
        return mapping;
    }

    /**
     * Serializes one object.
     *
     * @param value any object no rule of ours covers
     * @param maxChars the most characters of JSON
     * @param onReplaced called for each number in it that JSON has no word for
     * @return its JSON, or null if it cannot be serialized
     */
    String toJson(Object value, int maxChars, Runnable onReplaced) {
        Class<?> type = value.getClass();
        AtomicBoolean hopeless = unserializable.get(type);
        if (hopeless.get()) {
            return null;
        }
        try {
            return mapping().write(value, maxChars, onReplaced);
        } catch (IOException | RuntimeException | Error e) {
            errors.warn(
                    "unserializable " + type.getName(),
                    "an object of class " + type.getName() + " cannot be serialized ("
                            + e.getClass().getSimpleName() + ") and was replaced by null",
                    e);
            // Preparing a class that cannot be prepared costs milliseconds each time: remember it.
            hopeless.set(e instanceof InvalidDefinitionException && !mapping().canPrepare(type));
            return null;
        }
    }

    RecordComponents components(Class<?> type) {
        return records.get(type).orElse(null);
    }
}
