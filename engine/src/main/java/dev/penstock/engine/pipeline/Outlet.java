package dev.penstock.engine.pipeline;

import dev.penstock.engine.encode.BodyWriter;
import dev.penstock.engine.protocol.Protocol;
import dev.penstock.engine.transport.BatchTransport;
import java.util.function.Supplier;

/**
 * Where a lane's batches go.
 *
 * @param protocol what the wire looks like there
 * @param transport puts requests on the wire
 * @param bodyWriters makes writers for request bodies
 * @param limits what bounds delivery
 */
public record Outlet(
        Protocol protocol, BatchTransport transport, Supplier<BodyWriter> bodyWriters, DeliveryLimits limits) {}
