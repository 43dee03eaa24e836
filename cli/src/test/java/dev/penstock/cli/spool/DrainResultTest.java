package dev.penstock.cli.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.cli.common.Screen;
import dev.penstock.cli.common.WireProtocol;
import dev.penstock.client.ClientStats;
import dev.penstock.client.Outcome;
import dev.penstock.engine.protocol.StoredEnvelope;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DrainResultTest {
    private static final PrintWriter NOWHERE = new PrintWriter(Writer.nullWriter());
    private static final Screen SCREEN = new Screen(NOWHERE, NOWHERE, false, false);
    private static final int POSTHOG = StoredEnvelope.POSTHOG_V0;
    private static final int SEGMENT = StoredEnvelope.SEGMENT;
    private static final int LATER = 99;

    private static DrainResult result(
            Map<Integer, Long> found, long recovered, Map<Outcome, Long> outcomes, long pending, long damaged) {
        ClientStats.Verdicts verdicts = new ClientStats.Verdicts(0, 0, 0, 0, 0, 0);
        ClientStats stats = new ClientStats(
                Map.of(),
                outcomes,
                new ClientStats.Pending(0, 0, 0, pending),
                new ClientStats.Delivery(1, 0, 0, 0, 0, 0, 0, verdicts),
                new ClientStats.Ring(64, 0, 0),
                new ClientStats.Spool(1, 1, recovered, 0, 0, 0, damaged, 0, 0),
                ClientStats.Health.NONE,
                0,
                0,
                0);
        return new DrainResult(WireProtocol.POSTHOG, SpoolContents.of(found), stats, 1_000_000_000, "");
    }

    @Test
    void shouldBeCompleteWhenEveryEventWasDelivered() {
        DrainResult result = result(Map.of(POSTHOG, 1_500L), 1_500, Map.of(Outcome.DELIVERED, 1_500L), 0, 0);

        assertThat(result.complete()).isTrue();
        assertThat(DrainReport.of(result, SCREEN)).endsWith("OK  1,500 events delivered in 1.00 s, 1,500/s");
    }

    @Test
    void shouldNotCountTheEventsOfOthers() {
        Map<Integer, Long> found = Map.of(POSTHOG, 10L, SEGMENT, 4L, LATER, 3L);
        DrainResult result = result(found, 17, Map.of(Outcome.DELIVERED, 10L), 7, 0);

        assertThat(result.complete()).isTrue();
        assertThat(result.recovered()).isEqualTo(10);
        assertThat(result.remaining()).isZero();
        assertThat(result.leftAlone()).isEqualTo(7);
        assertThat(DrainNotes.of(result))
                .containsExactly(
                        "4 events for segment were left alone; drain them with --protocol segment, with that service's host"
                                + " and key.",
                        "3 events are of a later version of Penstock and were left alone; drain them with it.");
    }

    @Test
    void shouldNotBeCompleteWhenOneIsLeft() {
        DrainResult result = result(Map.of(POSTHOG, 10L), 10, Map.of(Outcome.DELIVERED, 9L), 1, 0);

        assertThat(result.complete()).isFalse();
        assertThat(DrainReport.of(result, SCREEN))
                .endsWith(
                        "NOT COMPLETE  9 of 10 events delivered, 1 are still in the spool; the same command goes on with"
                                + " them");
    }

    @Test
    void shouldNotBeCompleteWhenOneWasRefused() {
        Map<Outcome, Long> outcomes = Map.of(Outcome.DELIVERED, 9L, Outcome.REFUSED, 1L);

        assertThat(result(Map.of(POSTHOG, 10L), 10, outcomes, 0, 0).complete()).isFalse();
    }

    @Test
    void shouldNotBeCompleteWhenSomethingWasDamaged() {
        DrainResult result = result(Map.of(POSTHOG, 10L), 10, Map.of(Outcome.DELIVERED, 10L), 0, 1);

        assertThat(result.complete()).isFalse();
        assertThat(DrainNotes.of(result)).containsExactly("1 batches were damaged and could not be sent.");
    }

    @Test
    void shouldBeCompleteWhenThereWasNothingToDo() {
        DrainResult result = DrainResult.nothingToDo(WireProtocol.POSTHOG, SpoolContents.of(Map.of(SEGMENT, 4L)));

        assertThat(result.complete()).isTrue();
        assertThat(DrainReport.of(result, SCREEN))
                .contains("Note: 4 events for segment were left alone")
                .endsWith("OK  there is nothing to send");
    }

    @Test
    void shouldSayWhyNothingWasBegun() {
        SpoolContents found = SpoolContents.of(Map.of(POSTHOG, 4L, SEGMENT, 2L));
        DrainResult result = DrainResult.notBegun(WireProtocol.POSTHOG, found, "the key is wrong");

        assertThat(result.complete()).isFalse();
        assertThat(result.remaining()).isEqualTo(4);
        assertThat(DrainReport.of(result, SCREEN))
                .endsWith("NOT COMPLETE (the key is wrong)  0 of 4 events delivered, 4 are still in the spool; the same"
                        + " command goes on with them");
    }
}
