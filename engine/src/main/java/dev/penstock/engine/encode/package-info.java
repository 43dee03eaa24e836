/**
 * From record to request body: events become JSON once, batches are compressed once.
 *
 * <p>{@link dev.penstock.engine.encode.EventEncoder} writes one event in one pass, {@code MergingEncoder} those in which
 * names meet, {@link dev.penstock.engine.encode.LogEncoder} log records, {@link dev.penstock.engine.encode.BodyWriter} a
 * body, {@link dev.penstock.engine.encode.Body} is the finished one, whose envelope head can be renewed and whose events
 * can be read back. Neighbours: {@code record} is read, {@code pipeline} drives. Threads: all of it belongs to one
 * pipeline thread, except where {@code Body} says otherwise.
 */
package dev.penstock.engine.encode;
