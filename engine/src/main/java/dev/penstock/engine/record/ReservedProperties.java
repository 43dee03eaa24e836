package dev.penstock.engine.record;

import java.util.Set;

/**
 * The properties of an exception that its typed details, or the server, say and nobody else may.
 *
 * <p><b>Source:</b> PostHog's contract for the metadata of exceptions.
 */
public final class ReservedProperties {

    private static final Set<String> NAMES = Set.of(
            "$exception_list",
            "$exception_level",
            "$exception_source",
            "$exception_fingerprint",
            "$debug_images",
            "$exception_handled",
            "$exception_types",
            "$exception_values",
            "$exception_sources",
            "$exception_functions",
            "$exception_issue_id",
            "$exception_fingerprint_version",
            "$exception_fingerprint_record",
            "$exception_release",
            "$cymbal_errors");

    private ReservedProperties() {}

    /**
     * Whether a property is not an application's to set on an exception.
     *
     * @param name the property's name
     * @return true if it is ignored there
     */
    public static boolean contains(String name) {
        return NAMES.contains(name);
    }
}
