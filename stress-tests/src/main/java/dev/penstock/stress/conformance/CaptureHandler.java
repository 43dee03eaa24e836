package dev.penstock.stress.conformance;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.EventBuilder;
import java.util.Map;

/** {@code POST /capture}: captures an event. Its UUID is the client's to make, so the answer does not name it. */
final class CaptureHandler implements CallHandler {
    private final ClientRegistry clients;

    CaptureHandler(ClientRegistry clients) {
        this.clients = clients;
    }

    @Override
    public Map<String, Object> handle(Call call) throws BadCallException {
        RequestedEvent event = RequestedEvent.read(call.fields());
        EventBuilder builder = clients.client(call.testId()).event(event.name());
        event.fill(builder);
        CaptureResult result = builder.send();
        if (result != CaptureResult.ACCEPTED) {
            throw new BadCallException("the client did not take the event: " + result);
        }
        return Map.of("success", true);
    }
}
