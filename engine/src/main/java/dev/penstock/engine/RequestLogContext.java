package dev.penstock.engine;

import dev.penstock.client.context.ContextClient;
import dev.penstock.client.flags.FlagEvaluations;
import dev.penstock.client.flags.FlagValue;
import dev.penstock.engine.logs.LogContext;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Gives log records what the current request context knows.
 *
 * <p><b>Threads:</b> any; answers for the calling one.
 */
final class RequestLogContext implements LogContext {

    private final ContextClient contexts;

    RequestLogContext(ContextClient contexts) {
        this.contexts = contexts;
    }

    @Override
    public String distinctId() {
        return contexts.current().distinctId();
    }

    @Override
    public String sessionId() {
        return contexts.current().sessionId();
    }

    @Override
    public Collection<String> activeFlags() {
        FlagEvaluations flags = contexts.current().flags();
        return flags == null ? List.of() : active(flags.values());
    }

    private static List<String> active(Map<String, FlagValue> values) {
        return values.entrySet().stream()
                .filter(flag -> flag.getValue().isEnabled())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
