/**
 * The user's listeners, called on a thread of their own behind a bounded queue.
 *
 * <p>Neighbours: the {@code pipeline} hands over settled batches and errors and never waits; {@code encode} reads a
 * batch's events back.
 */
package dev.penstock.engine.listener;
