package dev.penstock.benchmarks.flags;

import dev.penstock.benchmarks.flags.rival.LaunchDarklyLibrary;
import dev.penstock.benchmarks.flags.rival.PostHogLibrary;
import java.io.IOException;

/** Who answers. */
public enum LibraryName {
    /** This library. */
    PENSTOCK {
        @Override
        FlagLibrary<?> open(SampleFlags flags, boolean usageEvents) throws IOException {
            return new PenstockLibrary(flags, usageEvents, false);
        }
    },

    /** This library, evaluating all flags into a result that each thread uses again. */
    PENSTOCK_REUSED {
        @Override
        FlagLibrary<?> open(SampleFlags flags, boolean usageEvents) throws IOException {
            return new PenstockLibrary(flags, usageEvents, true);
        }
    },

    /** {@code com.posthog:posthog-server}. */
    POSTHOG {
        @Override
        FlagLibrary<?> open(SampleFlags flags, boolean usageEvents) throws IOException, InterruptedException {
            return new PostHogLibrary(flags, usageEvents);
        }
    },

    /** {@code com.launchdarkly:launchdarkly-java-server-sdk}, which reports no uses here. */
    LAUNCHDARKLY {
        @Override
        FlagLibrary<?> open(SampleFlags flags, boolean usageEvents) throws IOException {
            if (usageEvents) {
                throw new IllegalArgumentException("LaunchDarkly is asked without events");
            }
            return new LaunchDarklyLibrary(flags);
        }
    };

    abstract FlagLibrary<?> open(SampleFlags flags, boolean usageEvents) throws IOException, InterruptedException;

    boolean hashesAsPostHog() {
        return this != LAUNCHDARKLY;
    }
}
