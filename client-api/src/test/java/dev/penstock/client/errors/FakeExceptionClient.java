package dev.penstock.client.errors;

import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.EventBuilder;
import dev.penstock.client.FlushResult;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A client that keeps the exceptions it is given, and the order of calls.
 *
 * <p><b>Threads:</b> any.
 */
final class FakeExceptionClient {

    /** One event that was sent. */
    record Sent(Object thrown, ExceptionDetails details, Map<String, Object> properties) {}

    private final List<Sent> sent = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private Runnable onException = () -> {};

    CaptureClient client() {
        return proxy(CaptureClient.class, this::client);
    }

    /** What happens when an exception event is begun. */
    void onException(Runnable action) {
        onException = action;
    }

    synchronized List<Sent> sent() {
        return List.copyOf(sent);
    }

    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    private Object client(Method method, Object[] arguments) {
        note(method.getName() + (method.getName().equals("flush") ? " " + arguments[0] : ""));
        if (method.getName().equals("exception")) {
            onException.run();
            Map<String, Object> properties = new LinkedHashMap<>();
            return builder(new Sent(arguments[0], (ExceptionDetails) arguments[1], properties));
        }
        if (method.getName().equals("flush") && arguments[0] instanceof Duration) {
            return FlushResult.COMPLETED;
        }
        throw new AssertionError("not expected: " + method);
    }

    private EventBuilder builder(Sent event) {
        EventBuilder[] self = new EventBuilder[1];
        self[0] = proxy(EventBuilder.class, (method, arguments) -> {
            if (method.getName().equals("send")) {
                send(event);
                return CaptureResult.ACCEPTED;
            }
            event.properties().put((String) arguments[0], arguments[1]);
            return self[0];
        });
        return self[0];
    }

    private synchronized void note(String call) {
        calls.add(call);
    }

    private synchronized void send(Sent event) {
        sent.add(event);
    }

    private interface Call {
        Object answer(Method method, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> call.answer(method, arguments)));
    }
}
