package dev.penstock.engine.flags.evaluation;

import dev.penstock.client.flags.FlagValue;

/**
 * Told step by step how a flag is evaluated, for explanations to people. What depends on other flags or on cohorts is told
 * between an "entered" and a "left".
 *
 * <p><b>Threads:</b> the evaluating one.
 */
public interface EvaluationTrace {

    /**
     * A flag is looked at: the one asked for, or one it depends on.
     *
     * @param key the flag's key
     */
    void flagEntered(String key);

    /**
     * A flag is decided, or not.
     *
     * @param key the flag's key
     * @param value the value; missing if the flag is inconclusive
     * @param reason why, as a phrase
     */
    void flagLeft(String key, FlagValue value, String reason);

    /**
     * Who the flag is about.
     *
     * @param subject {@code person}, {@code device}, or {@code group} and the group type's name
     * @param id the id that decides the bucket; null if it is not known
     */
    void subject(String subject, String id);

    /**
     * Whether the subject is held out.
     *
     * @param hash the subject's place among 2^60
     * @param bound the last place that is held out; -1 for none
     * @param heldOut whether it is
     */
    void holdout(long hash, long bound, boolean heldOut);

    /**
     * A condition is looked at.
     *
     * @param index its index
     * @param subject who it is about, as in {@link #subject}
     */
    void conditionEntered(int index, String subject);

    /**
     * A condition's filters are decided, or not; the rollout follows if they match.
     *
     * @param index its index
     * @param verdict what the filters say together
     * @param reason why, as a phrase
     */
    void conditionLeft(int index, FilterVerdict verdict, String reason);

    /**
     * A property was tested.
     *
     * @param property the property's name
     * @param test what it is tested for
     * @param known whether the context has the property
     * @param value the context's value; null if it has none
     * @param negated whether the verdict is the contrary of the test's
     * @param verdict the verdict
     */
    void property(String property, String test, boolean known, Object value, boolean negated, FilterVerdict verdict);

    /**
     * A filter needed no look at the context.
     *
     * @param filter what it is
     * @param reason why it says what it says
     * @param verdict the verdict
     */
    void settled(String filter, String reason, FilterVerdict verdict);

    /**
     * A cohort is looked at.
     *
     * @param id the cohort's id
     */
    void cohortEntered(String id);

    /**
     * Membership in a cohort is decided, or not.
     *
     * @param id the cohort's id
     * @param remembered whether the verdict was found earlier in the same evaluation
     * @param member whether the subject is a member
     * @param negated whether the filter asks for those who are not
     * @param verdict what the filter says
     */
    void cohortLeft(String id, boolean remembered, FilterVerdict member, boolean negated, FilterVerdict verdict);

    /**
     * Another flag's value was compared.
     *
     * @param key the other flag's key
     * @param expected the value it must have: true, false or a variant's key
     * @param actual the value it has; missing if it is inconclusive
     * @param verdict the verdict
     */
    void dependency(String key, Object expected, FlagValue actual, FilterVerdict verdict);

    /**
     * The rollout of a condition that matches.
     *
     * @param hash the subject's place among 2^60; -1 if it did not matter
     * @param percentage the share that is let in; 100 if there is no limit
     * @param in whether the subject is let in
     */
    void rollout(long hash, double percentage, boolean in);

    /**
     * The bucket decided on the variant.
     *
     * @param hash the subject's place among 2^60
     * @param from the first place of the chosen variant
     * @param to the place after its last
     * @param variant the chosen variant; null if no variant covers the place
     */
    void variant(long hash, long from, long to, String variant);

    /**
     * The condition decided on the variant.
     *
     * @param variant the variant
     */
    void override(String variant);
}
