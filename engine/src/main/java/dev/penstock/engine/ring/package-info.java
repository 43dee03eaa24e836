/**
 * The ring: claimed by any number of producers, read by one pipeline.
 *
 * <p>{@link dev.penstock.engine.ring.CaptureRing} carries records as bytes and does not look inside, but for their
 * length. Neighbours: {@code capture} publishes here, {@code pipeline} polls. This package knows nobody but the
 * Disruptor, whose sequencer orders claims and publications.
 */
package dev.penstock.engine.ring;
