package dev.penstock.engine.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.capture.CaptureRig;
import dev.penstock.engine.capture.MessageRig;
import dev.penstock.engine.record.TestSeed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What stands between the marks of two events is the same if they differ in their values alone. */
class MarkedValuesTest {

    private static String text(SplittableRandom random) {
        return "\"\\漢é\n" + "x".repeat(random.nextInt(20)) + random.nextLong();
    }

    private static String event(CaptureRig rig, SplittableRandom random) {
        rig.json(e -> e.event(text(random))
                .distinctId(text(random))
                .timestamp(Instant.ofEpochMilli(random.nextLong(1L << 40)))
                .put("text", text(random))
                .put("number", random.nextLong())
                .put("share", random.nextDouble())
                .put("yes", random.nextBoolean())
                .put("list", List.of(text(random), random.nextInt()))
                .put("object", Map.of("inner", text(random)))
                .put("end", "e"));
        return rig.betweenValues();
    }

    private static String message(MessageRig rig, SplittableRandom random) {
        rig.json(rig.track(text(random))
                .userId(text(random))
                .timestamp(Instant.ofEpochMilli(random.nextLong(1L << 40)))
                .put("text", text(random))
                .put("number", random.nextLong())
                .context("ip", text(random))
                .integration("A", random.nextBoolean()));
        return rig.betweenValues();
    }

    @Test
    void shouldBeAllThatChangesFromEventToEvent() {
        TestSeed.run(random -> {
            CaptureRig rig = CaptureRig.create();
            String first = event(rig, random);
            assertThat(first).contains("\"text\":\"#\",\"number\":#,");
            for (int i = 0; i < 200; i++) {
                assertThat(event(rig, random)).isEqualTo(first);
            }
        });
    }

    @Test
    void shouldBeAllThatChangesInEventsWithTheOptionsApart() {
        TestSeed.run(random -> {
            CaptureRig rig = CaptureRig.shaped(EventShape.OPTIONS, CaptureRig.allSystemProperties());
            String first = event(rig, random);
            for (int i = 0; i < 200; i++) {
                assertThat(event(rig, random)).isEqualTo(first);
            }
        });
    }

    @Test
    void shouldBeAllThatChangesFromMessageToMessage() {
        TestSeed.run(random -> {
            MessageRig rig = MessageRig.withContext(Map.of("library", Map.of("name", "ours")));
            String first = message(rig, random);
            assertThat(first).contains("\"text\":\"#\",\"number\":#");
            for (int i = 0; i < 200; i++) {
                assertThat(message(rig, random)).isEqualTo(first);
            }
        });
    }
}
