package dev.penstock.engine.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagValue;
import dev.penstock.engine.capture.CaptureRig;
import dev.penstock.engine.record.AttachedFlags;
import dev.penstock.engine.testing.FixedFlags;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FlagPropertiesTest {

    private static final String LIB = "\"properties\":{\"$lib\":\"rig\"";
    private static final Map<String, FlagValue> VALUES =
            Map.of("b-flag", FlagValue.TRUE, "a-flag", FlagValue.variant("x \"y\""), "c-flag", FlagValue.FALSE);
    private static final String MEMBERS = "\"$feature/a-flag\":\"x \\\"y\\\"\",\"$feature/b-flag\":true,"
            + "\"$feature/c-flag\":false,\"$active_feature_flags\":[\"a-flag\",\"b-flag\"]";

    private final CaptureRig rig = CaptureRig.bare();

    private String sent(Map<String, FlagValue> flags) {
        rig.event().put("score", 1).flags(new FixedFlags(flags)).send();
        return onlyEvent();
    }

    private String onlyEvent() {
        List<String> events = rig.drain();
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    @Test
    void shouldAddAPropertyForEachFlagAndTheActiveOnes() {
        assertThat(sent(VALUES)).endsWith(LIB + ",\"score\":1," + MEMBERS + "}}");
    }

    @Test
    void shouldLeaveOutTheActiveOnesIfThereAreNone() {
        assertThat(sent(Map.of("c-flag", FlagValue.FALSE))).endsWith(LIB + ",\"score\":1,\"$feature/c-flag\":false}}");
        assertThat(sent(Map.of())).endsWith(LIB + ",\"score\":1}}");
    }

    @Test
    void shouldLetTheCallersPropertiesWin() {
        rig.event()
                .put("$feature/b-flag", "mine")
                .put("$active_feature_flags", "mine too")
                .flags(new FixedFlags(VALUES))
                .send();

        assertThat(onlyEvent())
                .endsWith(LIB + ",\"$feature/a-flag\":\"x \\\"y\\\"\",\"$feature/c-flag\":false,"
                        + "\"$feature/b-flag\":\"mine\",\"$active_feature_flags\":\"mine too\"}}");
    }

    @Test
    void shouldLetTheCallersRegisteredPropertiesWin() {
        rig.event()
                .put(rig.registry().register("$feature/b-flag"), "mine")
                .flags(new FixedFlags(VALUES))
                .send();

        assertThat(onlyEvent()).containsOnlyOnce("$feature/b-flag").contains("\"$feature/b-flag\":\"mine\"");
    }

    @Test
    void shouldEncodeEvaluationsOnceForManyEvents() {
        AtomicInteger reads = new AtomicInteger();
        Map<String, FlagValue> counted = new LinkedHashMap<>(VALUES) {
            private static final long serialVersionUID = 1;

            @Override
            public Set<Map.Entry<String, FlagValue>> entrySet() {
                reads.incrementAndGet();
                return super.entrySet();
            }
        };
        AttachedFlags flags = new AttachedFlags(counted);
        JsonOutput out = new JsonOutput(1_024);
        EventEncoder encoder =
                new EventEncoder(rig.registry(), new SystemProperties(Map.of("$lib", "x")), EventShape.PROPERTIES);
        byte[] record = rig.recordOf(event -> event.put("score", 1));
        for (int i = 0; i < 5; i++) {
            encoder.encode(record, 0, new Object[] {null, null, flags}, 0, out);
        }

        assertThat(reads).hasValue(1);
        assertThat(out.toString().split("active_feature_flags", -1)).hasSize(6);
    }

    @Test
    void shouldCarryFlagsWithAnEventTooLargeForItsSlots() {
        rig.event()
                .put("text", "x".repeat(40_000))
                .flags(new FixedFlags(VALUES))
                .send();
        rig.event().put("text", "y".repeat(40_000)).send();

        List<String> events = rig.drain();
        assertThat(events.get(0)).endsWith("x\"," + MEMBERS + "}}");
        assertThat(events.get(1)).endsWith("y\"}}");
    }

    @Test
    void shouldNotLeaveFlagsBehindForTheNextEvent() {
        sent(VALUES);
        rig.event().put("score", 2).send();
        assertThat(onlyEvent()).endsWith(LIB + ",\"score\":2}}");

        rig.event().flags(new FixedFlags(VALUES)).cancel();
        rig.event().send();
        assertThat(onlyEvent()).endsWith(LIB + "}}");

        rig.event().flags(new FixedFlags(VALUES)).flags(null).send();
        assertThat(onlyEvent()).endsWith(LIB + "}}");
    }

    @Test
    void shouldSendTheEventWithoutFlagsThatCannotBeRead() {
        rig.event().put("score", 1).flags(new FixedFlags(null)).send();

        assertThat(onlyEvent()).endsWith(LIB + ",\"score\":1}}");
        assertThat(rig.warnings()).anyMatch(line -> line.contains("not attached"));
    }

    @Test
    void shouldEvaluateAtCaptureWhereThatIsAskedFor() {
        rig.event().sendFeatureFlags(FlagContext.of("p9")).send();

        assertThat(onlyEvent()).endsWith(LIB + ",\"$feature/for p9\":true,\"$active_feature_flags\":[\"for p9\"]}}");
    }

    @Test
    void shouldPreferAttachedFlagsAndWarnIfBothAreGiven() {
        rig.event()
                .flags(new FixedFlags(Map.of("a", FlagValue.TRUE)))
                .sendFeatureFlags(FlagContext.of("p9"))
                .send();

        assertThat(onlyEvent()).contains("$feature/a").doesNotContain("p9");
        assertThat(rig.warnings()).anyMatch(line -> line.contains("sendFeatureFlags"));
    }

    @Test
    void shouldCarryFlagsAroundTheEndOfTheRing() {
        for (int i = 0; i < 5_000; i++) {
            rig.event()
                    .put("text", "z".repeat(600))
                    .flags(new FixedFlags(VALUES))
                    .send();
            assertThat(onlyEvent()).endsWith("z\"," + MEMBERS + "}}");
        }
    }
}
