package dev.penstock.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.penstock.client.PropertyKey;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Steady-state messages leave nothing to the garbage collector, neither where they are made nor where they are encoded. */
class MessageAllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int BURST = 1_000;
    private static final int WARM_UP_BURSTS = 100;
    private static final int BURSTS = 200;

    /** Less than a byte a message: what the compiler itself may cost the thread. */
    private static final double NOISE = 1.0;

    private final MessageRig rig = MessageRig.withContext(Map.of("library", Map.of("name", "ours")));
    private final PropertyKey price = rig.propertyKey("price");
    private final PropertyKey placement = rig.propertyKey("placement");

    private final Map<String, Runnable> cases = cases();

    private Map<String, Runnable> cases() {
        Map<String, Runnable> all = new LinkedHashMap<>();
        all.put(
                "track",
                () -> rig.track("Item Bought")
                        .userId("u-19")
                        .put(price, 2.35)
                        .put(placement, "top")
                        .put("count", 42)
                        .put("visible", true)
                        .put("page", "漢字")
                        .send());
        all.put(
                "identify",
                () -> rig.identify("u-19")
                        .put("plan", "gold")
                        .put(price, 2.35)
                        .put("friends", 42)
                        .send());
        all.put(
                "anonymous id alone",
                () -> rig.track("Item Bought")
                        .anonymousId("a-5")
                        .put(price, 2.35)
                        .send());
        all.put(
                "both ids",
                () -> rig.track("Item Bought")
                        .userId("u-19")
                        .anonymousId("a-5")
                        .put(price, 2.35)
                        .send());
        all.put(
                "context and integrations",
                () -> rig.track("Item Bought")
                        .userId("u-19")
                        .context("ip", "203.0.113.9")
                        .context("shard", "eu-2")
                        .integration("All", false)
                        .integration("Mixpanel", true)
                        .send());
        all.put(
                "page with category and times of its own",
                () -> rig.page("Pricing")
                        .userId("u-19")
                        .category("Docs")
                        .messageId(1, 2)
                        .timestamp(1_772_359_204_871L)
                        .send());
        all.put(
                "group",
                () -> rig.group("guild-12").userId("u-19").put("employees", 41).send());
        all.put("alias", () -> rig.alias().previousId("a-5").userId("u-19").send());
        return all;
    }

    static Stream<String> names() {
        return new MessageAllocationTest().cases.keySet().stream();
    }

    private double perMessage(Runnable message, boolean whileEncoding) {
        long allocated = 0;
        long encoded = 0;
        for (int burst = 0; burst < WARM_UP_BURSTS + BURSTS; burst++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < BURST; i++) {
                message.run();
            }
            long between = THREADS.getCurrentThreadAllocatedBytes();
            encoded += rig.encodeAll();
            long after = THREADS.getCurrentThreadAllocatedBytes();
            if (burst >= WARM_UP_BURSTS) {
                allocated += whileEncoding ? after - between : between - before;
            }
        }
        assertThat(encoded).isEqualTo((long) BURST * (WARM_UP_BURSTS + BURSTS));
        return (double) allocated / BURST / BURSTS;
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldNotAllocateForABuilder(String name) {
        assertThat(perMessage(cases.get(name), false)).isLessThan(NOISE);
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldNotAllocateWhileEncoding(String name) {
        assertThat(perMessage(cases.get(name), true)).isLessThan(NOISE);
    }

    @Test
    void shouldAllocateForAnIdThatIsNoUuidNoMoreThanItTakes() {
        // A digest, its input and its result.
        assertThat(perMessage(
                        () -> rig.track("e").userId("u").messageId("order-7").send(), false))
                .isLessThan(700);
    }
}
