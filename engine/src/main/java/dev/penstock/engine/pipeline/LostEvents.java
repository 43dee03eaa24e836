package dev.penstock.engine.pipeline;

import dev.penstock.engine.encode.Body;
import dev.penstock.engine.encode.BodyWriter;
import dev.penstock.engine.listener.Ending;
import dev.penstock.engine.listener.SettledEvents;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Stands in for events whose JSON is not to be had, so that whoever waits for one hears of its end: a stub without a name
 * for each.
 */
final class LostEvents {

    private static final String BEFORE_ID = "{\"event\":\"\",\"uuid\":\"";
    private static final String BEHIND_ID = "\"},";

    private LostEvents() {}

    /** Events with these ids, two halves for each, that ended in one way. */
    static SettledEvents ended(long[] uuids, Ending ending) {
        int[] starts = new int[uuids.length / 2 + 1];
        StringBuilder stubs = new StringBuilder();
        for (int i = 0; i < uuids.length; i += 2) {
            stubs.append(BEFORE_ID).append(new UUID(uuids[i], uuids[i + 1])).append(BEHIND_ID);
            starts[i / 2 + 1] = stubs.length();
        }
        return SettledEvents.all(body(stubs.toString().getBytes(StandardCharsets.US_ASCII)), starts, uuids, ending);
    }

    private static Body body(byte[] json) {
        try (BodyWriter writer = BodyWriter.plain()) {
            writer.begin(new byte[json.length], 0);
            writer.append(json, 0, json.length);
            return writer.finish();
        }
    }
}
