package dev.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.ClientStats;
import dev.penstock.collector.Collector;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.ClientFixture;
import dev.penstock.engine.testing.EngineThreadNames;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What stands still in a whole client is said, counted, and goes on. */
@Timeout(60)
class StandstillTest {

    private static final Duration STALL = Duration.ofSeconds(1);

    private final Collector collector = Collector.start();
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void closeCollector() {
        release.countDown();
        collector.close();
    }

    @Test
    void shouldSayThatAClockOfTheApplicationHoldsThePipelineUp() {
        BlockingClock clock = new BlockingClock();
        List<String> told = new CopyOnWriteArrayList<>();
        try (ClientFixture fixture = ClientFixture.of(
                collector,
                config ->
                        config.clock(clock).stallTimeout(STALL).errorListener((message, cause) -> told.add(message)))) {
            fixture.capture(1);
            fixture.flush();
            clock.block.set(true);
            Await.latch(clock.inside, "the pipeline stands in the clock");
            fixture.capture(10);

            fixture.awaitWarning("pipeline-0 has stood still", "StandstillTest.awaitRelease");
            Await.until(() -> !told.isEmpty(), "the error listener hears of it while the pipeline stands");
            assertThat(fixture.stats().health()).isEqualTo(new ClientStats.Health(1, 0, 0, 0, 0, 0));

            release.countDown();
            fixture.flush();
            Await.until(
                    () -> fixture.logger().from(System.Logger.Level.INFO).stream()
                            .anyMatch(line -> line.contains("pipeline-0 goes on after")),
                    "it goes on");
            assertThat(fixture.stats().delivered()).isEqualTo(11);
        }
    }

    @Test
    void shouldSayThatAListenerDoesNotReturnAndLoseNoEvent() {
        AtomicInteger calls = new AtomicInteger();
        try (ClientFixture fixture = ClientFixture.of(
                collector,
                config -> config.stallTimeout(STALL).deliveryListener(notice -> {
                    if (calls.incrementAndGet() == 1) {
                        Await.latch(release, "the listener goes on");
                    }
                }))) {
            fixture.capture(20);
            fixture.flush();
            fixture.awaitWarning("-listener has stood still", "events are not");
            assertThat(fixture.stats().health()).isEqualTo(new ClientStats.Health(0, 0, 0, 1, 0, 0));
            assertThat(fixture.stats().delivered()).isEqualTo(20);

            release.countDown();
            Await.until(() -> calls.get() == 20, "all notices");
            Await.until(
                    () -> fixture.logger().from(System.Logger.Level.INFO).stream()
                            .anyMatch(line -> line.contains("-listener goes on after")),
                    "it goes on");
        }
    }

    /** Nothing waits behind it: perhaps it is meant to take so long. */
    @Test
    void shouldSayNothingOfAListenerThatTakesLongOverTheLastNotice() {
        CountDownLatch inside = new CountDownLatch(1);
        try (ClientFixture fixture = ClientFixture.of(
                collector,
                config -> config.stallTimeout(STALL).deliveryListener(notice -> {
                    inside.countDown();
                    Await.latch(release, "the listener goes on");
                }))) {
            fixture.capture(1);
            fixture.flush();
            Await.latch(inside, "the listener is called");
            Await.pause(Duration.ofMillis(3_200));
            fixture.assertQuiet();
            release.countDown();
        }
    }

    @Test
    void shouldSayNothingOfAHealthyClientAndEndWithIt() {
        try (ClientFixture fixture =
                ClientFixture.of(collector, config -> config.stallTimeout(STALL.multipliedBy(2)))) {
            assertThat(EngineThreadNames.alive(fixture.name())).anyMatch(name -> name.endsWith("-watchdog"));
            for (int i = 0; i < 10; i++) {
                fixture.capture(10);
                Await.pause(Duration.ofMillis(500));
            }
            fixture.assertQuiet();
            assertThat(fixture.stats().health()).isEqualTo(ClientStats.Health.NONE);
            fixture.end(Duration.ofSeconds(5));
        }
    }

    private void awaitRelease() {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class BlockingClock implements InstantSource {

        private final AtomicBoolean block = new AtomicBoolean();
        private final CountDownLatch inside = new CountDownLatch(1);

        @Override
        public Instant instant() {
            if (block.get() && Thread.currentThread().getName().contains("-pipeline-")) {
                inside.countDown();
                awaitRelease();
            }
            return Instant.now();
        }
    }
}
