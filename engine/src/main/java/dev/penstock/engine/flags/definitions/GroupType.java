package dev.penstock.engine.flags.definitions;

/**
 * Which groups a flag or a condition is about.
 *
 * @param index the group type's index as digits; null for persons
 */
public record GroupType(String index) {

    /** Persons, not groups. */
    public static final GroupType NONE = new GroupType(null);
}
