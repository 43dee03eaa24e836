package dev.penstock.engine;

import dev.penstock.client.context.ContextClient;
import dev.penstock.client.flags.FlagEvaluations;
import dev.penstock.client.flags.FlagValue;
import dev.penstock.engine.logs.LogContext;
import dev.penstock.engine.stats.DistinctErrors;
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
    private final DistinctErrors errors;

    RequestLogContext(ContextClient contexts, DistinctErrors errors) {
        this.contexts = contexts;
        this.errors = errors;
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
        if (flags == null) {
            return List.of();
        }
        try {
            return active(flags.values());
        } catch (Throwable e) {
            // Evaluations may be an application's own.
            errors.warn("flags of a log record", "evaluations could not be read, so a log record has no flags", e);
            return List.of();
        }
    }

    private static List<String> active(Map<String, FlagValue> values) {
        return values.entrySet().stream()
                .filter(flag -> flag.getValue().isEnabled())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
