package dev.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.ClientStats;
import dev.penstock.client.SpoolMode;
import dev.penstock.client.SpoolSettings;
import dev.penstock.collector.Collector;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.ClientFixture;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be started again is said once, and the rest goes on without it. */
@Timeout(60)
class WatchedPartsTest {

    private static final Duration STALL = Duration.ofSeconds(1);

    private final Collector collector = Collector.start();

    @AfterEach
    void closeCollector() {
        collector.close();
    }

    @Test
    void shouldSayOnceThatTheSpoolsThreadHasEndedAndDeliverWithoutIt(@TempDir Path directory) {
        SpoolSettings spool =
                SpoolSettings.builder(directory).mode(SpoolMode.ALWAYS).build();
        try (ClientFixture fixture = ClientFixture.of(
                collector, config -> config.stallTimeout(STALL).spool(spool).threadFactory(EndedSpoolThread::new))) {
            fixture.awaitWarning("-spool has stood still", "without it", "it has ended");
            fixture.capture(20);
            fixture.flush();
            Await.pause(Duration.ofMillis(2_200));

            assertThat(fixture.stats().health()).isEqualTo(new ClientStats.Health(0, 0, 0, 0, 1, 0));
            assertThat(fixture.logger().from(System.Logger.Level.WARNING))
                    .filteredOn(line -> line.contains("-spool "))
                    .hasSize(1);
            assertThat(fixture.stats().delivered()).isEqualTo(20);
        }
    }

    /** Does nothing for the spool. */
    private static final class EndedSpoolThread extends Thread {

        EndedSpoolThread(Runnable task) {
            super(task);
            setDaemon(true);
        }

        @Override
        public void run() {
            if (!getName().endsWith("-spool")) {
                super.run();
            }
        }
    }
}
