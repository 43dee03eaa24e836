package dev.penstock.engine.record;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Property names that the client writes itself or that some protocols keep elsewhere, so that one has to give way. */
final class OwnedKeys {

    private static final Map<String, Integer> FLAGS = new HashMap<>();

    static {
        for (String name : List.of(
                "$lib", "$lib_version", "$is_server", "$geoip_disable", "$os", "$os_version", "$java_version")) {
            FLAGS.put(name, RecordLayout.FLAG_OWNED_KEYS);
        }
        for (String name : List.of(
                "distinct_id",
                "$session_id",
                "$window_id",
                "$cookieless_mode",
                "$ignore_sent_at",
                "$product_tour_id")) {
            FLAGS.put(name, RecordLayout.FLAG_LIFTED_KEYS);
        }
        for (String name : List.of("$set", "$set_once", "$unset")) {
            FLAGS.put(name, RecordLayout.FLAG_PERSON_CHANGE);
        }
        FLAGS.put("$sample_rate", RecordLayout.FLAG_SAMPLE_RATE);
        FLAGS.put("$process_person_profile", RecordLayout.FLAG_PERSON_PROFILE | RecordLayout.FLAG_LIFTED_KEYS);
    }

    private OwnedKeys() {}

    /** The record flags that an entry of another space than the properties sets. */
    static int flagsOf(int space) {
        return space <= RecordLayout.SPACE_UNSET
                ? RecordLayout.FLAG_SPACES | RecordLayout.FLAG_PERSON_CHANGE
                : RecordLayout.FLAG_SPACES;
    }

    /** The record flags that a property of this name sets. Most names are told by their first character. */
    static int flagsOf(String name) {
        if (name.isEmpty() || (name.charAt(0) != '$' && name.charAt(0) != 'd')) {
            return 0;
        }
        return FLAGS.getOrDefault(name, 0);
    }
}
