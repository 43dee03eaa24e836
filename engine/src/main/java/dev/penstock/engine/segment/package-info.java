/**
 * Segment's six messages: how a typed one becomes a record, and how its outcome is told.
 *
 * <p>Everything between is the same code that events go through: {@code capture}, {@code ring}, {@code pipeline}. What a
 * message looks like on the wire is said in {@code encode} and {@code protocol}.
 */
package dev.penstock.engine.segment;
