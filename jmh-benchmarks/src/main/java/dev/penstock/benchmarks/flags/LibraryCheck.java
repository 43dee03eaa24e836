package dev.penstock.benchmarks.flags;

import dev.penstock.benchmarks.flags.SampleFlag.Variant;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes sure that a library answers before its time is taken: the shares are those of the definitions, within one
 * percent of everybody; and where the library hashes as PostHog does, every single answer is right, for every person.
 * <p>
 * <b>Threads:</b> one.
 */
final class LibraryCheck {
    private static final int ASKED_FOR_ALL = 500;
    private static final double TOLERANCE = 0.01;

    private LibraryCheck() {}

    static <C> void check(FlagLibrary<C> library, SampleFlags flags, People people, boolean hashesAsPostHog) {
        FlagAnswers answers = hashesAsPostHog ? new FlagAnswers() : null;
        SampleFlag onOff = flags.onOff();
        SampleFlag split = flags.split();
        int on = 0;
        Map<String, Integer> variants = new HashMap<>();
        for (int i = 0; i < People.COUNT; i++) {
            C context = library.context(people.id(i), people.properties(i));
            boolean isOn = library.isOn(onOff.key(), context);
            String variant = library.variant(split.key(), context);
            on += isOn ? 1 : 0;
            variants.merge(variant, 1, Integer::sum);
            if (answers != null) {
                require(isOn == answers.isOn(onOff, people.id(i)), onOff, people.id(i));
                require(variant.equals(answers.variant(split, people.id(i))), split, people.id(i));
            }
        }
        requireShare("on", on, SampleFlag.ROLLOUT);
        for (Variant variant : split.variants()) {
            requireShare(variant.key(), variants.getOrDefault(variant.key(), 0), variant.percent());
        }
        checkAll(library, flags, people, answers);
    }

    private static <C> void checkAll(FlagLibrary<C> library, SampleFlags flags, People people, FlagAnswers answers) {
        String[] keys = keys(flags);
        for (int i = 0; i < ASKED_FOR_ALL; i++) {
            C context = library.context(people.id(i), people.properties(i));
            int all = library.all(keys, context);
            int oneByOne = 0;
            for (SampleFlag flag : flags.all()) {
                oneByOne += flag.hasVariants()
                        ? library.variant(flag.key(), context).length()
                        : library.isOn(flag.key(), context) ? 1 : 0;
            }
            if (all != oneByOne || (answers != null && all != answers.all(flags, people.id(i)))) {
                throw new IllegalStateException("all flags at once are not each flag alone for " + people.id(i));
            }
        }
    }

    static String[] keys(SampleFlags flags) {
        return flags.all().stream().map(SampleFlag::key).toArray(String[]::new);
    }

    private static void require(boolean right, SampleFlag flag, String distinctId) {
        if (!right) {
            throw new IllegalStateException("the answer for " + flag.key() + " and " + distinctId + " is wrong");
        }
    }

    private static void requireShare(String name, int people, int percent) {
        double share = (double) people / People.COUNT;
        if (Math.abs(share - percent / 100.0) > TOLERANCE) {
            throw new IllegalStateException(name + " is for " + share + " of the people instead of " + percent + " %");
        }
    }
}
