package dev.penstock.engine.encode;

import dev.penstock.engine.record.KeyRegistry;
import dev.penstock.engine.record.PropertySnapshot;
import java.util.Arrays;

/** Writes properties that are made once as a JSON object of their own. */
public final class SnapshotJson {

    private SnapshotJson() {}

    /**
     * Writes a snapshot.
     *
     * @param snapshot the properties
     * @param registry the registered property keys
     * @return a JSON object
     */
    public static byte[] object(PropertySnapshot snapshot, KeyRegistry registry) {
        JsonOutput out = new JsonOutput(256);
        out.append(SharedProperties.of(snapshot, new EntryWriter(registry)).properties(EventShape.PROPERTIES));
        out.close(0, '{', '}');
        return Arrays.copyOf(out.bytes(), out.length());
    }
}
