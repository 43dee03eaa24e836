package dev.penstock.cli.flags;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Finds what left a flag undecided, and what would help. Used once. */
final class Causes {
    private final Set<Cause> found = new LinkedHashSet<>();

    private Causes() {}

    /**
     * One thing that is not known.
     *
     * @param text what, as a phrase
     * @param option what to pass; null if nothing passed would help
     */
    record Cause(String text, String option) {}

    /** All causes in the order they were met, none twice; never empty. */
    static List<Cause> of(FlagStep flag) {
        Causes causes = new Causes();
        causes.collect(flag, "");
        if (causes.found.isEmpty()) {
            causes.found.add(new Cause(flag.reason(), null));
        }
        return List.copyOf(causes.found);
    }

    /** What to pass, none twice. */
    static List<String> options(List<Cause> causes) {
        return causes.stream()
                .map(Cause::option)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    private void collect(FlagStep flag, String where) {
        if (flag.subject() == null) {
            found.add(new Cause(where + flag.reason(), null));
            return;
        }
        if (flag.id() == null) {
            found.add(unknownSubject(flag.subject(), where));
            return;
        }
        for (ConditionStep condition : flag.conditions()) {
            if (condition.isOpen()) {
                String place = where + "condition " + condition.number() + " ";
                condition.filters().forEach(filter -> collect(filter, condition.subject(), place));
            }
        }
    }

    private void collect(FilterStep filter, String subject, String where) {
        if (!filter.isOpen()) {
            return;
        }
        if (filter instanceof FilterStep.OfProperty property) {
            found.add(property(property, subject, where));
        } else if (filter instanceof FilterStep.Settled settled) {
            found.add(new Cause(where + "needs " + settled.filter() + ": " + settled.reason(), null));
        } else if (filter instanceof FilterStep.OfCohort cohort) {
            String place = where + "needs cohort " + cohort.id() + ", which ";
            cohort.inside().forEach(inner -> collect(inner, subject, place));
        } else if (filter instanceof FilterStep.OfFlag other) {
            other.flags().stream()
                    .filter(flag -> flag.value().isMissing())
                    .forEach(flag -> collect(flag, where + "needs flag " + flag.key() + ": "));
        }
    }

    private static Cause property(FilterStep.OfProperty property, String subject, String where) {
        String type = Wording.groupType(subject);
        String name = (type == null ? "the person's " : "the " + type + "'s ") + property.name();
        if (Wording.isLeftToServer(property.test())) {
            return new Cause(where + "tests " + name + ", which " + property.test(), null);
        }
        return property.known()
                ? new Cause(
                        where + "tests whether " + name + " " + property.test() + ", which cannot be told of "
                                + Wording.value(property.value()),
                        null)
                : new Cause(
                        where + "tests " + name + ", which was not given", Wording.option(subject, property.name()));
    }

    private static Cause unknownSubject(String subject, String where) {
        if (subject.equals("device")) {
            return new Cause(where + "it is rolled out by device, and no device id was given", "--device-id ID");
        }
        String type = Wording.groupType(subject);
        return type == null
                ? new Cause(where + "it is about groups of a type that has no name in the definitions", null)
                : new Cause(
                        where + "it is about groups of type " + type + ", and no " + type + " was given",
                        "--group " + Wording.shell(type + "=KEY"));
    }

    /** As a list for people. */
    static List<String> texts(List<Cause> causes) {
        List<String> texts = new ArrayList<>();
        causes.forEach(cause -> texts.add(cause.text()));
        return texts;
    }
}
