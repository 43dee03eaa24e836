/**
 * The caller's side of logs: a record passes the gates and hooks, gets its time and its context, and is published on the log
 * channel's ring.
 *
 * <p>{@link dev.penstock.engine.logs.LogCapture} is the client users see; {@link dev.penstock.engine.logs.LogContext} is
 * where the context comes from. Neighbours: {@code capture} fills and publishes the record, {@code encode} knows what its
 * entries mean. Threads: all of it runs on the capturing thread.
 */
package dev.penstock.engine.logs;
