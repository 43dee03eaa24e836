package dev.penstock.stress.spool;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

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

    /** What is withdrawn is not written, and what is written was not withdrawn; the third thread is the spool's. */
    @JCStressTest
    @State
    @Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "withdrawn in time")
    @Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "the spool came first")
    public static class WithdrawAgainstWrite {

        private volatile SharedSpool.Append append;

        /** Appends. */
        @Actor
        public void appender() {
            append = SharedSpool.begin((byte) 5);
        }

        /**
         * Withdraws.
         *
         * @param r whether that came in time
         */
        @Actor
        public void withdrawer(ZZ_Result r) {
            while (append == null) {
                Thread.onSpinWait();
            }
            r.r1 = append.withdraw();
        }

        /**
         * Looks what became of it.
         *
         * @param r whether it was stored
         */
        @Arbiter
        public void arbiter(ZZ_Result r) {
            r.r2 = append.isStored();
            if (r.r2) {
                SharedSpool.take(); // else it would be full one day
            }
        }
    }
}
