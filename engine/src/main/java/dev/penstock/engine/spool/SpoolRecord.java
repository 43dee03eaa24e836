package dev.penstock.engine.spool;

/**
 * A batch as it is on disk: everything needed to send it but the key and the time of sending.
 *
 * <p><b>Threads:</b> any, while nobody changes the arrays. They are not copied: whoever appends a record leaves them alone
 * until its sink is told, or it is withdrawn.
 *
 * @param protocol which protocol its events are in; not looked at here
 * @param historical whether the events are old ones that were imported
 * @param encoding how the events are compressed; not looked at here
 * @param envelope what the request shares between events; may be empty
 * @param events holds the compressed events
 * @param offset where they begin
 * @param length how many bytes they are
 * @param plainLength how long they are when read back
 * @param checksum the checksum that their compression needs
 * @param starts where each event begins in the plain events, and where the next one would
 * @param uuids two halves for each event
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record SpoolRecord(
        int protocol,
        boolean historical,
        int encoding,
        byte[] envelope,
        byte[] events,
        int offset,
        int length,
        int plainLength,
        int checksum,
        int[] starts,
        long[] uuids) {

    /**
     * Checks what the layout on disk relies on.
     *
     * @throws IllegalArgumentException if the arrays do not fit each other
     */
    public SpoolRecord {
        if (starts.length == 0 || uuids.length != 2 * (starts.length - 1)) {
            throw new IllegalArgumentException(
                    "a record has " + starts.length + " starts and " + uuids.length + " halves of UUIDs");
        }
        if (offset < 0 || length < 0 || length > events.length - offset) {
            throw new IllegalArgumentException(
                    "a record has " + length + " bytes at " + offset + " of " + events.length);
        }
    }

    /**
     * How many events it has.
     *
     * @return a count
     */
    public int count() {
        return starts.length - 1;
    }
}
