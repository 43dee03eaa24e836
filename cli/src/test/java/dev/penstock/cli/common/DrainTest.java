package dev.penstock.cli.common;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientStats;
import dev.penstock.client.CloseReport;
import dev.penstock.client.FlushResult;
import dev.penstock.client.PropertyKey;
import dev.penstock.client.SelfCheckReport;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class DrainTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private long now;

    @Test
    void shouldWaitForWhatIsOnDiskAlthoughNothingIsLeftToFlush() {
        FakeClient client = new FakeClient(FlushResult.COMPLETED, 3, 1, 0);

        assertThat(drain(client, 0).await(stats -> {})).isTrue();
        assertThat(client.unsettled).isEmpty();
    }

    @Test
    void shouldNotWaitForEventsThatAreNotItsToSend() {
        FakeClient client = new FakeClient(FlushResult.COMPLETED, 9, 8, 7);

        assertThat(drain(client, 8).await(stats -> {})).isTrue();
        assertThat(client.unsettled).containsExactly(7L);
    }

    @Test
    void shouldGiveUpWhenWhatIsOnDiskDoesNotMove() {
        FakeClient client = new FakeClient(FlushResult.COMPLETED, 3, 3, 3, 3);

        assertThat(drain(client, 0).await(stats -> now += TimeUnit.SECONDS.toNanos(3)))
                .isFalse();
    }

    @Test
    void shouldNotGoOnWithAClientThatIsClosed() {
        FakeClient client = new FakeClient(FlushResult.CLOSED, 3, 0);

        assertThat(drain(client, 0).await(stats -> {})).isFalse();
        assertThat(client.unsettled).containsExactly(0L);
    }

    @Test
    void shouldLeaveTheRestToTheSpoolAfterGivingUp() {
        FakeClient client = new FakeClient(FlushResult.COMPLETED, 3, 3);

        drain(client, 0).close(false);
        drain(client, 0).close(true);

        assertThat(client.ends).containsExactly("give up", "close");
    }

    private Drain drain(FakeClient client, long leftAlone) {
        return new Drain(client, new Patience(LIMIT, LIMIT, () -> now), () -> false, leftAlone);
    }

    /** Who owes an outcome to one number of events after the other. */
    private static final class FakeClient implements EventClient {
        private final FlushResult flushed;
        private final Deque<Long> unsettled = new ArrayDeque<>();
        private final List<String> ends = new ArrayList<>();

        FakeClient(FlushResult flushed, long... unsettled) {
            this.flushed = flushed;
            for (long events : unsettled) {
                this.unsettled.add(events);
            }
        }

        @Override
        public ClientStats stats() {
            // Nothing is pending anywhere: they are on their way from the disk to a request.
            return new ClientStats(
                    Map.of(CaptureResult.ACCEPTED, unsettled.remove()),
                    Map.of(),
                    new ClientStats.Pending(0, 0, 0, 0),
                    new ClientStats.Delivery(0, 0, 0, 0, 0, 0, 0, new ClientStats.Verdicts(0, 0, 0, 0, 0, 0)),
                    new ClientStats.Ring(64, 0, 0),
                    ClientStats.Spool.NONE,
                    ClientStats.Health.NONE,
                    0,
                    0,
                    0);
        }

        @Override
        public FlushResult flush(Duration timeout) {
            return flushed;
        }

        @Override
        public SelfCheckReport selfCheck(Duration timeout) {
            throw new UnsupportedOperationException("nothing is checked");
        }

        @Override
        public CloseReport close(Duration timeout) {
            ends.add("close");
            return new CloseReport(true, true, Duration.ZERO, stats());
        }

        @Override
        public CloseReport giveUp() {
            ends.add("give up");
            return new CloseReport(false, true, Duration.ZERO, stats());
        }

        @Override
        public OutgoingEvent outgoing() {
            throw new UnsupportedOperationException("nothing is sent");
        }

        @Override
        public PropertyKey propertyKey(String name) {
            throw new UnsupportedOperationException("nothing is sent");
        }

        @Override
        public int maxEventBytes() {
            return 1;
        }

        @Override
        public void close() {
            ends.add("close");
        }
    }
}
