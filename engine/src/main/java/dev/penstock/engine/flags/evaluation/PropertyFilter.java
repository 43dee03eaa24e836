package dev.penstock.engine.flags.evaluation;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.engine.flags.matcher.PropertyMatcher;
import java.util.Map;

/**
 * Tests one property. A property that is not known cannot be decided on, whatever the test.
 *
 * <p>The same filter stands in many flags as a rule, and is then one object that is tested once in an
 * evaluation of many flags. One flag alone gains nothing by remembering.
 *
 * <p><b>Threads:</b> immutable once compiled; any.
 */
final class PropertyFilter extends CompiledFilter {

    private static final Object ABSENT = new Object();
    private static final int ALONE = -1;

    private final String key;
    private final PropertyMatcher matcher;
    private final boolean negated;

    /** Where the verdict about persons is remembered, those about groups following; or {@link #ALONE}. */
    private int firstCell = ALONE;

    PropertyFilter(String key, PropertyMatcher matcher, boolean negated) {
        this.key = key.intern(); // an application names its properties by literals: then a lookup compares references
        this.matcher = matcher;
        this.negated = negated;
    }

    boolean isShared() {
        return firstCell != ALONE;
    }

    /** More than one stand for this filter from now on. Only while compiling. */
    void share(int cell) {
        firstCell = cell;
    }

    @Override
    FilterVerdict test(
            EvaluationScratch scratch,
            FlagContext context,
            Map<String, Object> properties,
            Subject subject,
            EvaluationTrace trace) {
        if (firstCell == ALONE || !scratch.isForMany() || trace != null) {
            return find(scratch, context, properties, subject, trace);
        }
        int cell = firstCell + subject.view();
        int remembered = scratch.verdict(cell);
        if (remembered != EvaluationScratch.UNKNOWN) {
            return FilterVerdict.of(remembered);
        }
        FilterVerdict verdict = find(scratch, context, properties, subject, null);
        scratch.rememberVerdict(cell, verdict.ordinal());
        return verdict;
    }

    private FilterVerdict find(
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
