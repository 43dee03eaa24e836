package dev.penstock.engine.spool;

/**
 * What is told of a record that is given up.
 *
 * @param protocol as in the record: says whose ids they are
 * @param uuids two halves for each of its events; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record RecordIds(int protocol, long[] uuids) {}
