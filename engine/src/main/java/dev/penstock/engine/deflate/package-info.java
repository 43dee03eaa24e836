/**
 * Deflate that is told where the values of an event are.
 *
 * <p>{@link dev.penstock.engine.deflate.EventDeflater} compresses a stream of events, each with its {@link
 * dev.penstock.engine.deflate.ValueMarks}; {@code EventKinds} remember the last event of each kind, {@code FieldTrials} in which
 * fields looking for a value pays, {@code CodeLearner} which symbols are frequent, {@code BlockCodes} the codes that
 * follow from it, and {@code TokenOutput} puts bits. Neighbours: {@code encode} frames the streams and marks the values.
 * Threads: all of a deflater belongs to one. See {@code docs/decisions/0020-event-aware-deflate.md}.
 */
package dev.penstock.engine.deflate;
