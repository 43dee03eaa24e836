package dev.penstock.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientStatsTest {

    private static final Map<CaptureResult, Long> RESULTS =
            Map.of(CaptureResult.ACCEPTED, 110L, CaptureResult.RING_FULL, 7L, CaptureResult.INVALID, 5L);
    private static final Map<Outcome, Long> OUTCOMES =
            Map.of(Outcome.DELIVERED, 60L, Outcome.REFUSED, 20L, Outcome.EXPIRED, 10L, Outcome.DISCARDED, 5L);

    private static ClientStats stats(Map<CaptureResult, Long> results, Map<Outcome, Long> outcomes, long spooled) {
        return new ClientStats(
                results,
                outcomes,
                new ClientStats.Pending(1, 2, 4, spooled),
                new ClientStats.Delivery(1, 2, 3, 4, 5, 6, 7, new ClientStats.Verdicts(1, 2, 3, 4, 5, 6)),
                new ClientStats.Ring(64, 1, 0),
                ClientStats.Spool.NONE,
                ClientStats.Health.NONE,
                8,
                9,
                10);
    }

    @Test
    void shouldAddUp() {
        ClientStats stats = stats(RESULTS, OUTCOMES, 8);

        assertThat(stats.accepted()).isEqualTo(110);
        assertThat(stats.refusals()).isEqualTo(12);
        assertThat(stats.delivered()).isEqualTo(60);
        assertThat(stats.refused()).isEqualTo(20);
        assertThat(stats.expired()).isEqualTo(10);
        assertThat(stats.discarded()).isEqualTo(5);
        assertThat(stats.pending().total()).isEqualTo(15);
        assertThat(stats.isBalanced()).isTrue();
        assertThat(stats(RESULTS, OUTCOMES, 7).isBalanced()).isFalse();
        assertThat(stats(RESULTS, OUTCOMES, 9).isBalanced()).isFalse();
    }

    @Test
    void shouldAddWhatWasRecoveredToWhatWasAccepted() {
        ClientStats.Spool spool = new ClientStats.Spool(2, 100, 8, 0, 0, 0, 0, 0, 0);
        ClientStats stats = new ClientStats(
                Map.of(CaptureResult.ACCEPTED, 3L),
                Map.of(Outcome.DELIVERED, 6L),
                new ClientStats.Pending(0, 0, 1, 4),
                new ClientStats.Delivery(0, 0, 0, 0, 0, 0, 0, new ClientStats.Verdicts(0, 0, 0, 0, 0, 0)),
                new ClientStats.Ring(64, 0, 0),
                spool,
                ClientStats.Health.NONE,
                0,
                0,
                0);

        assertThat(stats.recovered()).isEqualTo(8);
        assertThat(stats.isBalanced()).isTrue();
        assertThat(stats.summary()).startsWith("accepted 3 + recovered 8 = delivered 6 + ");
        assertThat(stats(RESULTS, OUTCOMES, 8).summary()).startsWith("accepted 110 = delivered 60 + ");
    }

    @Test
    void shouldCountWhatIsMissingAsZero() {
        ClientStats stats = stats(Map.of(), Map.of(), -7);

        assertThat(stats.results()).hasSameSizeAs(CaptureResult.values()).containsValue(0L);
        assertThat(stats.outcomes()).hasSameSizeAs(Outcome.values()).containsValue(0L);
        assertThat(stats.accepted() + stats.refusals() + stats.delivered()).isZero();
        assertThat(stats.isBalanced()).isTrue();
    }

    @Test
    void shouldNotChangeWithTheMapsItWasMadeOf() {
        Map<CaptureResult, Long> results = new EnumMap<>(RESULTS);
        ClientStats stats = stats(results, OUTCOMES, 8);
        results.put(CaptureResult.ACCEPTED, 0L);

        assertThat(stats.accepted()).isEqualTo(110);
        assertThat(stats.results()).isUnmodifiable();
        assertThat(stats.outcomes()).isUnmodifiable();
    }

    @Test
    void shouldSayTheWholeAccountOnOneLine() {
        assertThat(stats(RESULTS, OUTCOMES, 8).summary())
                .isEqualTo("accepted 110 = delivered 60 + refused 20 + expired 10 + discarded 5 + pending 15"
                        + " (ring 1, open batch 2, in flight 4, spool 8); not accepted 12");
    }
}
