package dev.penstock.collector;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The scripted answers to ingestion requests: a queue for each route, then what goes for all. Any thread. */
final class RouteScript {
    private final Map<Route, Deque<Answer>> next = new EnumMap<>(Route.class);
    private final AnswerScript<ReceivedRequest> all = new AnswerScript<>();

    /** What goes for every route. */
    AnswerScript<ReceivedRequest> all() {
        return all;
    }

    synchronized void enqueue(Route route, List<Answer> answers) {
        next.computeIfAbsent(route, r -> new ArrayDeque<>()).addAll(answers);
    }

    synchronized void clear() {
        next.clear();
        all.clear();
    }

    /** Takes the answer for a request whose header is complete; null when it depends on the body. */
    synchronized Answer beforeBody(Route route) {
        Deque<Answer> queue = next.get(route);
        Answer queued = queue == null ? null : queue.poll();
        return queued == null ? all.beforeBody() : queued;
    }

    /** The answer for a request that has been read, when {@link #beforeBody(Route)} had none. */
    Answer afterBody(ReceivedRequest request) {
        return all.afterBody(request);
    }
}
