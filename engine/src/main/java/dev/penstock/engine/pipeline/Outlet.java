package dev.penstock.engine.pipeline;

import dev.penstock.engine.transport.BatchTransport;
import java.util.List;

/**
 * Where a lane's batches go.
 *
 * @param routes the ways there; the first that takes a record gets it, and the last takes every one
 * @param transport puts requests on the wire
 * @param limits what bounds delivery, over all routes
 * @param circuit whether the server is asked at all; shared by the lanes of a channel
 * @param spooling how batches are kept on disk
 */
public record Outlet(
        List<Route> routes, BatchTransport transport, DeliveryLimits limits, Circuit circuit, Spooling spooling) {

    /**
     * Copies the routes.
     *
     * @param routes at least one, the last with {@link RecordFilter#ALL}
     * @param transport puts requests on the wire
     * @param limits what bounds delivery
     * @param circuit whether the server is asked at all
     * @param spooling how batches are kept on disk
     */
    public Outlet {
        routes = List.copyOf(routes);
        if (routes.isEmpty() || routes.get(routes.size() - 1).takes() != RecordFilter.ALL) {
            throw new IllegalArgumentException("the last route must take every record");
        }
    }
}
