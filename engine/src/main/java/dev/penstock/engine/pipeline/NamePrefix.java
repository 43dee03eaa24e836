package dev.penstock.engine.pipeline;

import static dev.penstock.engine.record.RecordLayout.INTS;

import dev.penstock.engine.record.RecordLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Takes the events whose name begins in a certain way. */
public final class NamePrefix implements RecordFilter {

    private final byte[] prefix;

    /**
     * Makes a filter.
     *
     * @param prefix how the name begins: ASCII, which is the same bytes in both forms of a record's text
     */
    public NamePrefix(String prefix) {
        this.prefix = prefix.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public boolean takes(byte[] record, int offset) {
        if ((int) INTS.get(record, offset + RecordLayout.NAME_CHARS) < prefix.length) {
            return false;
        }
        int name = offset + (int) INTS.get(record, offset + RecordLayout.IDS_OFFSET);
        return Arrays.equals(record, name, name + prefix.length, prefix, 0, prefix.length);
    }
}
