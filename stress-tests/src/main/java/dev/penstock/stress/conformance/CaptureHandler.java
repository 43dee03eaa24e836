package dev.penstock.stress.conformance;

import dev.penstock.client.CaptureClient;
import dev.penstock.client.EventBuilder;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;

/** {@code POST /capture} and {@code POST /capture_ai}: captures an event, and answers with its UUID. */
final class CaptureHandler implements CallHandler {
    private final ClientRegistry clients;
    private final BiFunction<CaptureClient, String, EventBuilder> way;

    /** {@code way} begins an event of a name with a client. */
    CaptureHandler(ClientRegistry clients, BiFunction<CaptureClient, String, EventBuilder> way) {
        this.clients = clients;
        this.way = way;
    }

    @Override
    public Map<String, Object> handle(Call call) throws BadCallException {
        RequestedEvent event = RequestedEvent.read(call.fields());
        EventBuilder builder = way.apply(clients.client(call.testId()), event.name());
        event.fill(builder);
        UUID uuid = builder.sendForUuid().orElseThrow(() -> new BadCallException("the client did not take the event"));
        return Map.of("success", true, "uuid", uuid.toString());
    }
}
