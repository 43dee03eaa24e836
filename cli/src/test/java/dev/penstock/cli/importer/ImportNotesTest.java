package dev.penstock.cli.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.cli.common.WireProtocol;
import dev.penstock.client.ClientStats;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImportNotesTest {
    private final ImportTally tally = new ImportTally();

    private ImportResult result(long valuesReplaced, long noticesDropped) {
        ClientStats stats = new ClientStats(
                Map.of(),
                Map.of(),
                new ClientStats.Pending(0, 0, 0, 0),
                new ClientStats.Delivery(0, 0, 0, 0, 0, 0, 0, new ClientStats.Verdicts(0, 0, 0, 0, 0, 0)),
                new ClientStats.Ring(64, 0, 0),
                ClientStats.Spool.NONE,
                ClientStats.Health.NONE,
                valuesReplaced,
                0,
                noticesDropped);
        return new ImportResult(tally, stats, 1, "");
    }

    @Test
    void shouldBeSilentWhenThereIsNothingToSay() {
        assertThat(ImportNotes.of(result(0, 0), WireProtocol.SEGMENT)).isEmpty();
    }

    @Test
    void shouldSayThatLinesMayNotHaveBeenNamedWhenNoticesWereLost() {
        for (WireProtocol protocol : WireProtocol.values()) {
            assertThat(ImportNotes.of(result(0, 1_234), protocol))
                    .containsExactly(
                            "1,234 notices of how events ended were lost; lines that were too large may not have"
                                    + " been named.");
        }
    }

    @Test
    void shouldTellOfPostHogsOwnEventsOnlyWhereTheyAreNotKnown() {
        tally.postHogs();
        assertThat(ImportNotes.of(result(0, 0), WireProtocol.POSTHOG)).isEmpty();
        assertThat(ImportNotes.of(result(0, 0), WireProtocol.POSTHOG_V1)).isEmpty();
        assertThat(ImportNotes.of(result(0, 0), WireProtocol.SEGMENT))
                .singleElement()
                .asString()
                .startsWith("1 lines are PostHog's own events");
    }

    @Test
    void shouldTellEachThingInASentence() {
        tally.unknownFields();
        tally.postHogs();
        assertThat(ImportNotes.of(result(2, 3), WireProtocol.SEGMENT))
                .hasSize(4)
                .allSatisfy(note -> assertThat(note).endsWith(".").doesNotContain("\n"));
    }
}
