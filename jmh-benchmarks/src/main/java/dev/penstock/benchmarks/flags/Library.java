package dev.penstock.benchmarks.flags;

import java.io.IOException;
import java.util.Map;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The library that is asked, opened and checked before its time is taken. */
@State(Scope.Benchmark)
public class Library {
    /** Which. */
    @Param({"PENSTOCK", "POSTHOG", "LAUNCHDARKLY"})
    public LibraryName library;

    private final People people = new People();
    private final SampleFlags flags = new SampleFlags(SampleFlags.COUNT);
    private final String onOff = flags.onOff().key();
    private final String split = flags.split().key();
    private final String[] keys = LibraryCheck.keys(flags);
    private FlagLibrary<Object> asked;

    /** Opens it and checks its answers. */
    @Setup(Level.Trial)
    @SuppressWarnings("unchecked") // contexts only come from the library they go to
    public void open() throws IOException, InterruptedException {
        asked = (FlagLibrary<Object>) library.open(flags, false);
        LibraryCheck.check(asked, flags, people, library.hashesAsPostHog());
    }

    /** Closes it, and makes sure that nothing was reported meanwhile. */
    @TearDown(Level.Trial)
    public void close() {
        long uses = asked.usesReported();
        asked.close();
        if (uses != 0) {
            throw new IllegalStateException(uses + " uses were reported");
        }
    }

    People people() {
        return people;
    }

    Object context(String distinctId, Map<String, Object> properties) {
        return asked.context(distinctId, properties);
    }

    boolean isOn(Object context) {
        return asked.isOn(onOff, context);
    }

    String variant(Object context) {
        return asked.variant(split, context);
    }

    int all(Object context) {
        return asked.all(keys, context);
    }
}
