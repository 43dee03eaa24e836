package dev.penstock.cli.spool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.cli.common.Screen;
import dev.penstock.engine.protocol.StoredEnvelope;
import dev.penstock.engine.spool.SegmentReport;
import dev.penstock.engine.spool.SegmentReport.Condition;
import dev.penstock.engine.spool.SpoolReport;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InspectReportTest {
    private static final PrintWriter NOWHERE = new PrintWriter(Writer.nullWriter());
    private static final Screen SCREEN = new Screen(NOWHERE, NOWHERE, false, false);
    private static final Path DIRECTORY = Path.of("/var/spool/shop");
    private static final Instant OLDEST = Instant.parse("2026-11-21T10:00:00.5Z");
    private static final Instant NEWEST = Instant.parse("2026-11-21T11:30:00Z");

    private static SegmentReport segment(int number, long records, Condition condition) {
        return new SegmentReport(
                "spool-000000000" + number + ".segment",
                1_000_000,
                records,
                records * 500,
                2,
                condition == Condition.DAMAGED ? 1 : 0,
                condition == Condition.TORN ? 812 : 0,
                records == 0 ? null : OLDEST,
                records == 0 ? null : NEWEST,
                condition);
    }

    /** As it is after a bad day. */
    private static SpoolReport troubled() {
        return new SpoolReport(
                true,
                6_000,
                12,
                4_000_000,
                812,
                1,
                OLDEST,
                NEWEST,
                List.of(
                        segment(1, 7, Condition.DAMAGED),
                        segment(2, 0, Condition.NEWER),
                        segment(3, 0, Condition.FOREIGN),
                        segment(4, 5, Condition.TORN)),
                List.of("notes.txt"),
                Map.of(
                        StoredEnvelope.POSTHOG_V1,
                        3_000L,
                        StoredEnvelope.POSTHOG_AI,
                        2_000L,
                        StoredEnvelope.SEGMENT,
                        1_000L),
                List.of("spool-0000000000.segment.damaged"));
    }

    private static SpoolReport empty() {
        return new SpoolReport(false, 0, 0, 0, 0, 0, null, null, List.of(), List.of(), Map.of(), List.of());
    }

    @Test
    void shouldShowEveryFileAndTheTotals() {
        assertThat(InspectReport.of(DIRECTORY, troubled(), SCREEN).lines())
                .contains(
                        "  File                       Batches       Events     Bytes   Oldest                 Newest",
                        "  spool-0000000001.segment         7        3,500   1.00 MB   2026-11-21T10:00:00Z  "
                                + " 2026-11-21T11:30:00Z   damaged",
                        "  spool-0000000002.segment         0            0   1.00 MB                         "
                                + "                        newer",
                        "  All                             12        6,000   4.00 MB   2026-11-21T10:00:00Z  "
                                + " 2026-11-21T11:30:00Z");
    }

    @Test
    void shouldSayWhatIsNotAsItShouldBe() {
        assertThat(InspectReport.of(DIRECTORY, troubled(), SCREEN).lines())
                .startsWith("Spool /var/spool/shop, in use by a client; figures change as it works")
                .contains(
                        "Note: 812 bytes at the end of a file were not written completely; they are not counted, and cut off when a"
                                + " client opens the spool.",
                        "Note: 1 batches are damaged and cannot be sent.",
                        "Note: spool-0000000002.segment is of a later version of Penstock; look at it with that one.",
                        "Note: spool-0000000003.segment has a segment's name and is none.",
                        "Note: 1 files that were damaged, or not the spool's, are in its folder set-aside.",
                        "Note: notes.txt is not a file of the spool and is left alone.")
                .endsWith("6,000 events wait to be sent: 5,000 for posthog, 1,000 for segment");
    }

    @Test
    void shouldBeBriefWhenThereIsNothing() {
        assertThat(InspectReport.of(DIRECTORY, empty(), SCREEN).lines())
                .containsExactly("Spool /var/spool/shop", "", "EMPTY  nothing waits to be sent");
    }

    @Test
    void shouldTellProgramsTheSame() throws Exception {
        JsonNode json = new ObjectMapper().readTree(InspectJson.of(troubled()));

        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "events",
                        "records",
                        "bytes",
                        "torn_bytes",
                        "damaged_records",
                        "segments",
                        "in_use",
                        "oldest",
                        "newest",
                        "events_for",
                        "set_aside",
                        "foreign");
        assertThat(json.path("events").asLong()).isEqualTo(6_000);
        assertThat(json.path("records").asLong()).isEqualTo(12);
        assertThat(json.path("bytes").asLong()).isEqualTo(4_000_000);
        assertThat(json.path("torn_bytes").asLong()).isEqualTo(812);
        assertThat(json.path("in_use").asBoolean()).isTrue();
        assertThat(json.path("events_for").path("posthog").asLong()).isEqualTo(5_000);
        assertThat(new ObjectMapper().readTree(InspectJson.of(empty())).has("oldest"))
                .isFalse();
    }
}
