package dev.penstock.benchmarks.support;

import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.EventBuilder;
import dev.penstock.client.EventTranslator;
import dev.penstock.client.PropertyKey;
import java.util.Map;

/** A client as shipped, captured into. Its calls have one receiver in each JVM, so the compiler sees through them. */
record ShippedClient(CaptureClient client) implements CaptureApi {
    @Override
    public CaptureResult capture(String distinctId, String event, Map<String, ?> properties) {
        return client.capture(distinctId, event, properties);
    }

    @Override
    public <A> CaptureResult capture(EventTranslator<? super A> translator, A argument) {
        return client.capture(translator, argument);
    }

    @Override
    public EventBuilder event(String name) {
        return client.event(name);
    }

    @Override
    public PropertyKey propertyKey(String name) {
        return client.propertyKey(name);
    }
}
