package dev.penstock.benchmarks.flags;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Whom questions are about: 100,000 people with ids of 26 characters, each on one of the plans and in the country that
 * the {@link SampleFlags} ask for.
 * <p>
 * <b>Threads:</b> immutable.
 */
public final class People {
    /** How many there are. */
    public static final int COUNT = 100_000;

    private final String[] ids = new String[COUNT];

    /** Makes the people; always the same. */
    public People() {
        for (int i = 0; i < COUNT; i++) {
            long high = mix(i);
            ids[i] = String.format(Locale.ROOT, "player-%016x%03x", high, mix(high) & 0xFFF);
        }
    }

    /**
     * A person's id.
     *
     * @param person from 0
     * @return always the same string
     */
    public String id(int person) {
        return ids[person];
    }

    /**
     * A person's properties in a new map, as after parsing a request.
     *
     * @param person from 0
     * @return plan and country
     */
    public Map<String, Object> properties(int person) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("plan", SampleFlags.PLANS.get(person % SampleFlags.PLANS.size()));
        properties.put("country", SampleFlags.COUNTRY);
        return properties;
    }

    private static long mix(long value) {
        long z = value + 0x9E37_79B9_7F4A_7C15L;
        z = (z ^ z >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ z >>> 27) * 0x94D0_49BB_1331_11EBL;
        return z ^ z >>> 31;
    }
}
