package dev.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureClients;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientConfig;
import dev.penstock.client.SaturationChange;
import dev.penstock.client.segment.SegmentAnalytics;
import dev.penstock.collector.Answer;
import dev.penstock.collector.Collector;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.ClientFixture;
import dev.penstock.engine.testing.SegmentFixture;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An application hears of a ring that fills before it is full, and can ask how much room is left. */
@Timeout(60)
class SaturationTest {

    private static final String TEXT = "x".repeat(6_000);

    private final List<SaturationChange> told = new CopyOnWriteArrayList<>();
    private final List<String> threads = new CopyOnWriteArrayList<>();

    private void note(SaturationChange change) {
        threads.add(Thread.currentThread().getName());
        told.add(change);
    }

    /** Captures, with the ring half full at most, until the pipeline takes no more out of it. */
    private static void fillWindow(ClientFixture fixture) {
        long taken = -1;
        for (int still = 0; still < 10; ) {
            if (fixture.stats().ring().occupied() < 512) {
                fixture.client().capture("user", "large", Map.of("text", TEXT));
                still = 0;
                continue;
            }
            long now = fixture.stats().pending().inFlight();
            still = now == taken ? still + 1 : 0;
            taken = now;
            Await.pause(Duration.ofMillis(100));
        }
    }

    @Test
    void shouldTellOnceWhenARingFillsAndOnceWhenItIsEmptyEnough() {
        try (Collector collector = Collector.start();
                ClientFixture fixture = ClientFixture.of(
                        collector,
                        config -> config.ringSlots(1_024)
                                .maxBatchEvents(10)
                                .maxInFlightRequests(1)
                                .maxInFlightBytes(1 << 20)
                                .requestTimeout(Duration.ofMinutes(1))
                                .compression(false)
                                .saturationListener(this::note))) {
            collector.answerAll(Answer.hang());
            CaptureClient client = fixture.client();
            fillWindow(fixture);
            Await.until(
                    () -> {
                        client.capture("user", "large", Map.of("text", TEXT));
                        return !told.isEmpty();
                    },
                    Await.LONG,
                    "saturated",
                    client);
            for (int i = 0; i < 300; i++) {
                client.capture("user", "large", Map.of("text", TEXT));
            }
            assertThat(client.remainingCapacity()).isLessThan(1_024 / 4);
            assertThat(told).singleElement().satisfies(change -> {
                assertThat(change.saturated()).isTrue();
                assertThat(change.occupancy()).isBetween(0.75, 1.0);
            });

            collector.answerNormally();
            collector.release();
            fixture.flush();
            Await.until(() -> told.size() == 2, "saturation is over");
            assertThat(told.get(1).saturated()).isFalse();
            assertThat(told.get(1).occupancy()).isBetween(0.0, 0.5);
            assertThat(client.remainingCapacity()).isEqualTo(1_024 - 64);
            assertThat(threads).allMatch(name -> name.endsWith("-listener"));
            fixture.assertQuiet();
        }
    }

    @Test
    void shouldSurviveAListenerThatThrows() {
        try (Collector collector = Collector.start();
                ClientFixture fixture = ClientFixture.of(
                        collector,
                        config -> config.ringSlots(64).saturationLevels(0.01, 0).saturationListener(change -> {
                            note(change);
                            throw new IllegalStateException("thrown by a test");
                        }))) {
            Await.until(
                    () -> {
                        fixture.client().capture("user", "e", Map.of());
                        return !told.isEmpty();
                    },
                    "told");
            fixture.awaitWarning("saturation listener threw");
            fixture.flush();
        }
    }

    @Test
    void shouldTellAClientOfSegmentToo() {
        try (Collector collector = Collector.start();
                SegmentFixture fixture = SegmentFixture.of(
                        collector.uri(),
                        config -> config.ringSlots(64).saturationLevels(0.01, 0).saturationListener(this::note))) {
            SegmentAnalytics client = fixture.client();
            assertThat(client.remainingCapacity()).isEqualTo(64);
            Await.until(
                    () -> {
                        client.track("e").userId("u").send();
                        return !told.isEmpty();
                    },
                    "told");
            assertThat(told.get(0).saturated()).isTrue();
            fixture.flush();
            client.close();
            assertThat(client.remainingCapacity()).isZero();
        }
    }

    @Test
    void shouldHaveNoCapacityWhenNothingIsAccepted() {
        try (Collector collector = Collector.start();
                ClientFixture fixture = ClientFixture.of(collector)) {
            CaptureClient client = fixture.client();
            assertThat(client.remainingCapacity()).isEqualTo(4_096 - 256);
            client.setEnabled(false);
            assertThat(client.remainingCapacity()).isZero();
            client.setEnabled(true);
            client.optOut();
            assertThat(client.remainingCapacity()).isZero();
            client.optIn();
            assertThat(client.remainingCapacity()).isEqualTo(4_096 - 256);
            client.close();
            assertThat(client.remainingCapacity()).isZero();
        }
        try (CaptureClient inert = CaptureClients.create(
                ClientConfig.builder("phc_test").enabled(false).build())) {
            assertThat(inert.remainingCapacity()).isZero();
            assertThat(inert.capture("user", "e", Map.of())).isEqualTo(CaptureResult.DISABLED);
        }
    }
}
