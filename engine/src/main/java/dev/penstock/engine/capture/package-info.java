/**
 * The caller's side: an event is validated, flattened into a record and published, all on the capturing thread and
 * before anything is claimed.
 *
 * <p>{@link dev.penstock.engine.capture.EventScratch} is the builder and the writer, {@link
 * dev.penstock.engine.capture.ScratchPool} lends it, {@code ValueWriter} walks values under the depth, cycle and number
 * rules, {@link dev.penstock.engine.capture.EventPublisher} claims and publishes. Neighbours: {@code record} and {@code
 * ring} below; {@code pipeline} is never seen from here.
 */
package dev.penstock.engine.capture;
