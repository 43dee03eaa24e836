package dev.penstock.engine.flags.evaluation;

import dev.penstock.client.flags.FlagValue;
import java.util.ArrayList;
import java.util.List;

/** Writes down each step in one line. */
class RecordingTrace implements EvaluationTrace {

    private final List<String> lines = new ArrayList<>();

    List<String> lines() {
        return lines;
    }

    @Override
    public void flagEntered(String key) {
        lines.add("flag " + key);
    }

    @Override
    public void flagLeft(String key, FlagValue value, String reason) {
        lines.add("flag " + key + " is " + value + ": " + reason);
    }

    @Override
    public void subject(String subject, String id) {
        lines.add(subject + " " + id);
    }

    @Override
    public void holdout(long hash, long bound, boolean heldOut) {
        lines.add("holdout " + Long.toHexString(hash) + " " + heldOut);
    }

    @Override
    public void conditionEntered(int index, String subject) {
        lines.add("condition " + index + " " + subject);
    }

    @Override
    public void conditionLeft(int index, FilterVerdict verdict, String reason) {
        lines.add("condition " + index + " " + verdict + ": " + reason);
    }

    @Override
    public void property(
            String property, String test, boolean known, Object value, boolean negated, FilterVerdict verdict) {
        lines.add(property + " " + known + " " + value + " " + negated + " " + verdict);
    }

    @Override
    public void settled(String filter, String reason, FilterVerdict verdict) {
        lines.add(filter + " " + verdict + ": " + reason);
    }

    @Override
    public void cohortEntered(String id) {
        lines.add("cohort " + id);
    }

    @Override
    public void cohortLeft(
            String id, boolean remembered, FilterVerdict member, boolean negated, FilterVerdict verdict) {
        lines.add("cohort " + id + " " + remembered + " " + member + " " + negated + " " + verdict);
    }

    @Override
    public void dependency(String key, Object expected, FlagValue actual, FilterVerdict verdict) {
        lines.add("dependency " + key + " " + expected + " " + actual + " " + verdict);
    }

    @Override
    public void rollout(long hash, double percentage, boolean in) {
        lines.add("rollout " + Long.toHexString(hash) + " " + percentage + " " + in);
    }

    @Override
    public void variant(long hash, long from, long to, String variant) {
        lines.add("variant " + Long.toHexString(hash) + " " + Rollout.share(from) + ".." + Rollout.share(to) + " "
                + variant);
    }

    @Override
    public void override(String variant) {
        lines.add("override " + variant);
    }
}
