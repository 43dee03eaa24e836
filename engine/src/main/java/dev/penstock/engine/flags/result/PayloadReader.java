package dev.penstock.engine.flags.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.penstock.client.flags.FlagPayload;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Decodes payloads, and turns them into objects of the application's: Jackson, with Afterburner's generated setters.
 *
 * <p>Nothing that is reported holds a payload or a part of one: Jackson's own messages quote what they could not read, so
 * they are left out.
 *
 * <p><b>Threads:</b> any.
 */
public final class PayloadReader {

    private static final int MAX_DEPTH = 200;
    private static final int MAX_TEXT_CHARS = 16 << 20;

    private final BiConsumer<String, Throwable> problems;
    private volatile Readers readers;

    /** Made with the first payload: most clients have none, and it takes a noticeable part of a start. */
    private record Readers(JsonMapper mapper, ObjectReader values) {}

    /**
     * Makes a reader; nothing else shares its mapper.
     *
     * @param problems told what could not be read; the throwable is always null, as its message could quote a payload
     */
    public PayloadReader(BiConsumer<String, Throwable> problems) {
        this.problems = problems;
    }

    private Readers readers() {
        Readers current = readers;
        return current != null ? current : makeReaders();
    }

    private synchronized Readers makeReaders() {
        if (readers == null) {
            JsonMapper mapper = JsonMapper.builder()
                    .addModule(new GeneratedMutators())
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();
            mapper.getFactory()
                    .setStreamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_TEXT_CHARS)
                            .build());
            readers = new Readers(mapper, mapper.readerFor(Object.class));
        }
        return readers;
    }

    /**
     * Decodes one payload. Text that is not JSON is a payload, too, and stays text.
     *
     * @param flag the flag's key, for reports
     * @param text the payload as it is configured; null or empty means none
     * @return the payload; empty if there is none, which JSON's null also says
     */
    public Optional<FlagPayload> read(String flag, String text) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        Object value;
        try {
            if (text.isBlank()) {
                return Optional.of(plain(flag, text));
            }
            value = readers().values().readValue(text);
        } catch (StreamConstraintsException e) {
            problems.accept(
                    "the payload of flag " + flag + " is nested too deep, or has too long a number, to be decoded",
                    null);
            return Optional.of(plain(flag, text));
        } catch (JsonProcessingException e) {
            return Optional.of(plain(flag, text));
        }
        return value == null
                ? Optional.empty()
                : Optional.of(new JsonPayload(flag, text, unmodifiable(value), true, this));
    }

    private FlagPayload plain(String flag, String text) {
        return new JsonPayload(flag, text, text, false, this);
    }

    <T> Optional<T> convert(JsonPayload payload, Class<T> type) {
        if (type == null) {
            throw new IllegalArgumentException("a payload needs a type to be read as");
        }
        try {
            return Optional.ofNullable(
                    payload.isJson()
                            ? readers().mapper().readValue(payload.text(), type)
                            : readers().mapper().convertValue(payload.text(), type));
        } catch (JsonProcessingException | RuntimeException | StackOverflowError | LinkageError e) {
            problems.accept(
                    "the payload of flag " + payload.flag() + " does not fit " + type.getName() + " ("
                            + e.getClass().getSimpleName() + ")",
                    null);
            return Optional.empty();
        }
    }

    /**
     * The parts are made anew by Jackson and known to nobody else, so they are wrapped and not copied. Whole numbers become
     * longs here, because Jackson's own option for it refuses those that are larger.
     */
    private static Object unmodifiable(Object value) {
        if (value instanceof Map<?, ?>) {
            @SuppressWarnings("unchecked") // what Jackson makes of an object
            Map<String, Object> map = (Map<String, Object>) value;
            map.replaceAll((name, part) -> unmodifiable(part));
            return Collections.unmodifiableMap(map);
        }
        if (value instanceof List<?>) {
            @SuppressWarnings("unchecked") // what Jackson makes of an array
            List<Object> list = (List<Object>) value;
            list.replaceAll(PayloadReader::unmodifiable);
            return Collections.unmodifiableList(list);
        }
        return value instanceof Integer number ? (Object) number.longValue() : value;
    }
}
