package dev.penstock.engine.flags.evaluation;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.engine.flags.matcher.PropertyMatcher;
import java.util.Map;

/** Tests one property. A property that is not known cannot be decided on, whatever the test. */
final class PropertyFilter extends CompiledFilter {

    private static final Object ABSENT = new Object();

    private final String key;
    private final PropertyMatcher matcher;
    private final boolean negated;

    PropertyFilter(String key, PropertyMatcher matcher, boolean negated) {
        this.key = key.intern(); // an application names its properties by literals: then a lookup compares references
        this.matcher = matcher;
        this.negated = negated;
    }

    @Override
    FilterVerdict test(
            EvaluationScratch scratch,
            FlagContext context,
            Map<String, Object> properties,
            Subject subject,
            EvaluationTrace trace) {
        Object value = properties.getOrDefault(key, ABSENT);
        if (value == ABSENT) {
            value = implied(subject, context);
        }
        FilterVerdict verdict = value == ABSENT
                ? FilterVerdict.UNCERTAIN
                : FilterVerdict.of(matcher.test(value, scratch.clock())).negatedIf(negated);
        if (trace != null) {
            boolean known = value != ABSENT;
            trace.property(key, matcher.describe(), known, known ? value : null, negated, verdict);
        }
        return verdict;
    }

    /** Everybody has an id, a property though nobody gave it. */
    private Object implied(Subject subject, FlagContext context) {
        if (subject.view() == Subject.PERSON_VIEW) {
            return key.equals("distinct_id") ? context.distinctId() : ABSENT;
        }
        return key.equals("$group_key") ? subject.idIn(context) : ABSENT;
    }
}
