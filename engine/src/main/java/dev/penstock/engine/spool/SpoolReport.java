package dev.penstock.engine.spool;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is in a spool.
 *
 * @param inUse whether a client has the directory open; the figures then move while they are read
 * @param events those in records that are not acknowledged and can be read: what the next start recovers
 * @param records how many such records there are
 * @param bytes what the files take, those that are set aside included
 * @param tornBytes bytes after the last record of files that are none
 * @param damagedRecords records that cannot be read, or were given up as such
 * @param oldest when the first of the records was written; null if there is none
 * @param newest when the last of them was written; null if there is none
 * @param segments the files, by age
 * @param foreign names in the directory that are not the spool's
 * @param eventsByProtocol the events by the number of their protocol
 * @param setAside names of files that were set aside
 */
public record SpoolReport(
        boolean inUse,
        long events,
        long records,
        long bytes,
        long tornBytes,
        long damagedRecords,
        Instant oldest,
        Instant newest,
        List<SegmentReport> segments,
        List<String> foreign,
        Map<Integer, Long> eventsByProtocol,
        List<String> setAside) {

    /** Copies the collections. */
    public SpoolReport {
        segments = List.copyOf(segments);
        foreign = List.copyOf(foreign);
        eventsByProtocol = Collections.unmodifiableMap(new TreeMap<>(eventsByProtocol));
        setAside = List.copyOf(setAside);
    }
}
