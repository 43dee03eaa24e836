/**
 * The event record: the bytes an event becomes on the caller's thread and is read from on the pipeline's.
 *
 * <p>{@link dev.penstock.engine.record.RecordLayout} draws the bytes; {@link dev.penstock.engine.record.RecordWriter}
 * writes them, one thread at a time. {@link dev.penstock.engine.record.ShownText} is how their text may be shown in a
 * log. Neighbours: {@code capture} fills records, {@code ring} carries them without
 * looking inside, {@code encode} turns them into JSON. This package knows none of them.
 */
package dev.penstock.engine.record;
