/**
 * Wires the parts of the engine, starts and closes them.
 *
 * <p>Applications get a client from {@code dev.penstock.client.CaptureClients} and need not open this package. The
 * packages below it read as the life of an event: {@code capture} (with {@code context} and {@code errors}, and {@code
 * logs} beside it), {@code record}, {@code ring}, {@code pipeline}, {@code encode}, {@code protocol}, {@code transport},
 * {@code listener}; {@code stats} and {@code time} serve all of them.
 *
 * <p>A {@code Channel} is one way through: events have one that is always there, AI events and log records have {@code
 * SideChannel}s that their first use starts.
 */
package dev.penstock.engine;
