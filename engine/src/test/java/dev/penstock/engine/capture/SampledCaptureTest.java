package dev.penstock.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.ThreadMXBean;
import dev.penstock.client.BeforeSend;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.SamplingRules;
import dev.penstock.engine.record.TestSeed;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Sampling rules on the way of an event into the ring. */
class SampledCaptureTest {

    private static final long SECOND_NS = 1_000_000_000L;
    private static final String RATE = "$sample_rate";

    private final AtomicLong now = new AtomicLong();

    private CaptureRig rig(Consumer<SamplingRules.Builder> rules, BeforeSend... hooks) {
        return CaptureRig.sampled(sampling(rules), hooks);
    }

    private Sampling sampling(Consumer<SamplingRules.Builder> rules) {
        SamplingRules.Builder builder = SamplingRules.builder();
        rules.accept(builder);
        return Sampling.of(builder.build(), now::get);
    }

    private static CaptureResult capture(CaptureRig rig, String name, String id) {
        return rig.pool().acquire().begin(name).distinctId(id).put("n", 1).send();
    }

    private static List<JsonNode> rates(CaptureRig rig) {
        return rig.drain().stream()
                .map(json -> CaptureRig.parse(json).get("properties").path(RATE))
                .toList();
    }

    private static double sum(List<JsonNode> rates) {
        return rates.stream()
                .mapToDouble(rate -> rate.isMissingNode() ? 1 : 1 / rate.doubleValue())
                .sum();
    }

    @Test
    void shouldBeNothingWithoutRules() {
        assertThat(Sampling.of(SamplingRules.NONE, now::get)).isNull();
    }

    @Test
    void shouldAnswerAndCountWhatIsLeftOutAndLeaveOthersAlone() {
        CaptureRig rig = rig(rules -> rules.sample("none", 0).sample("all", 1));

        assertThat(capture(rig, "none", "user")).isEqualTo(CaptureResult.SAMPLED);
        assertThat(capture(rig, "all", "user")).isEqualTo(CaptureResult.ACCEPTED);
        assertThat(capture(rig, "other", "user")).isEqualTo(CaptureResult.ACCEPTED);
        assertThat(capture(rig, "None", "user")).isEqualTo(CaptureResult.ACCEPTED);

        assertThat(rig.counters().count(CaptureResult.SAMPLED)).isEqualTo(1);
        assertThat(rig.counters().count(CaptureResult.ACCEPTED)).isEqualTo(3);
        assertThat(rates(rig)).hasSize(3).allMatch(JsonNode::isMissingNode);
    }

    @Test
    void shouldKeepOrLeaveOutAllEventsOfAPersonAndSayTheRate() {
        TestSeed.run(random -> {
            CaptureRig rig = rig(rules -> rules.sample("step one", 0.2).sample("step two", 0.2));
            int persons = 2_000;
            int kept = 0;
            for (int i = 0; i < persons; i++) {
                String id = Long.toString(random.nextLong(), 36);
                CaptureResult first = capture(rig, "step one", id);
                assertThat(capture(rig, "step two", id)).isEqualTo(first);
                assertThat(capture(rig, "step one", id)).isEqualTo(first);
                kept += first == CaptureResult.ACCEPTED ? 1 : 0;
            }
            List<JsonNode> rates = rates(rig);

            assertThat(rates).hasSize(3 * kept).allMatch(rate -> rate.doubleValue() == 0.2);
            double deviation = Math.sqrt(0.2 * 0.8 * persons);
            assertThat((double) kept).isCloseTo(0.2 * persons, within(5 * deviation));
            assertThat(sum(rates)).isCloseTo(3.0 * persons, within(3 * 5 * deviation / 0.2));
        });
    }

    @Test
    void shouldSampleEventsAboutNobodyEachByItself() {
        CaptureRig rig = rig(rules -> rules.sample("tick", 0.5));
        for (int i = 0; i < 2_000; i++) {
            rig.pool().acquire().begin("tick").send();
        }

        assertThat(rig.counters().count(CaptureResult.ACCEPTED)).isBetween(850L, 1_150L);
        assertThat(rig.counters().personless()).isEqualTo(rig.counters().count(CaptureResult.ACCEPTED));
    }

