package dev.penstock.engine.flags.evaluation;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.penstock.client.flags.FlagContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The cases of {@code flags.jsonl}, on which other clients of PostHog agree. */
final class FlagVectors {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .build();
    private static final ObjectReader VALUES = MAPPER.readerFor(Object.class);

    private final Map<String, byte[]> definitions = new LinkedHashMap<>();
    private final List<Case> cases = new ArrayList<>();

    /**
     * One case.
     *
     * @param id names it
     * @param kind what it exercises
     * @param definitions the definitions it asks
     * @param key the flag it asks for
     * @param context whom it asks about
     * @param clock the time it asks at
     * @param expected the value and payload; null for inconclusive
     */
    record Case(
            String id,
            String kind,
            String definitions,
            String key,
            FlagContext context,
            InstantSource clock,
            Answer expected) {}

    /** A value and its payload, as JSON. */
    record Answer(Object value, Object payload) {}

    static FlagVectors read() {
        FlagVectors vectors = new FlagVectors();
        try (InputStream in = FlagVectors.class.getResourceAsStream("/flags/flags.jsonl");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                vectors.add(map(VALUES.readValue(line)));
            }
        } catch (IOException e) {
            throw new AssertionError("the vectors cannot be read", e);
        }
        return vectors;
    }

    List<Case> cases() {
        return cases;
    }

    Map<String, byte[]> definitions() {
        return definitions;
    }

    @SuppressWarnings("unchecked") // what Jackson makes of an object
    private static Map<String, Object> map(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    private void add(Map<String, Object> line) throws IOException {
        String id = (String) line.get("id");
        if (line.get("type").equals("definitions")) {
            definitions.put(id, MAPPER.writeValueAsBytes(line.get("definitions")));
            return;
        }
        Map<String, Object> expected = map(line.get("expected"));
        cases.add(new Case(
                id,
                (String) line.get("class"),
                (String) line.get("definitions_ref"),
                (String) line.get("key"),
                context(line),
                InstantSource.fixed(Instant.parse((String) line.getOrDefault("now", "2026-01-01T00:00:00Z"))),
                expected.get("kind").equals("inconclusive")
                        ? null
                        : new Answer(expected.get("value"), expected.get("payload"))));
    }

    private static FlagContext context(Map<String, Object> line) {
        FlagContext.Builder context = FlagContext.builder((String) line.get("distinct_id"))
                .deviceId((String) line.get("device_id"))
                .personProperties(map(line.get("person_properties")));
        map(line.get("groups")).forEach((type, key) -> context.group(type, String.valueOf(key)));
        map(line.get("group_properties")).forEach((type, properties) -> context.groupProperties(type, map(properties)));
        return context.build();
    }
}
