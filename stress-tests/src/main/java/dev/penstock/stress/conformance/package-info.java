/**
 * A service over which a test harness, written in any language, drives a client: one HTTP call for each thing a client
 * does. For tests of conformance only; it listens on 127.0.0.1 and trusts whoever calls.
 *
 * <p>{@link dev.penstock.stress.conformance.ConformanceAdapter} is the command, {@code AdapterServer} the service, a
 * {@code ...Handler} what a call does. Calls come on threads of the server, any number at once.
 */
package dev.penstock.stress.conformance;
