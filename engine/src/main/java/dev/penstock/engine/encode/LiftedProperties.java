package dev.penstock.engine.encode;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The properties that do not stay among the properties where a protocol has options, and what becomes of their values. A
 * value of the wrong type is left out: one of them would cost the whole batch.
 *
 * <p><b>Source:</b> PostHog's analytics endpoint; see docs/guide/capture-modes.md.
 */
final class LiftedProperties {

    static final String PROFILE = "$process_person_profile";

    private static final Map<String, String> ROOTS = new LinkedHashMap<>();
    private static final Map<String, String> SWITCHES = new LinkedHashMap<>();
    private static final Map<String, String> TEXTS = Map.of("$product_tour_id", "product_tour_id");

    /** Said elsewhere in the request. */
    private static final Set<String> DROPPED = Set.of("distinct_id", "$lib", "$lib_version");

    private static final Set<String> TRUTH_WORDS = Set.of("true", "false", "1", "0");

    static {
        ROOTS.put("$session_id", "session_id");
        ROOTS.put("$window_id", "window_id");
        SWITCHES.put(PROFILE, "process_person_profile");
        SWITCHES.put("$cookieless_mode", "cookieless_mode");
        SWITCHES.put("$ignore_sent_at", "disable_skew_correction");
    }

    private LiftedProperties() {}

    /** Whether a property of this name is never among the properties. */
    static boolean isLifted(String name) {
        return ROOTS.containsKey(name)
                || SWITCHES.containsKey(name)
                || TEXTS.containsKey(name)
                || DROPPED.contains(name);
    }

    /** Writes the root members, each with a comma before it. */
    static void writeRoots(Map<String, byte[]> lifted, JsonOutput out) {
        ROOTS.forEach((property, root) -> write(root, toText(lifted.get(property)), out));
    }

    /** Writes the options, each with a comma before it. */
    static void writeOptions(Map<String, byte[]> lifted, JsonOutput out) {
        SWITCHES.forEach((property, option) -> write(option, toBoolean(lifted.get(property)), out));
        TEXTS.forEach((property, option) -> write(option, toText(lifted.get(property)), out));
    }

    private static void write(String name, byte[] value, JsonOutput out) {
        if (value != null) {
            byte[] member = JsonMember.of(name, value);
            out.ensure(member.length);
            out.put(member);
        }
    }

    /** Whether a value can be read as true or false. */
    static boolean isSwitch(byte[] json) {
        return toBoolean(json) != null;
    }

    private static byte[] toText(byte[] json) {
        return json != null && json[0] == '"' ? json : null;
    }

    /** True and false themselves, their words in any case, and numbers, of which zero alone is false; else null. */
    private static byte[] toBoolean(byte[] json) {
        if (json == null) {
            return null;
        }
        String text = new String(json, StandardCharsets.UTF_8);
        if (json[0] == '"') {
            text = text.substring(1, text.length() - 1).trim().toLowerCase(Locale.ROOT);
            if (!TRUTH_WORDS.contains(text)) {
                return null;
            }
        }
        boolean truth;
        if (text.equals("true") || text.equals("false")) {
            truth = text.equals("true");
        } else if (text.charAt(0) == '-' || (text.charAt(0) >= '0' && text.charAt(0) <= '9')) {
            truth = text.chars().takeWhile(c -> c != 'e' && c != 'E').anyMatch(c -> c >= '1' && c <= '9');
        } else {
            return null;
        }
        return Boolean.toString(truth).getBytes(StandardCharsets.US_ASCII);
    }
}