    @Test
    void shouldTreatAnEventThatComesTwiceTheSameWay() {
        CaptureRig rig = rig(rules -> rules.sampleRandomly("import", 0.5));
        SplittableRandom random = new SplittableRandom(7);
        int kept = 0;
        for (int i = 0; i < 1_000; i++) {
            UUID uuid = new UUID(random.nextLong(), random.nextLong());
            CaptureResult first = rig.pool()
                    .acquire()
                    .begin("import")
                    .distinctId("u")
                    .uuid(uuid)
                    .send();
            CaptureResult second = rig.pool()
                    .acquire()
                    .begin("import")
                    .distinctId("v")
                    .uuid(uuid)
                    .send();
            assertThat(second).isEqualTo(first);
            kept += first == CaptureResult.ACCEPTED ? 1 : 0;
        }

        assertThat(kept).isBetween(400, 600);
    }

    @Test
    void shouldHaveTheRatesOfALimitAddUpToWhatWasCaptured() {
        TestSeed.run(random -> {
            CaptureRig rig = rig(rules -> rules.limit("tick", 20));
            int captured = 0;
            for (int i = 0; i < 5_000; i++) {
                now.addAndGet(random.nextLong(SECOND_NS / 50));
                capture(rig, "tick", "user");
                captured++;
            }
            now.addAndGet(SECOND_NS);
            capture(rig, "tick", "user");
            captured++;

            assertThat(rig.counters().count(CaptureResult.SAMPLED)).isPositive();
            List<JsonNode> rates = rates(rig);
            assertThat(rates.stream()
                            .mapToLong(rate -> rate.isMissingNode() ? 1 : Math.round(1 / rate.doubleValue()))
                            .sum())
                    .isEqualTo(captured);
            assertThat(sum(rates)).isCloseTo(captured, within(1e-6));
        });
    }

    @Test
    void shouldHandOnWhatARefusedEventStoodFor() {
        CaptureRig rig = rig(rules -> rules.limit("tick", 1));
        for (int i = 0; i < 5; i++) {
            capture(rig, "tick", "user");
        }
        rig.drain();
        while (capture(rig, "other", "user") == CaptureResult.ACCEPTED) {
            // until the ring is full
        }
        now.addAndGet(SECOND_NS);
        assertThat(capture(rig, "tick", "user")).isEqualTo(CaptureResult.RING_FULL);
        rig.drain();
        now.addAndGet(SECOND_NS);
        assertThat(capture(rig, "tick", "user")).isEqualTo(CaptureResult.ACCEPTED);

        // 4 left out; the refused one was refused and counts for nothing.
        assertThat(rates(rig))
                .singleElement()
                .satisfies(rate -> assertThat(rate.doubleValue()).isEqualTo(0.2));
    }

    @Test
    void shouldLeaveTheCallersOwnRateAndHandOnWhatItDoesNotSay() {
        CaptureRig rig = rig(rules -> rules.limit("tick", 1).sample("moved", 0.999_999));
        for (int i = 0; i < 4; i++) {
            capture(rig, "tick", "user");
        }
        rig.drain();
        now.addAndGet(SECOND_NS);
        rig.pool()
                .acquire()
                .begin("tick")
                .distinctId("user")
                .putAll(Map.of(RATE, 0.125))
                .send();
        rig.pool()
                .acquire()
                .begin("moved")
                .distinctId("user")
                .put(rig.keys().register(RATE), "mine")
                .send();
        now.addAndGet(SECOND_NS);
        capture(rig, "tick", "user");

        List<JsonNode> rates = rates(rig);
        assertThat(rates.get(0).doubleValue()).isEqualTo(0.125);
        assertThat(rates.get(1).textValue()).isEqualTo("mine");
        assertThat(rates.get(2).doubleValue()).isEqualTo(0.25);
    }

