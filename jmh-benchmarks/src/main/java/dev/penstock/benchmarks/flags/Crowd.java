package dev.penstock.benchmarks.flags;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One thread that asks about anybody of 100,000 people at random, with contexts made before: nobody has looked at an id
 * or a property lately, so each has to come from far away.
 */
@State(Scope.Thread)
public class Crowd {
    private final Object[] contexts = new Object[People.COUNT];
    private long random;

    /** Makes a context for everybody. */
    @Setup(Level.Trial)
    public void prepare(Library library) {
        random = Thread.currentThread().getId() * 0x9E37_79B9_7F4A_7C15L | 1;
        People people = library.people();
        for (int i = 0; i < People.COUNT; i++) {
            contexts[i] = library.context(people.id(i), people.properties(i));
        }
    }

    /** The context of a random person. */
    Object coldContext() {
        long x = random;
        x ^= x << 13;
        x ^= x >>> 7;
        x ^= x << 17;
        random = x;
        return contexts[(int) Long.remainderUnsigned(x, People.COUNT)];
    }
}
