package dev.penstock.stress.conformance;

import java.util.Map;

/** {@code POST /reset}: ends the test's client, if there is one. Nothing more is sent when it answers. */
final class ResetHandler implements CallHandler {
    private final ClientRegistry clients;

    ResetHandler(ClientRegistry clients) {
        this.clients = clients;
    }

    @Override
    public Map<String, Object> handle(Call call) {
        clients.discard(call.testId());
        return Map.of("success", true);
    }
}
