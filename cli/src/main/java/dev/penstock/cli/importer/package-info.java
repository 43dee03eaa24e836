/**
 * {@code penstock import}: sends the events of an NDJSON file.
 * <p>
 * {@code LineSource} of {@code common} cuts the file into lines, {@code LineParser} makes an {@code ImportedEvent} of one
 * or says why not, {@code LineIds} gives it an id that stays the same when the import is run again, {@code EventSender}
 * hands it to the client with back-pressure, {@code LargeLines} finds the line of an event that the client accepted and
 * then could not send, {@code Importer} owns the order of things. Memory is bounded: one line, the client's ring and
 * batches, and 18 to 36 bytes for each distinct line without an id of its own.
 */
package dev.penstock.cli.importer;
