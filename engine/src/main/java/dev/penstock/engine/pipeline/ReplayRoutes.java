package dev.penstock.engine.pipeline;

import dev.penstock.engine.encode.BodyWriter;
import dev.penstock.engine.protocol.StoredProtocols;
import java.util.function.Supplier;

/**
 * How stored batches are sent.
 *
 * @param protocols makes their protocols again
 * @param bodyWriters makes writers for the bodies of what has to be cut, and of what was stored uncompressed
 */
public record ReplayRoutes(StoredProtocols protocols, Supplier<BodyWriter> bodyWriters) {}
