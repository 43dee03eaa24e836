package dev.penstock.stress.ring;

import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** What a reader of the account may see while events are captured and end. */
public final class AccountStress {

    private AccountStress() {}

    /** A reader that looks at outcomes first never sees more of them than of acceptances. */
    @JCStressTest
    @State
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "looked before the capture")
    @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "looked before the outcome")
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "looked after the outcome")
    public static class OutcomesNeverOvertakeAcceptances {
        private final PublisherFixture fixture = new PublisherFixture();
        private final AtomicLong ended = new AtomicLong();

        /** Captures, then ends what it finds in the ring, as a pipeline does. */
        @Actor
        public void mover() {
            fixture.capture();
            int read = fixture.drain();
            ended.setRelease(ended.getPlain() + read);
        }

        /**
         * Reads as the account is read.
         *
         * @param r outcomes and acceptances
         */
        @Actor
        public void reader(JJ_Result r) {
            r.r1 = ended.getAcquire();
            r.r2 = fixture.accepted();
        }
    }
}