    @Test
    void shouldShowHooksOnlyWhatIsKeptWithItsRate() {
        AtomicLong seen = new AtomicLong();
        CaptureRig rig = rig(rules -> rules.limit("tick", 1), event -> {
            seen.incrementAndGet();
            return event.properties().containsKey("drop") ? null : event;
        });
        for (int i = 0; i < 3; i++) {
            capture(rig, "tick", "user");
        }
        now.addAndGet(SECOND_NS);
        CaptureResult filtered = rig.pool()
                .acquire()
                .begin("tick")
                .distinctId("user")
                .put("drop", true)
                .send();
        now.addAndGet(SECOND_NS);
        capture(rig, "tick", "user");

        assertThat(filtered).isEqualTo(CaptureResult.FILTERED);
        assertThat(seen).hasValue(3);
        List<JsonNode> rates = rates(rig);
        assertThat(rates).hasSize(2);
        assertThat(Math.round(1 / rates.get(1).doubleValue())).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(
            value = EventKind.class,
            mode = Mode.EXCLUDE,
            names = {"CAPTURE", "MESSAGE_TRACK"})
    void shouldNeverLeaveOutOtherKindsOfEvents(EventKind kind) {
        CaptureRig rig = rig(rules -> rules.sample("e", 0));
        EventScratch scratch =
                rig.pool().acquire().beginMessage(kind, "e").distinctId("user").setPerson("a", 1);

        assertThat(scratch.put("n", 1).send()).isEqualTo(CaptureResult.ACCEPTED);
    }

    @Test
    void shouldSampleTracksByUserOrAnonymousId() {
        MessageRig rig = MessageRig.sampled(
                sampling(rules -> rules.sample("none", 0).sample("half", 0.5).limit("tick", 1)));
        assertThat(rig.track("none").userId("u").send()).isEqualTo(CaptureResult.SAMPLED);
        for (int i = 0; i < 200; i++) {
            boolean in = PersonSampler.position("p" + i) < 0.5;
            CaptureResult expected = in ? CaptureResult.ACCEPTED : CaptureResult.SAMPLED;
            assertThat(rig.track("half").userId("p" + i).anonymousId("a").send())
                    .isEqualTo(expected);
            assertThat(rig.track("half").anonymousId("p" + i).send()).isEqualTo(expected);
        }
        rig.drain();
        rig.track("tick").userId("u").send();
        rig.track("tick").userId("u").send();
        now.addAndGet(SECOND_NS);
        rig.track("tick").userId("u").put("n", 1).send();
        JsonNode last = CaptureRig.parse(rig.drain().get(1)).get("properties");

        assertThat(last.get(RATE).doubleValue()).isEqualTo(0.5);
        assertThat(last.get("n").intValue()).isEqualTo(1);
        assertThat(rig.page("none").userId("u").send()).isEqualTo(CaptureResult.ACCEPTED);
        assertThat(rig.identify("u").send()).isEqualTo(CaptureResult.ACCEPTED);
    }

    @Test
    void shouldKeepTheUuidThatDecided() {
        CaptureRig rig = rig(rules -> rules.sampleRandomly("e", 0.5));
        for (int i = 0; i < 200; i++) {
            rig.pool().acquire().begin("e").distinctId("u").send();
        }
        for (String json : rig.drain()) {
            UUID uuid = UUID.fromString(CaptureRig.parse(json).get("uuid").textValue());
            assertThat(ChanceSampler.position(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits()))
                    .isLessThan(0.5);
        }
    }

    @Test
    void shouldNotAllocate() {
        CaptureRig rig = CaptureRig.sampled(Sampling.of(
                SamplingRules.builder()
                        .sample("by person", 0.5)
                        .sampleRandomly("by chance", 0.5)
                        .limit("limited", 1_000)
                        .build(),
                System::nanoTime));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        String[] names = {"by person", "by chance", "limited", "without a rule"};
        String[] ids = new String[64];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = "person-" + i;
        }
        long allocated = 0;
        int bursts = 400;
        for (int burst = 0; burst < bursts; burst++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1_000; i++) {
                capture(rig, names[i & 3], ids[i & 63]);
            }
            allocated += burst < bursts / 2 ? 0 : threads.getCurrentThreadAllocatedBytes() - before;
            rig.encodeAll();
        }

        assertThat(allocated / (500.0 * bursts)).isLessThan(1.0);
        assertThat(rig.counters().count(CaptureResult.SAMPLED)).isPositive();
    }
}
