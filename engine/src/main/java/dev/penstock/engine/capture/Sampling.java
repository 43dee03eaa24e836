package dev.penstock.engine.capture;

import dev.penstock.client.SamplingRule;
import dev.penstock.client.SamplingRules;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The sampling rules of a client at work.
 *
 * <p><b>Threads:</b> any; lock-free. <b>Allocation:</b> none.
 */
public final class Sampling {

    /** Says which share of all its like an event is. */
    static final String RATE_PROPERTY = "$sample_rate";

    private final Map<String, EventSampler> samplers = new HashMap<>();

    private Sampling(SamplingRules rules, LongSupplier nanoClock) {
        rules.rules().forEach((event, rule) -> samplers.put(event, sampler(rule, nanoClock)));
    }

    /**
     * Puts rules to work.
     *
     * @param rules the rules
     * @param nanoClock the monotonic time, for limits
     * @return what applies them, or null if there are none
     */
    public static Sampling of(SamplingRules rules, LongSupplier nanoClock) {
        return rules.rules().isEmpty() ? null : new Sampling(rules, nanoClock);
    }

    private static EventSampler sampler(SamplingRule rule, LongSupplier nanoClock) {
        if (rule instanceof SamplingRule.OfPersons persons) {
            return new PersonSampler(persons.rate());
        }
        if (rule instanceof SamplingRule.OfEvents events) {
            return new ChanceSampler(events.rate());
        }
        return new RateLimit(((SamplingRule.Limit) rule).perSecond(), nanoClock);
    }

    /** What decides on events of a name, or null. */
    EventSampler of(String event) {
        return samplers.get(event);
    }
}
