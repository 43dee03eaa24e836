/**
 * The self check: the way from this process to the server, looked at step by step, each step a small class of its own.
 *
 * <p>What the system does for any program (names, connections, TLS) is tried with plain sockets, so that each can be told
 * from the next. Requests go over an {@code HttpTransport} made with the client's own settings, so that what is
 * checked is what is used.
 *
 * <p>Neighbours: the engine says what to check; requests are made of a protocol's envelope. Threads: the caller's, which waits, one
 * short-lived one for whatever may block, named {@code penstock-NAME-check}, and those of the transport.
 */
package dev.penstock.engine.selfcheck;
