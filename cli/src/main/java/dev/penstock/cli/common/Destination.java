package dev.penstock.cli.common;

import java.util.Map;

/**
 * Where a command sends: what was typed, else what the protocol's own variables of the environment say, else the protocol's
 * own host. One protocol's key never goes to another one's host.
 *
 * @param host a URL, unchecked
 * @param key the key
 */
public record Destination(String host, String key) {

    /**
     * Decides where to go.
     *
     * @param protocol what is spoken
     * @param host as typed; null when it was not
     * @param key as typed; null when it was not
     * @param environment the variables of the environment
     * @return where to go
     * @throws IllegalArgumentException if one of them is missing or blank; the message says which
     */
    public static Destination of(WireProtocol protocol, String host, String key, Map<String, String> environment) {
        return new Destination(
                found(
                        "--host",
                        host,
                        protocol.hostVariable(),
                        environment,
                        protocol.defaultHost().orElse(null)),
                found("--key", key, protocol.keyVariable(), environment, null));
    }

    private static String found(
            String option, String typed, String variable, Map<String, String> environment, String otherwise) {
        String value = typed == null ? environment.getOrDefault(variable, otherwise) : typed;
        if (value == null) {
            throw new IllegalArgumentException(option + " is missing; give it or set " + variable);
        }
        if (value.isBlank()) {
            throw new IllegalArgumentException(option + " must not be blank");
        }
        return value;
    }

    /** Shows no key. */
    @Override
    public String toString() {
        return "Destination[host=" + host + "]";
    }
}
