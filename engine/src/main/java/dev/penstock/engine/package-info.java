/**
 * Wires the parts of the engine, starts and closes them.
 *
 * <p>Applications get a client from {@code dev.penstock.client.CaptureClients} and need not open this package. The
 * packages below it read as the life of an event: {@code capture}, {@code record}, {@code ring}, {@code pipeline},
 * {@code encode}, {@code protocol}, {@code transport}, {@code listener}; {@code stats} and {@code time} serve all of
 * them.
 */
package dev.penstock.engine;
