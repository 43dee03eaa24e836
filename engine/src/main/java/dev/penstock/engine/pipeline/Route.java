package dev.penstock.engine.pipeline;

import dev.penstock.engine.encode.BodyWriter;
import dev.penstock.engine.encode.RecordEncoder;
import dev.penstock.engine.protocol.Protocol;
import java.util.function.Supplier;

/**
 * One way from a lane to the server: events of one shape, in requests of their own.
 *
 * @param protocol what the wire looks like there
 * @param encoder writes the events
 * @param bodyWriters makes writers for request bodies
 * @param takes which records go this way
 */
public record Route(Protocol protocol, RecordEncoder encoder, Supplier<BodyWriter> bodyWriters, RecordFilter takes) {}
