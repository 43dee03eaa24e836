/**
 * Requests on the wire: an asynchronous HTTP client with every default chosen, and a supervisor that rebuilds its I/O
 * reactor.
 *
 * <p>One {@link dev.penstock.engine.transport.HttpTransport} has two faces: {@link
 * dev.penstock.engine.transport.BatchTransport} sends a body and wants to know its status, {@link
 * dev.penstock.engine.transport.Fetcher} wants the whole answer.
 *
 * <p>Neighbours: the pipeline sends and is answered here, flags fetch; nothing here knows what a body contains. Threads: one I/O
 * thread per engine, named {@code penstock-NAME-io}, an idle one of HttpClient's beside it ({@code -main}), and
 * short-lived ones for looking a name up ({@code -dns}) and for closing ({@code -close}).
 */
package dev.penstock.engine.transport;
