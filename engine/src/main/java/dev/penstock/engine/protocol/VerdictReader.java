package dev.penstock.engine.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.penstock.engine.record.ShownText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Reads an answer that maps the UUIDs of a batch to verdicts.
 *
 * <p>An event that is not in the map is done, and so is one whose word is not known. What the map says of events that
 * are not in the batch is passed over; of two words on one event the last counts.
 *
 * <p><b>Threads:</b> any. <b>Allocation:</b> proportional to the batch.
 */
public final class VerdictReader {

    private static final int MAX_BODY_BYTES = 4 * 1024 * 1024;
    private static final int BODY_BYTES = 64 * 1024;
    private static final int BODY_BYTES_PER_EVENT = 1024;

    private static final int MAX_NESTING = 32;
    private static final int MAX_DETAILS = 200;
    private static final int UUID_LENGTH = 36;

    private static final Judgement MISSING = new Judgement(EventVerdict.MISSING, "no verdict");
    private static final Judgement OK = new Judgement(EventVerdict.OK, "ok");
    private static final Judgement WORDLESS = new Judgement(EventVerdict.UNKNOWN, "unknown verdict");

    /** Names are UUIDs, of no use to a symbol table. */
    private final JsonFactory json = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING).build())
            .build();

    VerdictReader() {}

    /**
     * The longest answer that is read.
     *
     * @param events how many were sent
     * @return bytes, several times what such an answer needs
     */
    public static int maxBodyBytes(int events) {
        return (int) Math.min(MAX_BODY_BYTES, BODY_BYTES + (long) events * BODY_BYTES_PER_EVENT);
    }

    /**
     * Reads the verdicts on a batch.
     *
     * @param body the answer's body
     * @param uuids two halves for each event
     * @return one for each event, in order
     * @throws IOException if the body is not such a map
     */
    public List<Judgement> read(byte[] body, long[] uuids) throws IOException {
        Map<UUID, Judgement> byEvent = new HashMap<>();
        for (int i = 0; i < uuids.length; i += 2) {
            byEvent.put(new UUID(uuids[i], uuids[i + 1]), MISSING);
        }
        try (JsonParser parser = json.createParser(body)) {
            readRoot(parser, byEvent);
        }
        List<Judgement> inOrder = new ArrayList<>(uuids.length / 2);
        for (int i = 0; i < uuids.length; i += 2) {
            inOrder.add(byEvent.get(new UUID(uuids[i], uuids[i + 1])));
        }
        return inOrder;
    }

    private static void readRoot(JsonParser parser, Map<UUID, Judgement> byEvent) throws IOException {
        expect(JsonToken.START_OBJECT, parser.nextToken());
        boolean found = false;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if ("results".equals(name)) {
                expect(JsonToken.START_OBJECT, value);
                readResults(parser, byEvent);
                found = true;
            } else {
                parser.skipChildren();
            }
        }
        if (!found || parser.nextToken() != null) {
            throw new IOException("no map of results, or more than one");
        }
    }

    private static void readResults(JsonParser parser, Map<UUID, Judgement> byEvent) throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            UUID uuid = uuid(name);
            if (uuid == null || !byEvent.containsKey(uuid)) {
                parser.skipChildren();
            } else if (value == JsonToken.START_OBJECT) {
                byEvent.put(uuid, readResult(parser));
            } else {
                parser.skipChildren();
                byEvent.put(uuid, WORDLESS);
            }
        }
    }

    private static Judgement readResult(JsonParser parser) throws IOException {
        String word = null;
        String details = null;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            String text = value == JsonToken.VALUE_STRING ? parser.getText() : null;
            if ("result".equals(name)) {
                word = text;
            } else if ("details".equals(name)) {
                details = text;
            }
            parser.skipChildren();
        }
        return judgement(word, details);
    }

    private static Judgement judgement(String word, String details) {
        if (word == null) {
            return WORDLESS;
        }
        return switch (word) {
            case "ok" -> OK;
            case "warning" -> with(EventVerdict.WARNING, word, details);
            case "limited" -> with(EventVerdict.LIMITED, word, details);
            case "drop" -> with(EventVerdict.DROP, word, details);
            case "retry" -> with(EventVerdict.RETRY, word, details);
            default -> with(EventVerdict.UNKNOWN, WORDLESS.reason(), word);
        };
    }

    private static Judgement with(EventVerdict verdict, String word, String details) {
        // The server's words reach logs and listeners.
        String shown = details == null ? "" : ShownText.of(details, MAX_DETAILS);
        return new Judgement(verdict, shown.isEmpty() ? word : word + ": " + shown);
    }

    private static UUID uuid(String name) {
        try {
            return name.length() == UUID_LENGTH ? UUID.fromString(name) : null;
        } catch (IllegalArgumentException e) {
            return null; // nobody's
        }
    }

    private static void expect(JsonToken expected, JsonToken actual) throws IOException {
        if (actual != expected) {
            throw new IOException("expected " + expected + " but found " + actual);
        }
    }
}
