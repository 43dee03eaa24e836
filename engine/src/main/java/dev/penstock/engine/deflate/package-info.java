/**
 * Deflate that is told where the values of an event are.
 *
 * <p>{@link dev.penstock.engine.deflate.EventDeflater} compresses a stream of events, each with its {@link
 * dev.penstock.engine.deflate.ValueMarks}. {@code Window} holds the data; {@code EventMatcher} finds in it what an event has in
 * common with the last one of its pattern, which {@code EventPatterns} remember, {@code TextSearch} what text has in common with any,
 * and {@code FieldTrials} in which fields looking pays. What they find are {@code Tokens}, which {@code TokenOutput} puts by
 * {@code BlockCodes}; {@code CodeLearner} counts which symbols are frequent. {@code ShortStream} asks zlib where there
 * was too little to learn. Neighbours: {@code encode} frames the streams
 * and marks the values.
 * Threads: all of a deflater belongs to one. See {@code docs/decisions/0020-event-aware-deflate.md}.
 */
package dev.penstock.engine.deflate;
