package dev.penstock.stress.spool;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/** What may be taken from a spool while others append to it. The spool is shared, so a record may be that of another test. */
public final class SpoolStress {

    private SpoolStress() {}

    /** What is taken is whole, and every command is answered. */
    @JCStressTest
    @State
    @Outcome(id = "true, 0", expect = Expect.ACCEPTABLE, desc = "the taker came first")
    @Outcome(id = "true, 1", expect = Expect.ACCEPTABLE, desc = "a whole record was taken")
    public static class AppendAgainstTake {

        /**
         * Appends.
         *
         * @param r whether it was stored
         */
        @Actor
        public void appender(ZI_Result r) {
            r.r1 = SharedSpool.append((byte) 3);
        }

        /**
         * Takes.
         *
         * @param r what was taken
         */
        @Actor
        public void taker(ZI_Result r) {
            r.r2 = SharedSpool.take();
        }
    }
}
