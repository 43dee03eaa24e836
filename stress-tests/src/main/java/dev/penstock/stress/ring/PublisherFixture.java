package dev.penstock.stress.ring;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.OverflowPolicy;
import dev.penstock.engine.capture.CaptureContext;
import dev.penstock.engine.capture.CaptureGate;
import dev.penstock.engine.capture.EventPublisher;
import dev.penstock.engine.capture.EventScratch;
import dev.penstock.engine.record.KeyRegistry;
import dev.penstock.engine.ring.CaptureRing;
import dev.penstock.engine.stats.ResultCounters;
import dev.penstock.engine.time.CoarseClock;
import java.time.InstantSource;

/** The capturing side of an engine around one small ring, without a pipeline. */
final class PublisherFixture {

    private final CaptureRing ring = new CaptureRing(64, 0);
    private final CaptureGate gate = new CaptureGate(false, false);
    private final ResultCounters counters = new ResultCounters(1);
    private final EventScratch scratch;

    PublisherFixture() {
        EventPublisher publisher = new EventPublisher(
                new CaptureRing[] {ring}, counters, OverflowPolicy.DROP_NEWEST, 0, () -> false, gate);
        scratch = new EventScratch(
                new CaptureContext(
                        new KeyRegistry(),
                        1_024,
                        new CoarseClock(InstantSource.system()),
                        null,
                        null,
                        publisher,
                        counters,
                        null,
                        () -> {},
                        CaptureContext.Shaping.none()),
                0);
    }

    /** As the account counts it. */
    long accepted() {
        return counters.count(CaptureResult.ACCEPTED);
    }

    CaptureResult capture() {
        return scratch.begin("e").distinctId("d").send();
    }

    /** What the pipeline does when it is closed: goes on until the last claimed slot is read. */
    int closeAndDrain() {
        gate.close();
        int drained = drain();
        while (ring.consumedPosition() != ring.claimedPosition()) {
            drained += drain();
        }
        return drained;
    }

    int drain() {
        return ring.poll((bytes, offset, length, references, at) -> true, 64);
    }
}
