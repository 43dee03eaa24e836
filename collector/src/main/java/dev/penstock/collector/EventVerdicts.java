package dev.penstock.collector;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * The verdicts of one scripted answer of the analytics route, for {@link Answer#verdicts(EventVerdicts)}.
 *
 * <pre>{@code
 * collector.answerNextTo(Route.ANALYTICS, Answer.verdicts(EventVerdicts.ok()
 *         .at(1, EventVerdict.RETRY)
 *         .when(event -> event.event().equals("poison"), EventVerdict.DROP.withDetails("invalid_event"))));
 * }</pre>
 *
 * The first rule that fits an event decides, then the verdict on all others.
 * <p>
 * <b>Threads:</b> immutable; each method that refines verdicts returns others.
 */
public final class EventVerdicts {
    private interface Rule {
        boolean fits(int index, ReceivedEvent event);
    }

    private record Ruling(Rule rule, EventVerdict verdict) {}

    private final EventVerdict otherwise;
    private final List<Ruling> rulings;
    private final int strangers;

    private EventVerdicts(EventVerdict otherwise, List<Ruling> rulings, int strangers) {
        this.otherwise = otherwise;
        this.rulings = rulings;
        this.strangers = strangers;
    }

    /**
     * Begins with {@code ok} for every event.
     *
     * @return the verdicts
     */
    public static EventVerdicts ok() {
        return all(EventVerdict.OK);
    }

    /**
     * Begins with one verdict for every event; {@link EventVerdict#LEFT_OUT} makes an empty answer.
     *
     * @param verdict what is said of each
     * @return the verdicts
     */
    public static EventVerdicts all(EventVerdict verdict) {
        return new EventVerdicts(Objects.requireNonNull(verdict, "verdict"), List.of(), 0);
    }

    /**
     * Says something of the event at one place in the request.
     *
     * @param index place, from 0; a request with fewer events has none there
     * @param verdict what is said of it
     * @return verdicts with this rule
     */
    public EventVerdicts at(int index, EventVerdict verdict) {
        return with((place, event) -> place == index, verdict);
    }

    /**
     * Says something of the event with a uuid.
     *
     * @param uuid in any case
     * @param verdict what is said of it
     * @return verdicts with this rule
     */
    public EventVerdicts of(String uuid, EventVerdict verdict) {
        Objects.requireNonNull(uuid, "uuid");
        return with((place, event) -> event.uuid().equalsIgnoreCase(uuid), verdict);
    }

    /**
     * Says something of each event of a kind.
     *
     * @param condition called on a connection's thread, perhaps on several at once; if it throws, the answer is 500
     * @param verdict what is said of them
     * @return verdicts with this rule
     */
    public EventVerdicts when(Predicate<ReceivedEvent> condition, EventVerdict verdict) {
        Objects.requireNonNull(condition, "condition");
        return with((place, event) -> condition.test(event), verdict);
    }

    /**
     * Adds verdicts on events that the request did not hold: {@code retry}, under made-up uuids, before the others.
     *
     * @param count how many, at least 0
     * @return verdicts with them
     * @throws IllegalArgumentException if the count is negative
     */
    public EventVerdicts strangers(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("count is " + count + ", must not be negative");
        }
        return new EventVerdicts(otherwise, rulings, count);
    }

    private EventVerdicts with(Rule rule, EventVerdict verdict) {
        List<Ruling> more = new ArrayList<>(rulings);
        more.add(new Ruling(rule, Objects.requireNonNull(verdict, "verdict")));
        return new EventVerdicts(otherwise, List.copyOf(more), strangers);
    }

    int strangers() {
        return strangers;
    }

    EventVerdict on(int index, ReceivedEvent event) {
        for (Ruling ruling : rulings) {
            if (ruling.rule().fits(index, event)) {
                return ruling.verdict();
            }
        }
        return otherwise;
    }
}
