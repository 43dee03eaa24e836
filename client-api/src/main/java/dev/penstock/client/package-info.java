/**
 * Event capture: the client, its configuration, its answers and its account.
 *
 * <p>Ordinary users start at {@link dev.penstock.client.CaptureClients} and need {@link
 * dev.penstock.client.ClientConfig} and {@link dev.penstock.client.CaptureClient}; the listeners and statistics are for
 * operators. Types here may be used from any thread unless they say otherwise. Nothing in this package depends on
 * anything but the JDK.
 */
package dev.penstock.client;
