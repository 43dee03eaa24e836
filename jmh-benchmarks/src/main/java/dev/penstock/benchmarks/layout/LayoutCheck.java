package dev.penstock.benchmarks.layout;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * Both layouts must produce the same bytes, and those must be JSON that says what was captured.
 * <p>
 * Runs before anything is measured; also shows strings that need escapes or do not fit Latin-1 to both, so that no layout
 * is compiled for a world without them.
 */
final class LayoutCheck {
    private static final int SLOTS = 1024;
    private static final int SAMPLES = 500;
    private static final long NOW = 1_795_226_400_123L;
    private static final String[] HOSTILE = {
        "", "say \"hi\" \\ \n\u0001", "Gr\u00fc\u00dfe", "\u20ac", "\ud83d\ude80 up"
    };

    private LayoutCheck() {}

    /**
     * @return the mean length of a sample event in bytes
     * @throws IllegalStateException if the layouts differ or say something else than they were given
     */
    static int verify() {
        int bytes = 0;
        EventJson jsonA = new EventJson();
        EventJson jsonB = new EventJson();
        CoarseClock clock = new CoarseClock();
        clock.set(NOW);
        SlotRing references = new ReferenceSlotRing(SLOTS, clock, jsonA, 7);
        SlotRing records = new ByteRecordRing(SLOTS, clock, jsonB, 7, 1);
        for (boolean cold : new boolean[] {false, true}) {
            SampleEvents eventsA = new SampleEvents(cold);
            SampleEvents eventsB = new SampleEvents(cold);
            for (int i = 0; i < SAMPLES; i++) {
                require(SampleEvents.captureNext(references, eventsA), "refused by references");
                require(SampleEvents.captureNext(records, eventsB), "refused by records");
            }
            bytes += sameOutput(references, jsonA, records, jsonB, SAMPLES).length;
        }
        for (String text : HOSTILE) {
            captureHostile(references, text);
            captureHostile(records, text);
            requireValues(sameOutput(references, jsonA, records, jsonB, 1), text);
        }
        return bytes / (2 * SAMPLES);
    }

    private static byte[] sameOutput(SlotRing a, EventJson jsonA, SlotRing b, EventJson jsonB, int events) {
        require(a.drain() == events && b.drain() == events, "events missing");
        byte[] outA = jsonA.copyAndClear();
        byte[] outB = jsonB.copyAndClear();
        require(Arrays.equals(outA, outB), "the layouts produce different JSON");
        require(countObjects(outA) == events, "events are not JSON objects");
        return outA;
    }

    private static void captureHostile(SlotRing ring, String text) {
        require(ring.capture("id " + text, text, "plain", "DE", text + text, "s", -5, false, 1e-7), "refused");
    }

    private static void requireValues(byte[] json, String text) {
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            int found = 0;
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    switch (name) {
                        case "distinct_id" -> found += parser.getText().equals("id " + text) ? 1 : 0;
                        case "place" -> found += parser.getText().equals(text) ? 1 : 0;
                        case "dev" -> found += parser.getText().equals(text + text) ? 1 : 0;
                        case "pos" -> found += parser.getLongValue() == -5 ? 1 : 0;
                        case "seen" -> found += parser.getBooleanValue() ? 0 : 1;
                        case "bid" -> found += parser.getDoubleValue() == 1e-7 ? 1 : 0;
                        default -> {}
                    }
                }
            }
            require(found == 6, "values differ from those captured");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int countObjects(byte[] json) {
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            int objects = 0;
            while (parser.nextToken() != null) {
                parser.skipChildren();
                objects++;
            }
            return objects;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException(otherwise);
        }
    }
}
