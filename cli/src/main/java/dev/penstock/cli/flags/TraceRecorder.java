package dev.penstock.cli.flags;

import dev.penstock.client.flags.FlagValue;
import dev.penstock.engine.flags.evaluation.EvaluationTrace;
import dev.penstock.engine.flags.evaluation.FilterVerdict;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Turns the evaluator's trace into steps within steps. Used for one evaluation, by one thread. */
final class TraceRecorder implements EvaluationTrace {
    private final Deque<Frame> open = new ArrayDeque<>();
    private final Frame outside = new Frame();

    TraceRecorder() {
        open.push(outside);
    }

    /** The flag asked for; null if its evaluation did not come to an end. */
    FlagStep flag() {
        return outside.flags.isEmpty() ? null : outside.flags.get(0);
    }

    /** What is looked at and has not been left. */
    private static final class Frame {
        private final List<FilterStep> filters = new ArrayList<>();
        private final List<FlagStep> flags = new ArrayList<>();
        private final List<ConditionStep> conditions = new ArrayList<>();
        private String subject;
        private String id;
        private FlagStep.Holdout holdout;

        /** The condition left last, to which its rollout and variant are still added. */
        private ConditionStep last() {
            return conditions.get(conditions.size() - 1);
        }

        private void replaceLast(ConditionStep.Rollout rollout, ConditionStep.Variant variant) {
            ConditionStep last = last();
            conditions.set(
                    conditions.size() - 1,
                    new ConditionStep(
                            last.number(),
                            last.subject(),
                            last.verdict(),
                            last.reason(),
                            last.filters(),
                            rollout,
                            variant));
        }
    }

    private Frame current() {
        return open.element();
    }

    @Override
    public void flagEntered(String key) {
        open.push(new Frame());
    }

    @Override
    public void flagLeft(String key, FlagValue value, String reason) {
        Frame flag = open.pop();
        current()
                .flags
                .add(new FlagStep(
                        key, value, reason, flag.subject, flag.id, flag.holdout, List.copyOf(flag.conditions)));
    }

    @Override
    public void subject(String subject, String id) {
        current().subject = subject;
        current().id = id;
    }

    @Override
    public void holdout(long hash, long bound, boolean heldOut) {
        current().holdout = new FlagStep.Holdout(hash, heldOut);
    }

    @Override
    public void conditionEntered(int index, String subject) {
        open.push(new Frame());
        current().subject = subject;
    }

    @Override
    public void conditionLeft(int index, FilterVerdict verdict, String reason) {
        Frame condition = open.pop();
        current()
                .conditions
                .add(new ConditionStep(
                        index + 1, condition.subject, verdict, reason, List.copyOf(condition.filters), null, null));
    }

    @Override
    public void property(
            String property, String test, boolean known, Object value, boolean negated, FilterVerdict verdict) {
        current().filters.add(new FilterStep.OfProperty(property, test, known, value, negated, verdict));
    }

    @Override
    public void settled(String filter, String reason, FilterVerdict verdict) {
        current().filters.add(new FilterStep.Settled(filter, reason, verdict));
    }

    @Override
    public void cohortEntered(String id) {
        open.push(new Frame());
    }

    @Override
    public void cohortLeft(
            String id, boolean remembered, FilterVerdict member, boolean negated, FilterVerdict verdict) {
        Frame cohort = open.pop();
        current()
                .filters
                .add(new FilterStep.OfCohort(id, remembered, member, negated, verdict, List.copyOf(cohort.filters)));
    }

    @Override
    public void dependency(String key, Object expected, FlagValue actual, FilterVerdict verdict) {
        Frame frame = current();
        frame.filters.add(new FilterStep.OfFlag(key, expected, actual, verdict, List.copyOf(frame.flags)));
        frame.flags.clear();
    }

    @Override
    public void rollout(long hash, double percentage, boolean in) {
        current().replaceLast(new ConditionStep.Rollout(hash, percentage, in), null);
    }

    @Override
    public void variant(long hash, long from, long to, String variant) {
        current().replaceLast(current().last().rollout(), new ConditionStep.Variant(variant, false, hash));
    }

    @Override
    public void override(String variant) {
        current().replaceLast(current().last().rollout(), new ConditionStep.Variant(variant, true, -1));
    }
}
