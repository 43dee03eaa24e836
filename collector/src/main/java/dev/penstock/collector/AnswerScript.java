package dev.penstock.collector;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** The scripted answers to requests of one family: a queue, then rules, then a standing answer. Any thread. */
final class AnswerScript<R> {
    private record Rule<R>(Predicate<R> condition, Answer answer) {}

    private final Deque<Answer> next = new ArrayDeque<>();
    private List<Rule<R>> rules = List.of();
    private Answer standing = Answer.ok();

    synchronized void enqueue(List<Answer> answers) {
        next.addAll(answers);
    }

    synchronized void always(Answer answer) {
        standing = answer;
    }

    synchronized void when(Predicate<R> condition, Answer answer) {
        Objects.requireNonNull(condition, "condition");
        if (answer.mustBeKnownBeforeBody()) {
            throw new IllegalArgumentException(answer + " acts before the request has been read");
        }
        List<Rule<R>> more = new ArrayList<>(rules);
        more.add(new Rule<>(condition, answer));
        rules = List.copyOf(more);
    }

    synchronized void clear() {
        next.clear();
        rules = List.of();
        standing = Answer.ok();
    }

    /** Takes the answer for a request whose header is complete; null when it depends on the body. */
    synchronized Answer beforeBody() {
        Answer queued = next.poll();
        if (queued != null) {
            return queued;
        }
        return rules.isEmpty() || standing.mustBeKnownBeforeBody() ? standing : null;
    }

    /** The answer for a request that has been read, when {@link #beforeBody()} had none. */
    Answer afterBody(R request) {
        List<Rule<R>> current;
        Answer otherwise;
        synchronized (this) {
            current = rules;
            otherwise = standing;
        }
        for (Rule<R> rule : current) {
            if (rule.condition().test(request)) {
                return rule.answer();
            }
        }
        return otherwise.actsBeforeBody() ? Answer.ok() : otherwise;
    }
}
