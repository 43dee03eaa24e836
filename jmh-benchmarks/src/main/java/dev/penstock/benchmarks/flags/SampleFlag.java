package dev.penstock.benchmarks.flags;

import java.util.List;

/**
 * A flag of one condition, in words of no vendor: whoever is on one of the plans and in the country, and then either
 * half of them or all of them in three parts.
 *
 * @param key the flag's key, 13 characters
 * @param plans the plans it is for
 * @param country the country it is for
 * @param variants the parts, with their shares in percent; empty for a flag that is on for half
 */
public record SampleFlag(String key, List<String> plans, String country, List<Variant> variants) {
    /** The share a flag without variants is on for, in percent. */
    public static final int ROLLOUT = 50;

    /**
     * A part of those a flag is for.
     *
     * @param key its name
     * @param percent its share
     */
    public record Variant(String key, int percent) {}

    boolean hasVariants() {
        return !variants.isEmpty();
    }
}
