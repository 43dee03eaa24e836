package dev.penstock.collector;

/**
 * Totals of a {@link Collector} since it started or was last reset, all but the last taken at one moment.
 * <p>
 * <b>Threads:</b> immutable.
 *
 * @param requests POST requests to routes that take events, refused and failed ones included; a request whose body never
 *     arrived in full is not counted
 * @param events events counted as received; always {@code distinct + duplicates}
 * @param distinct received events whose uuid, or Segment message id, had not been received before
 * @param duplicates received events whose uuid, or Segment message id, had been received before
 * @param invalid requests that broke a rule of the wire format or carried another project or write key
 * @param bytesWire bytes of request bodies as received, before decoding and without chunk framing
 * @param bytesPlain bytes of request bodies after decoding; a body that could not be decoded adds none
 * @param analyticsEvents those of {@code events} that came by the analytics route
 * @param aiEvents those of {@code events} that came by the AI route
 * @param segmentEvents those of {@code events} that are messages of the Segment route
 * @param logRecords log records received, of which the figures above know nothing; see {@link LogEndpoint}
 */
public record CollectorStats(
        long requests,
        long events,
        long distinct,
        long duplicates,
        long invalid,
        long bytesWire,
        long bytesPlain,
        long analyticsEvents,
        long aiEvents,
        long segmentEvents,
        long logRecords) {

    /**
     * Writes the totals as the object that {@code GET /stats} answers.
     *
     * @return one line of JSON with names in snake case
     */
    public String toJson() {
        return "{\"requests\":" + requests + ",\"events\":" + events + ",\"distinct\":" + distinct
                + ",\"duplicates\":" + duplicates + ",\"invalid\":" + invalid + ",\"bytes_wire\":" + bytesWire
                + ",\"bytes_plain\":" + bytesPlain + ",\"analytics_events\":" + analyticsEvents
                + ",\"ai_events\":" + aiEvents + ",\"segment_events\":" + segmentEvents + ",\"log_records\":"
                + logRecords + "}";
    }
}
