package dev.penstock.engine.pipeline;

import dev.penstock.engine.encode.BodyWriter;
import dev.penstock.engine.protocol.Protocol;
import dev.penstock.engine.protocol.StoredProtocols;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How stored batches are sent.
 *
 * @param protocols makes their protocols again
 * @param bodyWriters by protocol, makes writers for the bodies of what has to be cut, and of what was stored uncompressed
 */
public record ReplayRoutes(StoredProtocols protocols, Function<Protocol, Supplier<BodyWriter>> bodyWriters) {}
