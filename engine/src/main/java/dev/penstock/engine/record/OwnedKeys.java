package dev.penstock.engine.record;

import java.util.Set;

/** Property names that the client writes itself, so that one of the two has to give way. */
final class OwnedKeys {

    private static final Set<String> NAMES = Set.of(
            "$lib", "$lib_version", "$is_server", "$geoip_disable", "$os", "$os_version", "$java_version", "$groups");

    private OwnedKeys() {}

    /** The record flags that a property of this name sets. A name without a dollar sign is told by its first character. */
    static int flagsOf(String name) {
        if (name.isEmpty() || name.charAt(0) != '$') {
            return 0;
        }
        if (NAMES.contains(name)) {
            return RecordLayout.FLAG_OWNED_KEYS;
        }
        return name.equals("$process_person_profile") ? RecordLayout.FLAG_PERSON_PROFILE : 0;
    }
}
