package dev.penstock.benchmarks.flags;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One thread that asks: either with contexts it made before, or with one it makes for the question. */
@State(Scope.Thread)
public class Caller {
    private static final int KEPT = 128;
    private static final int HOT = 8;

    private Library library;
    private List<Object> kept;
    private long random;
    private int next;

    /** Makes the contexts to keep, of people drawn by this thread. */
    @Setup(Level.Trial)
    public void prepare(Library shared) {
        library = shared;
        random = Thread.currentThread().getId() * 0x9E37_79B9_7F4A_7C15L | 1;
        kept = new ArrayList<>();
        for (int i = 0; i < KEPT; i++) {
            kept.add(freshContext());
        }
    }

    /** The next of 128 contexts that are used over and over. */
    Object keptContext() {
        next = next + 1 & KEPT - 1;
        return kept.get(next);
    }

    /** The next of 8 contexts that are used over and over, so that the caches hold all of them. */
    Object hotContext() {
        next = next + 1 & HOT - 1;
        return kept.get(next);
    }

    /** A context of a random person, from a map made for it. */
    Object freshContext() {
        long x = random;
        x ^= x << 13;
        x ^= x >>> 7;
        x ^= x << 17;
        random = x;
        int person = (int) Long.remainderUnsigned(x, People.COUNT);
        People people = library.people();
        return library.context(people.id(person), people.properties(person));
    }
}
