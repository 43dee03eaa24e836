package dev.penstock.engine.errors;

import dev.penstock.client.EventWriter;
import dev.penstock.client.errors.ExceptionDetails;
import dev.penstock.client.errors.ExceptionSettings;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The properties that were written of one exception. */
record RecordedEvent(Map<String, Object> properties) {

    static final int MAX_EVENT_BYTES = 900 * 1024;

    /** In tests everything but the JDK is in app, this library's own test classes above all. */
    static final ExceptionSettings SETTINGS = ExceptionSettings.DEFAULT.withInAppExcludes(List.of("java", "jdk"));

    static RecordedEvent of(Object thrown) {
        return of(thrown, ExceptionDetails.MANUAL, SETTINGS);
    }

    static RecordedEvent of(Object thrown, ExceptionDetails details, ExceptionSettings settings) {
        return of(thrown, details, new ExceptionEvents(settings, MAX_EVENT_BYTES));
    }

    static RecordedEvent of(Object thrown, ExceptionDetails details, ExceptionEvents events) {
        Map<String, Object> properties = new LinkedHashMap<>();
        EventWriter writer = (EventWriter) Proxy.newProxyInstance(
                EventWriter.class.getClassLoader(), new Class<?>[] {EventWriter.class}, (self, method, arguments) -> {
                    if (!method.getName().equals("put")) {
                        throw new AssertionError("not expected: " + method);
                    }
                    properties.put((String) arguments[0], arguments[1]);
                    return self;
                });
        events.write(thrown, details, writer);
        return new RecordedEvent(properties);
    }

    @SuppressWarnings("unchecked")
    List<Map<String, Object>> list() {
        return (List<Map<String, Object>>) properties.get("$exception_list");
    }

    Map<String, Object> entry(int id) {
        return list().get(id);
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> mechanism(int id) {
        return (Map<String, Object>) entry(id).get("mechanism");
    }

    /** The frames, the oldest first; none if there is no stack trace. */
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> frames(int id) {
        Map<String, Object> stacktrace = (Map<String, Object>) entry(id).get("stacktrace");
        return stacktrace == null ? List.of() : (List<Map<String, Object>>) stacktrace.get("frames");
    }

    /** The frame that threw. */
    Map<String, Object> crash(int id) {
        return frames(id).get(frames(id).size() - 1);
    }
}
