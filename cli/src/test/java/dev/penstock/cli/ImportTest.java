package dev.penstock.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.collector.Answer;
import dev.penstock.collector.Collector;
import dev.penstock.collector.CollectorExtension;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.collector.Route;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ImportTest {
    private static final String KEY = "phc_top_secret";
    private static final Path EXAMPLE = Path.of("examples", "commits.ndjson.gz");

    @RegisterExtension
    static final CollectorExtension COLLECTORS = new CollectorExtension();

    private final ObjectMapper mapper = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void shouldSendEveryFieldUnchangedAndTheSameInstant(Collector collector) throws Exception {
        CommandRun run = importLines(collector, """
                {"event":"  sp aced ","distinct_id":"u-1","timestamp":"2026-03-01T11:00:04.123456789+05:30","properties":\
                {"text":"Grüße, 世界 🎈 \\u0000\\" \\\\ \\n","big":123456789012345678901234567890,"long":9223372036854775807,\
                "exact":0.1234567890123456789012345,"plain":1.10,"huge":1e400,"none":null,"yes":true,"negative":-0.0,\
                "deep":{"list":[1,[2,{"x":[]}],null,"é"],"empty":{}}}}
                {"event":"b","distinct_id":42,"timestamp":1772359204871,"uuid":"0195514D-6f10-7c3a-9d2e-5b1f0a7c4e21"}
                """);

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        ReceivedEvent first = collector.events().get(0);
        assertThat(first.event()).isEqualTo("  sp aced ");
        assertThat(first.distinctId()).isEqualTo("u-1");
        assertThat(first.timestampText()).isEqualTo("2026-03-01T05:30:04.123456789Z");
        assertThat(first.properties())
                .containsEntry("text", "Grüße, 世界 🎈 \u0000\" \\ \n")
                .containsEntry("big", new BigInteger("123456789012345678901234567890"))
                .containsEntry("long", Long.MAX_VALUE)
                .containsEntry("exact", new BigDecimal("0.1234567890123456789012345"))
                .containsEntry("plain", 1.1)
                .containsEntry("none", null)
                .containsEntry("yes", true)
                .containsEntry(
                        "deep",
                        Map.of(
                                "list", Arrays.asList(1L, List.of(2L, Map.of("x", List.of())), null, "é"),
                                "empty", Map.of()))
                .containsKey("$lib");
        assertThat(new BigDecimal(first.property("huge").toString())).isEqualByComparingTo("1e400");
        assertThat(first.propertiesJson()).contains("\"negative\":-0.0");
        ReceivedEvent second = collector.events().get(1);
        assertThat(second.distinctId()).isEqualTo("42");
        assertThat(second.timestamp()).isEqualTo(Instant.ofEpochMilli(1_772_359_204_871L));
        assertThat(second.uuid()).isEqualTo("0195514d-6f10-7c3a-9d2e-5b1f0a7c4e21");
    }

    @Test
    void shouldSendByTheAnalyticsEndpointWhenTold(Collector collector) throws Exception {
        Path file = Files.writeString(folder.resolve("two.ndjson"), line("m1", "u") + line("$ai_trace", "u"));

        CommandRun run = runImport(collector, file.toString(), "--protocol", "posthog-v1");

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(collector.eventsBy(Route.ANALYTICS))
                .extracting(ReceivedEvent::event)
                .containsExactly("m1");
        assertThat(collector.eventsBy(Route.BATCH))
                .extracting(ReceivedEvent::event)
                .containsExactly("$ai_trace");
    }

    @Test
    void shouldTakeTheTimeOfImportWhenALineHasNone(Collector collector) throws Exception {
        Instant before = Instant.now().minusSeconds(1);

        importLines(collector, "{\"event\":\"a\",\"distinct_id\":\"u\"}\n");

        assertThat(collector.events().get(0).timestamp())
                .isBetween(before, Instant.now().plusSeconds(1));
    }

    @Test
    void shouldReportBadLinesWithTheirNumbersAndSendTheRest(Collector collector) throws Exception {
        String tooLong = "{\"event\":\"a\",\"distinct_id\":\"" + "x".repeat(1 << 20) + "\"}";
        String tooLarge =
                "{\"event\":\"a\",\"distinct_id\":\"u\",\"properties\":{\"t\":\"" + "x".repeat(950_000) + "\"}}";
        String tooDeep = "{\"event\":\"a\",\"distinct_id\":\"u\",\"properties\":{\"t\":" + "[".repeat(17)
                + "]".repeat(17) + "}}";
        String good = "{\"event\":\"good\",\"distinct_id\":\"u\",\"properties\":{\"t\":" + "[".repeat(16)
                + "]".repeat(16) + "}}";
        String[] lines = {
            good,
            "nonsense",
            "",
            "[1]",
            "{\"event\":\"a\"}",
            "{\"event\":\" \",\"distinct_id\":\"u\"}",
            "{\"event\":\"a\",\"distinct_id\":\"u\",\"timestamp\":\"yesterday\\u001b[31m\"}",
            "{\"event\":\"a\",\"distinct_id\":\"u\",\"timestamp\":\"2026-03-01T10:00:00\"}",
            "{\"event\":\"a\",\"distinct_id\":\"u\",\"uuid\":\"1-1-1-1-1\"}",
            "{\"event\":\"a\",\"distinct_id\":\"u\",\"properties\":[]}",
            "{\"event\":\"a\",\"distinct_id\":\"u\"} {}",
            "{\"event\":5,\"distinct_id\":\"u\"}",
            "{\"event\":\"a\",\"distinct_id\":{}}",
            "{\"event\":\"a\",\"distinct_id\":\"u\"",
            "{\"event\":\"a\",\"distinct_id\":\"u\",\"timestamp\":1e3}",
            tooLong,
            tooLarge,
            tooDeep,
            good
        };

        CommandRun run = importLines(collector, String.join("\r\n", lines), "--json");

        assertThat(run.status()).isZero();
        assertThat(run.errLines())
                .containsExactly(
                        "line 2: not valid JSON at column 1",
                        "line 4: not a JSON object",
                        "line 5: distinct_id is missing",
                        "line 6: event is blank",
                        "line 7: timestamp \"yesterday?[31m\" is not ISO 8601 with an offset, such as"
                                + " 2026-03-01T10:00:04.871Z",
                        "line 8: timestamp \"2026-03-01T10:00:00\" is not ISO 8601 with an offset, such as"
                                + " 2026-03-01T10:00:04.871Z",
                        "line 9: uuid \"1-1-1-1-1\" is not a UUID",
                        "line 10: properties is not an object",
                        "line 11: more text after the JSON object",
                        "line 12: event is not a text",
                        "line 13: distinct_id is not a text",
                        "line 14: not valid JSON at column 31",
                        "line 15: timestamp is neither a text nor a whole number of milliseconds",
                        "line 16: longer than 1048576 bytes",
                        "line 17: the event is larger than 921600 bytes, which the server does not take",
                        "line 18: a property is nested deeper than 16 levels");
        JsonNode result = mapper.readTree(run.lastLine());
        assertThat(result.fieldNames())
                .toIterable()
                .containsExactly(
                        "protocol",
                        "lines",
                        "good",
                        "bad",
                        "accepted",
                        "recovered",
                        "delivered",
                        "refused",
                        "expired",
                        "discarded",
                        "pending",
                        "in_spool",
                        "seconds",
                        "notes");
        assertThat(result.path("lines").asLong()).isEqualTo(18);
        assertThat(result.path("good").asLong()).isEqualTo(2);
        assertThat(result.path("bad").asLong()).isEqualTo(16);
        assertThat(result.path("delivered").asLong()).isEqualTo(2);
        assertThat(collector.events()).extracting(ReceivedEvent::event).containsExactly("good", "good");
        assertThat(collector.events().get(0).propertiesJson()).contains("[".repeat(16) + "]".repeat(16));
    }

    @Test
    void shouldNameALineThatIsFoundTooLargeOnlyWhenItIsEncoded(Collector collector) throws Exception {
        String properties = "\"properties\":{\"t\":\"" + "世".repeat(320_000) + "\"}}\n";

        CommandRun run = importLines(
                collector, line("a", "u") + "{\"event\":\"wide\",\"distinct_id\":\"u\"," + properties, "--json");

        assertThat(run.status()).as(run.toString()).isZero();
        assertThat(run.errLines())
                .contains("line 2: the event is larger than 921600 bytes, which the server does not take");
        JsonNode result = mapper.readTree(run.lastLine());
        assertThat(result.path("good").asLong()).isEqualTo(1);
        assertThat(result.path("bad").asLong()).isEqualTo(1);
        assertThat(result.path("delivered").asLong()).isEqualTo(1);
        assertThat(result.path("refused").asLong()).isEqualTo(1);
    }

    @Test
    void shouldReadGzipOfSeveralMembersAndStandardInput(Collector collector) throws Exception {
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        for (int i = 0; i < 3; i++) {
            try (GZIPOutputStream member = new GZIPOutputStream(members)) {
                member.write(line("m" + i, "u").getBytes(UTF_8));
            }
        }
        Path file = Files.write(folder.resolve("misnamed.txt"), members.toByteArray());

        CommandRun ofFile = runImport(collector, file.toString());
        CommandRun ofInput = CommandRun.withInput(members.toByteArray(), arguments(collector, "-"));

        assertThat(ofFile.status()).isZero();
        assertThat(ofInput.status()).isZero();
        assertThat(collector.events())
                .extracting(ReceivedEvent::event)
                .containsExactly("m0", "m1", "m2", "m0", "m1", "m2");
    }

    @Test
    void shouldSayWhenAGzipFileIsCutShort(Collector collector) throws Exception {
        byte[] whole = Files.readAllBytes(EXAMPLE);
        Path file = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(whole, whole.length / 2));

        CommandRun run = runImport(collector, file.toString(), "--json");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("the file cannot be read beyond line").doesNotContain("\tat ");
        JsonNode result = mapper.readTree(run.lastLine());
        assertThat(result.path("delivered").asLong())
                .isPositive()
                .isEqualTo(result.path("good").asLong());
    }

    @Test
    void shouldGiveTheSameIdsAgainAlsoToIdenticalLinesAndAGrownFile(Collector collector) throws Exception {
        String start = line("a", "u") + line("a", "u") + line("b", "u") + line("a", "u");

        importLines(collector, start);
        List<String> first = uuids(collector);
        collector.reset();
        importLines(collector, start.replace("\n", "\r\n") + line("c", "u") + line("a", "u"));
        List<String> grown = uuids(collector);

        assertThat(new HashSet<>(first)).hasSize(4);
        assertThat(new HashSet<>(grown)).hasSize(6);
        assertThat(grown.subList(0, 4)).isEqualTo(first);
        assertThat(first).allMatch(id -> id.charAt(14) == '8' && "89ab".indexOf(id.charAt(19)) >= 0);
    }

    @Test
    void shouldImportTwoThousandRealEventsWithNothingChanged(Collector collector) throws Exception {
        CommandRun run = runImport(collector, EXAMPLE.toString(), "--batch-size", "300");

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).as(run.out()).isZero();
        assertThat(run.lastLine()).startsWith("OK  2,000 events delivered in ");
        List<JsonNode> lines = exampleLines();
        Map<String, ReceivedEvent> byCommit = new HashMap<>();
        collector.events().forEach(event -> byCommit.put((String) event.property("commit"), event));
        assertThat(lines).hasSize(2_000);
        assertThat(byCommit).hasSize(2_000);
        for (JsonNode line : lines) {
            ReceivedEvent event =
                    byCommit.get(line.path("properties").path("commit").asText());
            assertThat(event.event()).isEqualTo(line.path("event").asText());
            assertThat(event.distinctId()).isEqualTo(line.path("distinct_id").asText());
            assertThat(event.timestamp())
                    .isEqualTo(OffsetDateTime.parse(line.path("timestamp").asText())
                            .toInstant());
            assertThat(event.timestampText()).endsWith("Z");
            JsonNode sent = mapper.readTree(event.propertiesJson());
            line.path("properties")
                    .properties()
                    .forEach(
                            property -> assertThat(sent.path(property.getKey())).isEqualTo(property.getValue()));
        }
    }

    @Test
    void shouldReadBackWhatTheCollectorRecorded(Collector collector) throws Exception {
        Path record = folder.resolve("record.ndjson");
        try (Collector recording = Collector.builder().recordTo(record).start()) {
            assertThat(runImport(recording, EXAMPLE.toString()).status()).isZero();
            assertThat(runImport(collector, record.toString(), "--patience", "10")
                            .status())
                    .isZero();

            assertThat(fieldsById(collector)).hasSize(2_000).isEqualTo(fieldsById(recording));
        }
    }

    @Test
    void shouldMarkBatchesAsHistoricalOnlyWhenAsked(Collector collector) throws Exception {
        importLines(collector, line("a", "u"));
        importLines(collector, line("a", "u"), "--historical");

        assertThat(collector.requests()).hasSize(2);
        assertThat(collector.requests().get(0).body()).doesNotContain("\"historical_migration\":true");
        assertThat(collector.requests().get(1).body()).contains("\"historical_migration\":true");
    }

    @Test
    void shouldExitWith1WhenTheServerRefusesTheKeyWithoutShowingIt(Collector collector) throws Exception {
        collector.answerAll(Answer.status(401));

        CommandRun run = importLines(collector, line("a", "u") + line("b", "u"));

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.lastLine()).startsWith("NOT COMPLETE").contains("0 of 2 good events delivered");
        assertThat(run.out() + run.err()).doesNotContain(KEY, "\tat ");
    }

    @Test
    void shouldGiveUpInBoundedTimeWhenTheServerIsAway(Collector collector) throws Exception {
        collector.stop();

        long start = System.nanoTime();
        CommandRun run = importLines(collector, line("a", "u").repeat(10), "--patience", "1", "--json");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(run.status()).isEqualTo(1);
        JsonNode result = mapper.readTree(run.lastLine());
        assertThat(result.path("accepted").asLong()).isEqualTo(10);
        assertThat(result.path("delivered").asLong()).isZero();
        assertThat(result.path("discarded").asLong()).isEqualTo(10);
        assertThat(result.path("pending").asLong()).isZero();
    }

    @Test
    void shouldTellWhichLinesHaveFieldsThatAreNotSent(Collector collector) throws Exception {
        CommandRun run = importLines(
                collector, line("a", "u") + "{\"event\":\"b\",\"distinct_id\":\"u\",\"type\":\"capture\"}\n");

        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("Note: 1 lines have fields other than").doesNotContain("\u001b", "\r");
    }

    @Test
    void shouldSendPostHogsOwnEventsToPostHogWithoutANote(Collector collector) throws Exception {
        CommandRun run = importLines(collector, line("$identify", "u") + line("$set", "u"), "--json");

        assertThat(run.status()).isZero();
        assertThat(mapper.readTree(run.lastLine()).path("notes")).isEmpty();
        assertThat(collector.events()).extracting(ReceivedEvent::event).containsExactly("$identify", "$set");
    }

    @Test
    void shouldBeContentWithAnEmptyFile(Collector collector) throws Exception {
        CommandRun run = importLines(collector, "", "--json");

        assertThat(run.status()).isZero();
        assertThat(run.lastLine())
                .startsWith("{\"protocol\":\"posthog\",\"lines\":0,\"good\":0,\"bad\":0,\"accepted\":0,");
        assertThat(collector.requests()).isEmpty();
    }

    private static String line(String event, String id) {
        return "{\"event\":\"" + event + "\",\"distinct_id\":\"" + id + "\",\"timestamp\":\"2026-03-01T10:00:00Z\"}\n";
    }

    private CommandRun importLines(Collector collector, String lines, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("lines.ndjson"), lines);
        return runImport(collector, file.toString(), options);
    }

    private static CommandRun runImport(Collector collector, String file, String... options) {
        return CommandRun.of(arguments(collector, file, options));
    }

    private static String[] arguments(Collector collector, String file, String... options) {
        List<String> args = new ArrayList<>(
                List.of("import", file, "--host", collector.uri().toString(), "--key", KEY));
        args.addAll(Arrays.asList(options));
        return args.toArray(new String[0]);
    }

    private static List<String> uuids(Collector collector) {
        return collector.events().stream().map(ReceivedEvent::uuid).toList();
    }

    private static Map<String, Map<String, Object>> fieldsById(Collector collector) {
        Map<String, Map<String, Object>> fields = new HashMap<>();
        collector.events().forEach(event -> fields.put(event.uuid(), event.fields()));
        return fields;
    }

    private List<JsonNode> exampleLines() throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(EXAMPLE))) {
            List<JsonNode> lines = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), UTF_8).lines().toList()) {
                lines.add(mapper.readTree(line));
            }
            return lines;
        }
    }
}
