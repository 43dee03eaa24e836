package dev.penstock.engine.spool;

import java.time.Instant;

/**
 * What is in one file of a spool.
 *
 * @param name the file's name
 * @param bytes how long the file is
 * @param records those that are not acknowledged and can be read
 * @param events how many events they have
 * @param acknowledged records that are acknowledged and still in the file; not those before its cursor
 * @param damagedRecords records that cannot be read, or were given up as such
 * @param tornBytes bytes after the last record that are none
 * @param oldest when the first of the records was written; null if there is none
 * @param newest when the last of them was written; null if there is none
 * @param condition what there is to say of the file as a whole
 */
public record SegmentReport(
        String name,
        long bytes,
        long records,
        long events,
        long acknowledged,
        long damagedRecords,
        long tornBytes,
        Instant oldest,
        Instant newest,
        Condition condition) {

    /** What there is to say of a file as a whole. */
    public enum Condition {
        /** All of it can be read. */
        GOOD,
        /** Its end is a record that was not written to its end; the next start cuts it. */
        TORN,
        /** Some of it cannot be read; the file is set aside when the rest is sent. */
        DAMAGED,
        /** A later version wrote it; the next start sets it aside. */
        NEWER,
        /** It has a segment's name and is none; the next start sets it aside. */
        FOREIGN
    }
}
