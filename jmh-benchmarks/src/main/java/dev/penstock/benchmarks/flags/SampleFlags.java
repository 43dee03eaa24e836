package dev.penstock.benchmarks.flags;

import dev.penstock.benchmarks.flags.SampleFlag.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The flags that every library is asked about: by turns one that is on for half and one with three variants, each
 * behind a filter on the plan (one of three) and one on the country. Everybody in {@link People} passes the filters,
 * so every evaluation goes all the way.
 * <p>
 * <b>Threads:</b> immutable.
 */
public final class SampleFlags {
    /** How many flags the questions are asked among. */
    public static final int COUNT = 100;

    static final List<String> PLANS = List.of("pro", "team", "enterprise");
    static final String COUNTRY = "DE";

    private static final List<Variant> VARIANTS =
            List.of(new Variant("control", 34), new Variant("narrow", 33), new Variant("wide", 33));

    private final List<SampleFlag> flags = new ArrayList<>();

    /**
     * Makes flags; the same number makes the same flags.
     *
     * @param count how many
     */
    public SampleFlags(int count) {
        for (int i = 0; i < count; i++) {
            flags.add(new SampleFlag(
                    String.format(Locale.ROOT, "checkout-%04d", i), PLANS, COUNTRY, i % 2 == 0 ? List.of() : VARIANTS));
        }
    }

    /**
     * The flags in the order of their definitions.
     *
     * @return an unmodifiable list
     */
    public List<SampleFlag> all() {
        return List.copyOf(flags);
    }

    /**
     * A flag that is on for half of everybody.
     *
     * @return the one in the middle
     */
    public SampleFlag onOff() {
        return flags.get(flags.size() / 4 * 2);
    }

    /**
     * A flag with three variants.
     *
     * @return the one in the middle
     */
    public SampleFlag split() {
        return flags.get(flags.size() / 4 * 2 + 1);
    }
}
