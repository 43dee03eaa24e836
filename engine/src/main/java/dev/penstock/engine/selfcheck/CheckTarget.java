package dev.penstock.engine.selfcheck;

import dev.penstock.engine.protocol.Protocol;
import dev.penstock.engine.transport.TransportSettings;
import java.net.URI;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * What is checked.
 *
 * <p>{@link #toString()} shows no key.
 *
 * @param transport where to and how, as the client itself connects
 * @param protocol how batches are sent
 * @param flagKey the key to ask for flags with, which tells whether it is known; null where there are no flags
 * @param maxBatchBytes the size of the largest batch
 * @param clock the clock that events are stamped with
 * @param state what the client does with events; asked again and again
 */
public record CheckTarget(
        TransportSettings transport,
        Protocol protocol,
        String flagKey,
        int maxBatchBytes,
        InstantSource clock,
        Supplier<ClientState> state) {

    URI host() {
        return transport.host();
    }

    boolean isSecure() {
        return "https".equalsIgnoreCase(host().getScheme());
    }

    /** Where requests go in the end. */
    Endpoint server() {
        return Endpoint.of(host());
    }

    /** Where connections go: the proxy if there is one. */
    Endpoint firstHop() {
        return transport.proxy() == null ? server() : Endpoint.of(transport.proxy());
    }

    boolean isProxied() {
        return transport.proxy() != null;
    }

    boolean isClosed() {
        return state.get() == ClientState.CLOSED;
    }

    @Override
    public String toString() {
        return "CheckTarget{" + transport + ", protocol=" + protocol.name() + '}';
    }
}
