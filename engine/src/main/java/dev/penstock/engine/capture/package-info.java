/**
 * The caller's side: an event is validated, flattened into a record and published, all on the capturing thread and
 * before anything is claimed.
 *
 * <p>{@link dev.penstock.engine.capture.EventScratch} is the builder, {@link dev.penstock.engine.capture.ScratchPool}
 * lends it, {@code ValueWriter} walks values under the depth, cycle and number rules, {@code EventSender} checks and
 * finishes an event and gives it what it has in common with others, {@link dev.penstock.engine.capture.EventHooks} show it
 * to before-send, {@link dev.penstock.engine.capture.EventPublisher} claims and publishes, {@link
 * dev.penstock.engine.capture.CaptureGate} says whether anything is accepted. Neighbours: {@code record} and {@code
 * ring} below; {@code pipeline} is never seen from here.
 */
package dev.penstock.engine.capture;
