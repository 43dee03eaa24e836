package dev.penstock.engine.flags.definitions;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the body of the definitions answer, flag by flag, so that the whole of it is never held as a tree.
 *
 * <p>Flags are read into plain maps and from there by hand, not bound to beans: missing and null differ in places, 1 and
 * 1.0 do, and one field of the wrong kind must spoil one flag only. Of flags with the same key the last one counts, in the
 * place of the first.
 *
 * <p><b>Threads:</b> any.
 */
public final class DefinitionsParser {

    /** Nesting of JSON, not of cohorts; beyond it nothing is read at all. */
    private static final int MAX_DEPTH = 1_000;

    private static final int MAX_TEXT_CHARS = 16 << 20;
    private static final int MAX_NUMBER_CHARS = 1_000;

    private final ObjectReader values;
    private final FlagReader flagReader;

    /** Makes a parser. */
    public DefinitionsParser() {
        JsonMapper mapper = new JsonMapper();
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength(MAX_TEXT_CHARS)
                        .maxNumberLength(MAX_NUMBER_CHARS)
                        .build());
        this.values = mapper.readerFor(Object.class);
        this.flagReader = new FlagReader(mapper.writer());
    }

    /**
     * Reads the definitions.
     *
     * @param body JSON in UTF-8; not changed
     * @return what it says
     * @throws DefinitionsException if the body is not a JSON object with a list of flags
     */
    public FlagDefinitions parse(byte[] body) throws DefinitionsException {
        try (JsonParser parser = values.createParser(body)) {
            try {
                return read(parser);
            } catch (StreamConstraintsException e) {
                throw new DefinitionsException(
                        "the definitions are nested too deep, or hold a text or a number that is too" + " long, before "
                                + place(parser));
            } catch (JacksonException e) {
                throw new DefinitionsException("the definitions are not JSON at " + place(parser));
            }
        } catch (IOException e) {
            throw new DefinitionsException("the definitions are not text in UTF-8");
        }
    }

    private static String place(JsonParser parser) {
        JsonLocation location = parser.currentLocation();
        return "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private FlagDefinitions read(JsonParser parser) throws IOException, DefinitionsException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new DefinitionsException("the definitions are not a JSON object");
        }
        Flags flags = null;
        Map<String, Object> others = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            if (!name.equals("flags")) {
                others.put(name, value(parser));
            } else if (token == JsonToken.START_ARRAY) {
                flags = flags(parser);
            } else {
                throw new DefinitionsException("the definitions' flags are not a list");
            }
        }
        if (flags == null) {
            throw new DefinitionsException("the definitions have no flags");
        }
        if (parser.nextToken() != null) {
            throw new DefinitionsException("the definitions do not end where they should, at " + place(parser));
        }
        return new FlagDefinitions(
                List.copyOf(flags.byKey.values()),
                groupTypes(others.get("group_type_mapping")),
                cohorts(others.get("cohorts")),
                Boolean.TRUE.equals(others.get("minimal_flag_called_events")),
                Long.valueOf(2).equals(others.get("property_matching_version")) ? 2 : 1,
                flags.skipped);
    }

    private Flags flags(JsonParser parser) throws IOException {
        Flags flags = new Flags();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            FlagDefinition flag = flagReader.read(value(parser));
            if (flag == null) {
                flags.skipped++;
            } else {
                flags.byKey.put(flag.key(), flag);
            }
        }
        return flags;
    }

    private Object value(JsonParser parser) throws IOException {
        return parser.currentToken() == JsonToken.VALUE_NULL ? null : widened(values.readValue(parser));
    }

    /** Makes longs of whole numbers, because Jackson's own option for it refuses those that are larger. */
    private static Object widened(Object value) {
        if (value instanceof Map<?, ?>) {
            @SuppressWarnings("unchecked") // what Jackson makes of an object
            Map<String, Object> map = (Map<String, Object>) value;
            map.replaceAll((name, part) -> widened(part));
        } else if (value instanceof List<?>) {
            @SuppressWarnings("unchecked") // what Jackson makes of an array
            List<Object> list = (List<Object>) value;
            list.replaceAll(DefinitionsParser::widened);
        }
        return value instanceof Integer number ? (Object) number.longValue() : value;
    }

    private static Map<String, String> groupTypes(Object value) {
        Map<String, String> names = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> mapping) {
            for (Map.Entry<?, ?> entry : mapping.entrySet()) {
                if (entry.getValue() instanceof String name) {
                    names.put((String) entry.getKey(), name);
                }
            }
        }
        return Map.copyOf(names);
    }

    private static Map<String, CohortDefinition> cohorts(Object value) {
        Map<String, CohortDefinition> cohorts = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> byId) {
            byId.forEach((id, cohort) -> cohorts.put((String) id, FilterReader.cohort(cohort)));
        }
        return Map.copyOf(cohorts);
    }

    private static final class Flags {
        private final Map<String, FlagDefinition> byKey = new LinkedHashMap<>();
        private int skipped;
    }
}
