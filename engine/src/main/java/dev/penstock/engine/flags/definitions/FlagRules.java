package dev.penstock.engine.flags.definitions;

import java.util.List;
import java.util.Map;

/**
 * How the value of a flag is found.
 *
 * @param continuity whether the server keeps assignments, so that nobody else can decide
 * @param deviceBucketing whether a person's device, not the person, is rolled out to
 * @param groupType the group type that is rolled out to; {@link GroupType#NONE} for persons
 * @param earlyExit whether the first condition that matches but for its rollout ends the search
 * @param holdout who is held out; null for nobody
 * @param conditions the conditions in their order
 * @param variants the variants in their order
 * @param payloads JSON or any text by value: {@code true} or a variant's key
 */
public record FlagRules(
        boolean continuity,
        boolean deviceBucketing,
        GroupType groupType,
        boolean earlyExit,
        Holdout holdout,
        List<Condition> conditions,
        List<Variant> variants,
        Map<String, String> payloads) {

    /**
     * Who is held out of the flag.
     *
     * @param id the holdout's id
     * @param percentage how many, from 0 to 100
     */
    public record Holdout(String id, double percentage) {}

    /**
     * One condition.
     *
     * @param filters what must all match
     * @param percentage how many of those who match are let in; null for all
     * @param variant the variant those who are let in get; null if their bucket decides
     * @param groupType the group type it is about; null means the flag's
     */
    public record Condition(List<FilterDefinition> filters, Double percentage, String variant, GroupType groupType) {}

    /**
     * One variant.
     *
     * @param key its key
     * @param percentage how many get it
     */
    public record Variant(String key, double percentage) {}
}
