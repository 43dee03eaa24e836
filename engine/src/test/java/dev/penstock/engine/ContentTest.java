package dev.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureResult;
import dev.penstock.collector.Collector;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.ClientFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was captured arrives whole, whatever its size and whatever happens to it after the call. */
@Timeout(60)
class ContentTest {

    private final Collector collector = Collector.start();

    @AfterEach
    void closeCollector() {
        collector.close();
    }

    /** Either side of a slot, of what the ring holds inline, and of what leaves alone. */
    @ParameterizedTest
    @ValueSource(
            ints = {
                1, 300, 511, 512, 513, 5_000, 15_000, 16_000, 16_383, 16_384, 16_385, 17_000, 100_000, 511_000, 900_000
            })
    void shouldCarryTextOfAnySizeWhole(int length) {
        try (ClientFixture fixture = ClientFixture.of(collector)) {
            String text = randomText(length, length);
            fixture.capture("before");
            assertThat(fixture.client().capture("user", "large", Map.of("text", text)))
                    .isEqualTo(CaptureResult.ACCEPTED);
            fixture.capture("after");
            fixture.flush();

            List<ReceivedEvent> events = collector.events();
            assertThat(collector.invalidReasons()).isEmpty();
            assertThat(events).extracting(ReceivedEvent::event).containsExactlyInAnyOrder("before", "large", "after");
            assertThat(events.stream()
                            .filter(event -> event.event().equals("large"))
                            .findFirst()
                            .orElseThrow()
                            .property("text"))
                    .isEqualTo(text);
            assertThat(fixture.stats().ring().largeEventBytes()).isZero();
            fixture.assertQuiet();
        }
    }

    @Test
    void shouldCarryWideTextOfManySizesThroughASmallRing() {
        try (ClientFixture fixture =
                ClientFixture.of(collector, config -> config.ringSlots(64).largeEventArenaBytes(1 << 20))) {
            Random random = new Random(7);
            List<String> sent = new ArrayList<>();
            for (int i = 0; i < 600; i++) {
                String text = wideText(random, 1 + random.nextInt(i % 50 == 0 ? 60_000 : 1_500));
                CaptureResult result = fixture.client().capture("u", "wide", Map.of("text", text));
                while (result == CaptureResult.RING_FULL) {
                    Await.pause(Duration.ofMillis(1));
                    result = fixture.client().capture("u", "wide", Map.of("text", text));
                }
                assertThat(result).isEqualTo(CaptureResult.ACCEPTED);
                sent.add(text);
            }
            fixture.flush();
            assertThat(collector.events().stream().map(event -> event.property("text")))
                    .containsExactlyInAnyOrderElementsOf(sent);
        }
    }

    @Test
    void shouldAnswerRingFullWhenTheArenaHasNoRoom() {
        try (ClientFixture fixture = ClientFixture.of(collector, config -> config.largeEventArenaBytes(10_000))) {
            assertThat(fixture.client().capture("user", "large", Map.of("text", "x".repeat(20_000))))
                    .isEqualTo(CaptureResult.RING_FULL);
            fixture.capture("small");
            fixture.flush();
            assertThat(collector.stats().distinct()).isEqualTo(1);
        }
    }

    @Test
    void shouldNotSeeWhatHappensToAMapAfterTheCall() {
        try (ClientFixture fixture = ClientFixture.of(collector, config -> config.linger(Duration.ofHours(1)))) {
            Map<String, Object> inner = new HashMap<>(Map.of("deep", "before"));
            List<Object> list = new ArrayList<>(List.of("before"));
            StringBuilder text = new StringBuilder("before");
            Map<String, Object> map = new HashMap<>();
            map.put("text", text);
            map.put("inner", inner);
            map.put("list", list);
            fixture.client().capture("user", "event", map);
            text.append(" after");
            inner.put("deep", "after");
            list.set(0, "after");
            map.clear();
            fixture.flush();

            ReceivedEvent event = collector.events().get(0);
            assertThat(event.property("text")).isEqualTo("before");
            assertThat(event.property("inner")).isEqualTo(Map.of("deep", "before"));
            assertThat(event.property("list")).isEqualTo(List.of("before"));
        }
    }

    @Test
    void shouldKeepEveryEventOfAMapThatIsChangedDuringTheCall() {
        Map<String, Object> shared = new HashMap<>();
        for (int i = 0; i < 50; i++) {
            shared.put("key-" + i, i);
        }
        AtomicBoolean stop = new AtomicBoolean();
        Thread vandal = new Thread(
                () -> {
                    for (int i = 0; !stop.get(); i++) {
                        shared.remove("key-" + i % 100);
                        shared.put("key-" + (i + 50) % 100, i);
                    }
                },
                "vandal");
        try (ClientFixture fixture = ClientFixture.of(collector, config -> config.ringSlots(65_536))) {
            vandal.start();
            for (int i = 0; i < 2_000; i++) {
                assertThat(fixture.client().capture("user", "event", shared)).isEqualTo(CaptureResult.ACCEPTED);
                assertThat(fixture.client().capture("user", "event", Map.of("inner", shared)))
                        .isEqualTo(CaptureResult.ACCEPTED);
            }
            stop.set(true);
            Await.end(vandal);
            fixture.flush();

            assertThat(collector.invalidReasons()).isEmpty();
            assertThat(fixture.stats().delivered()).isEqualTo(4_000);
            assertThat(collector.stats().distinct()).isEqualTo(4_000);
        } finally {
            stop.set(true);
        }
    }

    private static String randomText(int length, long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }

    private static String wideText(Random random, int length) {
        StringBuilder text = new StringBuilder(length);
        while (text.length() < length) {
            switch (random.nextInt(6)) {
                case 0 -> text.append((char) (0x4e00 + random.nextInt(500)));
                case 1 -> text.appendCodePoint(0x1f600 + random.nextInt(40));
                case 2 -> text.append((char) random.nextInt(0x20));
                case 3 -> text.append('"').append('\\');
                case 4 -> text.append((char) (0xa0 + random.nextInt(90)));
                default -> text.append((char) ('a' + random.nextInt(26)));
            }
        }
        return text.toString();
    }
}
