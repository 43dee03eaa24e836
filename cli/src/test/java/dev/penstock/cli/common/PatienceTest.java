package dev.penstock.cli.common;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientStats;
import dev.penstock.client.Outcome;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PatienceTest {
    private static final long MS = 1_000_000;
    private static final Duration LIMIT = Duration.ofMillis(100);

    private long now = Long.MAX_VALUE - 200 * MS; // passes its end during the tests

    private Patience patience(Duration longest) {
        return new Patience(LIMIT, longest, () -> now);
    }

    private static ClientStats stats(Map<Outcome, Long> outcomes, long requests, long pending) {
        return stats(outcomes, requests, pending, ClientStats.Spool.NONE);
    }

    private static ClientStats stats(
            Map<Outcome, Long> outcomes, long requests, long pending, ClientStats.Spool spool) {
        long settled = outcomes.values().stream().mapToLong(Long::longValue).sum();
        return new ClientStats(
                Map.of(CaptureResult.ACCEPTED, settled + pending),
                outcomes,
                new ClientStats.Pending(0, 0, pending, 0),
                new ClientStats.Delivery(requests, 0, 0, 0, 0, 0, 0, new ClientStats.Verdicts(0, 0, 0, 0, 0, 0)),
                new ClientStats.Ring(64, 0, 0),
                spool,
                ClientStats.Health.NONE,
                0,
                0,
                0);
    }

    private static ClientStats waiting(long requests) {
        return stats(Map.of(), requests, 1);
    }

    @Test
    void shouldRunOutOnlyBeyondItsLimit() {
        Patience patience = patience(LIMIT);
        assertThat(patience.exhausted(waiting(0))).isFalse();
        now += 100 * MS;
        assertThat(patience.exhausted(waiting(0))).isFalse();
        now++;
        assertThat(patience.exhausted(waiting(0))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"DELIVERED", "REFUSED", "DISCARDED"})
    void shouldBeginAgainWhenAnEventIsSettled(Outcome outcome) {
        Patience patience = patience(LIMIT);
        for (long settled = 0; settled < 5; settled++) {
            assertThat(patience.exhausted(stats(Map.of(outcome, settled), 1, 1)))
                    .isFalse();
            now += 100 * MS;
        }
        now++;
        assertThat(patience.exhausted(stats(Map.of(outcome, 4L), 1, 1))).isTrue();
    }

    @Test
    void shouldTakeAnEventThatGoesToDiskForASignOfLife() {
        Patience patience = patience(LIMIT);
        for (long stored = 0; stored < 5; stored++) {
            ClientStats.Spool spool = new ClientStats.Spool(1, 1, 0, stored, 0, 0, 0, 0, 0);
            assertThat(patience.exhausted(stats(Map.of(), 1, 1, spool))).isFalse();
            now += 100 * MS;
        }
        now++;
        ClientStats.Spool spool = new ClientStats.Spool(9, 9, 0, 4, 9, 0, 0, 0, 0);
        assertThat(patience.exhausted(stats(Map.of(), 1, 1, spool))).isTrue();
    }

    @Test
    void shouldNotTakeAnExpiryForASignOfLife() {
        Patience patience = patience(LIMIT);
        assertThat(patience.exhausted(stats(Map.of(Outcome.EXPIRED, 1L), 1, 1))).isFalse();
        now += 101 * MS;
        assertThat(patience.exhausted(stats(Map.of(Outcome.EXPIRED, 2L), 1, 1))).isTrue();
    }

    @Test
    void shouldNotRunOutWhileNothingIsPending() {
        Patience patience = patience(LIMIT);
        for (int i = 0; i < 5; i++) {
            assertThat(patience.exhausted(stats(Map.of(), 1, 0))).isFalse();
            now += 101 * MS;
        }
    }

    @Test
    void shouldCountRequestsAsSignsOfLifeUpToTheLongest() {
        Patience patience = patience(Duration.ofMillis(250));
        assertThat(patience.exhausted(waiting(1))).isFalse();
        now += 100 * MS;
        assertThat(patience.exhausted(waiting(2))).isFalse();
        now += 100 * MS;
        assertThat(patience.exhausted(waiting(3))).isFalse();
        now += 50 * MS;
        assertThat(patience.exhausted(waiting(4))).isFalse();
        assertThat(patience.seconds()).isZero();
        now++;
        assertThat(patience.exhausted(waiting(5))).isTrue();
        now += 750 * MS;
        assertThat(patience.seconds()).isEqualTo(1);
    }

    @Test
    void shouldRunOutBetweenTwoRequestsToo() {
        Patience patience = patience(Duration.ofMillis(250));
        assertThat(patience.exhausted(waiting(1))).isFalse();
        now += 90 * MS;
        assertThat(patience.exhausted(waiting(2))).isFalse();
        now += 100 * MS + 1;
        assertThat(patience.exhausted(waiting(2))).isTrue();
    }

    @Test
    void shouldNotCountRequestsWhereTheLongestIsTheLimit() {
        Patience patience = patience(LIMIT);
        assertThat(patience.exhausted(waiting(1))).isFalse();
        now += 100 * MS + 1;
        assertThat(patience.exhausted(waiting(2))).isTrue();
    }

    @Test
    void shouldWaitLongerForSegmentThanItsServerMayAsk() {
        assertThat(WireProtocol.SEGMENT.patienceSeconds()).isEqualTo(330);
        assertThat(WireProtocol.POSTHOG.patienceSeconds()).isEqualTo(60);
        assertThat(WireProtocol.POSTHOG_V1.patienceSeconds()).isEqualTo(60);
    }
}
