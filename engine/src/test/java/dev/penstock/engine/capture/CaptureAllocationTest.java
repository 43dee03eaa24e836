package dev.penstock.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.penstock.client.EventTranslator;
import dev.penstock.client.PropertyKey;
import java.lang.management.ManagementFactory;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Steady-state capture and encoding leave nothing to the garbage collector. */
class CaptureAllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int BURST = 1_000;
    private static final int WARM_UP_BURSTS = 100;
    private static final int BURSTS = 200;

    /** Less than a byte an event: what the compiler itself may cost the thread. */
    private static final double NOISE = 1.0;

    private final CaptureRig rig = CaptureRig.create();
    private final PropertyKey price = rig.keys().register("price");
    private final PropertyKey placement = rig.keys().register("placement");
    private final PropertyKey count = rig.keys().register("count");
    private final UUID session = new UUID(1, 2);

    private long encoded;

    /** Bytes an event, as the calling thread allocates them. */
    private double perEvent(Runnable capture) {
        long allocated = 0;
        for (int burst = 0; burst < WARM_UP_BURSTS + BURSTS; burst++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < BURST; i++) {
                capture.run();
            }
            long after = THREADS.getCurrentThreadAllocatedBytes();
            allocated += burst < WARM_UP_BURSTS ? 0 : after - before;
            encoded += rig.encodeAll();
        }
        assertThat(encoded).isEqualTo((long) BURST * (WARM_UP_BURSTS + BURSTS));
        return (double) allocated / BURST / BURSTS;
    }

    private void build() {
        rig.pool()
                .acquire()
                .begin("ad_impression")
                .distinctId("device-0123456789")
                .put(price, 2.35)
                .put(placement, "top")
                .put(count, 42)
                .put("visible", true)
                .put("ratio", 0.5f)
                .put("session", session)
                .group("publisher", "p-3")
                .send();
    }

    private static void translate(dev.penstock.client.EventWriter writer, CaptureAllocationTest self) {
        writer.event("ad_impression")
                .distinctId("device-0123456789")
                .timestamp(1_772_359_204_871L)
                .put(self.price, 2.35)
                .put(self.placement, "top")
                .put(self.count, 42L)
                .put("page", "漢字");
    }

    /** As the engine's own capture of a translator does. */
    private <A> void translated(EventTranslator<? super A> translator, A argument) {
        EventScratch scratch = rig.pool().acquire();
        scratch.begin(null);
        translator.translate(scratch, argument);
        scratch.send();
    }

    @Test
    void shouldNotAllocateForABuilder() {
        assertThat(perEvent(this::build)).isLessThan(NOISE);
    }

    @Test
    void shouldNotAllocateForATranslator() {
        EventTranslator<CaptureAllocationTest> translator = CaptureAllocationTest::translate;

        assertThat(perEvent(() -> translated(translator, this))).isLessThan(NOISE);
    }

    @Test
    void shouldNotAllocateForAPersonlessEventBeyondItsId() {
        // The id is a UUID, its text and what making it takes.
        assertThat(perEvent(() -> rig.pool().acquire().begin("e").send())).isLessThan(400);
    }

    private double perEncodedEvent(Runnable capture) {
        long allocated = 0;
        for (int burst = 0; burst < WARM_UP_BURSTS + BURSTS; burst++) {
            for (int i = 0; i < BURST; i++) {
                capture.run();
            }
            long before = THREADS.getCurrentThreadAllocatedBytes();
            encoded += rig.encodeAll();
            long after = THREADS.getCurrentThreadAllocatedBytes();
            allocated += burst < WARM_UP_BURSTS ? 0 : after - before;
        }
        assertThat(encoded).isEqualTo((long) BURST * (WARM_UP_BURSTS + BURSTS));
        return (double) allocated / BURST / BURSTS;
    }

    @Test
    void shouldNotAllocateWhileEncoding() {
        EventTranslator<CaptureAllocationTest> translator = CaptureAllocationTest::translate;

        assertThat(perEncodedEvent(() -> translated(translator, this))).isLessThan(NOISE);
    }

    @Test
    void shouldNotAllocateWhileEncodingZero() {
        assertThat(perEncodedEvent(() -> rig.event().put(price, 0.0).send())).isLessThan(NOISE);
    }
}
