/**
 * A TCP proxy that fails on request, between a client and its host: for tests of what a network does.
 * <p>
 * It knows nothing of HTTP; it delays, loses and damages bytes.
 */
package dev.penstock.stress.proxy;
