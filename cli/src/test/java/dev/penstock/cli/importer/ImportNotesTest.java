package dev.penstock.cli.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.cli.common.SpoolRest;
import dev.penstock.cli.common.WireProtocol;
import dev.penstock.client.ClientStats;
import dev.penstock.client.SpoolSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImportNotesTest {
    private final ImportTally tally = new ImportTally();

    private ImportResult result(long valuesReplaced, long noticesDropped) {
        return result(valuesReplaced, noticesDropped, 0);
    }

    private ImportResult result(long valuesReplaced, long noticesDropped, long inSpool) {
        ClientStats stats = new ClientStats(
                Map.of(),
                Map.of(),
                new ClientStats.Pending(0, 0, 0, inSpool),
                new ClientStats.Delivery(0, 0, 0, 0, 0, 0, 0, new ClientStats.Verdicts(0, 0, 0, 0, 0, 0)),
                new ClientStats.Ring(64, 0, 0),
                ClientStats.Spool.NONE,
                ClientStats.Health.NONE,
                valuesReplaced,
                0,
                noticesDropped);
        return new ImportResult(tally, stats, 1, "");
    }

    private static List<String> notes(ImportResult result, WireProtocol protocol) {
        return ImportNotes.of(result, new SpoolRest(SpoolSettings.OFF, protocol, "http://localhost"));
    }

    @Test
    void shouldBeSilentWhenThereIsNothingToSay() {
        assertThat(notes(result(0, 0), WireProtocol.SEGMENT)).isEmpty();
    }

    @Test
    void shouldSayThatLinesMayNotHaveBeenNamedWhenNoticesWereLost() {
        for (WireProtocol protocol : WireProtocol.values()) {
            assertThat(notes(result(0, 1_234), protocol))
                    .containsExactly(
                            "1,234 notices of how events ended were lost; lines that were too large may not have"
                                    + " been named.");
        }
    }

    @Test
    void shouldTellOfPostHogsOwnEventsOnlyWhereTheyAreNotKnown() {
        tally.postHogs();
        assertThat(notes(result(0, 0), WireProtocol.POSTHOG)).isEmpty();
        assertThat(notes(result(0, 0), WireProtocol.POSTHOG_V1)).isEmpty();
        assertThat(notes(result(0, 0), WireProtocol.SEGMENT))
                .singleElement()
                .asString()
                .startsWith("1 lines are PostHog's own events");
    }

    @Test
    void shouldTellEachThingInASentence() {
        tally.unknownFields();
        tally.postHogs();
        assertThat(notes(result(2, 3), WireProtocol.SEGMENT))
                .hasSize(4)
                .allSatisfy(note -> assertThat(note).endsWith(".").doesNotContain("\n"));
    }

    @Test
    void shouldSayHowToSendWhatIsInTheSpool() {
        SpoolSettings spool = SpoolSettings.builder(Path.of("/var/my spool")).build();
        SpoolRest rest = new SpoolRest(spool, WireProtocol.SEGMENT, "https://events.eu1.segmentapis.com");

        assertThat(ImportNotes.of(result(0, 0, 1_200), rest))
                .containsExactly(
                        "1,200 events are in the spool, neither lost nor delivered; send them with: penstock spool"
                                + " drain '/var/my spool' --host https://events.eu1.segmentapis.com --protocol segment, and --key"
                                + " or $SEGMENT_WRITE_KEY.");
    }
}
