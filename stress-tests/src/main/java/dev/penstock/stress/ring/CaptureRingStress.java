package dev.penstock.stress.ring;

import dev.penstock.client.CaptureResult;
import dev.penstock.engine.ring.CaptureRing;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** What may be seen of {@link CaptureRing} by a reader, and of its closing by a producer. */
public final class CaptureRingStress {

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private CaptureRingStress() {}

    private static byte[] record(int length, int value) {
        byte[] record = new byte[length];
        INTS.set(record, 0, length);
        INTS.set(record, length - Integer.BYTES, value);
        return record;
    }

    /** Publishes a record of some slots, unless the ring is full. */
    private static void publish(CaptureRing ring, byte[] record) {
        int slots = CaptureRing.slotsFor(record.length);
        long last = ring.tryClaim(slots);
        if (last != CaptureRing.FULL) {
            ring.publish(last, slots, record, record.length);
        }
    }

    /** A reader that sees a record sees all of it, also when it takes several slots. */
    @JCStressTest
    @State
    @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "the reader came before the publication")
    @Outcome(id = "7", expect = Expect.ACCEPTABLE, desc = "the reader saw the whole record")
    public static class PublishHappensBeforeRead {
        private final CaptureRing ring = new CaptureRing(64, 0);
        private final byte[] record = record(1_300, 7);

        /** Publishes. */
        @Actor
        public void producer() {
            publish(ring, record);
        }

        /**
         * Reads.
         *
         * @param r what it saw at the record's end
         */
        @Actor
        public void reader(I_Result r) {
            ring.poll(
                    (bytes, offset, length, references, at) -> {
                        r.r1 = (int) INTS.get(bytes, offset + length - Integer.BYTES);
                        return true;
                    },
                    1);
        }
    }

    /** Two producers never share a slot, and none is lost. */
    @JCStressTest
    @State
    @Outcome(id = "2, 3", expect = Expect.ACCEPTABLE, desc = "both records are there, each once")
    public static class TwoProducersBothArrive {
        private final CaptureRing ring = new CaptureRing(64, 0);
        private final byte[] first = record(600, 1);
        private final byte[] second = record(40, 2);

        /** Publishes a record of two slots. */
        @Actor
        public void one() {
            publish(ring, first);
        }

        /** Publishes a record of one slot. */
        @Actor
        public void other() {
            publish(ring, second);
        }

        /**
         * Reads everything.
         *
         * @param r how many there were, and the sum of their values
         */
        @Arbiter
        public void all(II_Result r) {
            ring.poll(
                    (bytes, offset, length, references, at) -> {
                        r.r1++;
                        r.r2 += (int) INTS.get(bytes, offset + length - Integer.BYTES);
                        return true;
                    },
                    10);
        }
    }

    /** What is counted in the ring is never more than was published. */
    @JCStressTest
    @State
    @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "counted before the publication or after the read")
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "counted in between")
    public static class CountWhileMoving {
        private final CaptureRing ring = new CaptureRing(64, 0);
        private final byte[] record = record(600, 1);

        /** Publishes and reads. */
        @Actor
        public void mover() {
            publish(ring, record);
            ring.poll((bytes, offset, length, references, at) -> true, 1);
        }

        /**
         * Counts.
         *
         * @param r the count
         */
        @Actor
        public void counter(I_Result r) {
            r.r1 = (int) ring.countPublished();
        }
    }

    /** An event is accepted and read, or refused and absent; whatever the closing thread does. */
    @JCStressTest
    @State
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "accepted before the close, and drained by it")
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "closed first: refused, and nothing in the ring")
    public static class CloseAgainstCapture {
        private final PublisherFixture fixture = new PublisherFixture();
        private int drained;

        /**
         * Captures.
         *
         * @param r whether it was accepted
         */
        @Actor
        public void producer(II_Result r) {
            r.r1 = fixture.capture() == CaptureResult.ACCEPTED ? 1 : 0;
        }

        /** Closes, then drains until everything claimed is read. */
        @Actor
        public void closer() {
            drained = fixture.closeAndDrain();
        }

        /**
         * Looks again at the end, as nothing may come later.
         *
         * @param r how many were drained; events left behind count ten each
         */
        @Arbiter
        public void end(II_Result r) {
            r.r2 = drained + 10 * fixture.drain();
        }
    }
}
