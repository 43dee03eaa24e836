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
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class SegmentImportTest {
    private static final String KEY = "wk_top_secret";
    private static final int LIMIT = 32_000;
    private static final Path EXAMPLE = Path.of("examples", "commits.ndjson.gz");

    @RegisterExtension
    static final CollectorExtension COLLECTORS = new CollectorExtension();

    private final ObjectMapper mapper = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void shouldMakeATrackMessageOfALineWithNothingChanged(Collector collector) throws Exception {
        CommandRun run = importLines(collector, """
                {"event":" sp aced ","distinct_id":42,"timestamp":"2016-03-01T11:00:04.123456789+05:30",\
                "uuid":"0195514D-6f10-7c3a-9d2e-5b1f0a7c4e21","properties":\
                {"text":"Grüße, 世界 🎈 \\u0000\\"","big":123456789012345678901234567890,"plain":1.10,"none":null,\
                "deep":{"list":[1,null]}}}
                """);

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(collector.events()).isEqualTo(collector.eventsBy(Route.SEGMENT));
        ReceivedEvent message = collector.events().get(0);
        assertThat(message.fields())
                .containsOnlyKeys("type", "messageId", "event", "userId", "timestamp", "properties")
                .containsEntry("type", "track")
                .containsEntry("messageId", "0195514d-6f10-7c3a-9d2e-5b1f0a7c4e21")
                .containsEntry("event", " sp aced ")
                .containsEntry("userId", "42")
                .containsEntry("timestamp", "2016-03-01T05:30:04.123456789Z");
        Map<String, Object> properties = new HashMap<>();
        properties.put("text", "Grüße, 世界 🎈 \u0000\"");
        properties.put("big", new BigInteger("123456789012345678901234567890"));
        properties.put("plain", 1.1);
        properties.put("none", null);
        properties.put("deep", Map.of("list", Arrays.asList(1L, null)));
        assertThat(message.properties()).isEqualTo(properties);
    }

    @Test
    void shouldCallThoseWithoutAProfileAnonymous(Collector collector) throws Exception {
        importLines(
                collector,
                line("a", "\"$process_person_profile\":false")
                        + line("b", "\"$process_person_profile\":true")
                        + line("c", "\"$process_person_profile\":\"no\"")
                        + line("d", "\"x\":{\"$process_person_profile\":false}"));

        List<Map<String, Object>> messages =
                collector.events().stream().map(ReceivedEvent::fields).toList();
        assertThat(messages.get(0)).containsEntry("anonymousId", "u").doesNotContainKey("userId");
        assertThat(messages.subList(1, 4))
                .allSatisfy(message ->
                        assertThat(message).containsEntry("userId", "u").doesNotContainKey("anonymousId"));
        assertThat(collector.events().get(0).properties()).containsEntry("$process_person_profile", false);
    }

    @Test
    void shouldGiveTheSameIdsAsAnImportToPostHog(Collector collector) throws Exception {
        String lines = line("a", "") + line("a", "") + line("b", "");

        importLines(collector, lines);
        List<String> segment =
                collector.events().stream().map(ReceivedEvent::uuid).toList();
        collector.reset();
        importLines(collector, lines, "--protocol", "posthog");

        assertThat(segment).doesNotHaveDuplicates().hasSize(3);
        assertThat(collector.events()).extracting(ReceivedEvent::uuid).isEqualTo(segment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "500", "2500"})
    void shouldImportTwoThousandRealEventsWithNothingChanged(String batchSize, Collector collector) throws Exception {
        CommandRun run = runImport(collector, EXAMPLE.toString(), "--batch-size", batchSize);

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).as(run.out()).isZero();
        assertThat(run.lastLine()).startsWith("OK  2,000 events delivered in ");
        Map<Object, ReceivedEvent> byCommit = new HashMap<>();
        collector.eventsBy(Route.SEGMENT).forEach(event -> byCommit.put(event.property("commit"), event));
        List<JsonNode> lines = exampleLines();
        assertThat(lines).hasSize(2_000);
        assertThat(byCommit).hasSize(2_000);
        for (JsonNode line : lines) {
            ReceivedEvent message =
                    byCommit.get(line.path("properties").path("commit").asText());
            assertThat(message.event()).isEqualTo(line.path("event").asText());
            assertThat(message.distinctId()).isEqualTo(line.path("distinct_id").asText());
            assertThat(message.timestamp())
                    .isEqualTo(OffsetDateTime.parse(line.path("timestamp").asText())
                            .toInstant());
            assertThat(mapper.readTree(message.propertiesJson())).isEqualTo(line.path("properties"));
        }
    }

    @Test
    void shouldNameEveryLineThatIsTooLargeAndSendTheRest(Collector collector) throws Exception {
        int rest = sizeOf(collector, "");
        collector.reset();

        CommandRun run = importLines(
                collector,
                text("x".repeat(LIMIT - rest))
                        + text("x".repeat(LIMIT - rest + 1))
                        + text("x".repeat(LIMIT))
                        + text("世".repeat((LIMIT - rest) / 3))
                        + text("世".repeat((LIMIT - rest) / 3 + 1))
                        + text("good"),
                "--json");

        assertThat(run.status()).as(run.toString()).isZero();
        assertThat(run.errLines())
                .contains(tooLarge(2), tooLarge(3), tooLarge(5))
                .doesNotContain(tooLarge(1), tooLarge(4), tooLarge(6));
        JsonNode result = mapper.readTree(run.lastLine());
        assertThat(result.path("lines").asLong()).isEqualTo(6);
        assertThat(result.path("good").asLong()).isEqualTo(3);
        assertThat(result.path("bad").asLong()).isEqualTo(3);
        assertThat(result.path("accepted").asLong()).isEqualTo(5);
        assertThat(result.path("delivered").asLong()).isEqualTo(3);
        assertThat(result.path("refused").asLong()).isEqualTo(2);
        assertThat(collector.events()).hasSize(3).allMatch(message -> bytes(message) <= LIMIT);
        assertThat(bytes(collector.events().get(0))).isEqualTo(LIMIT);
    }

    @Test
    void shouldNameTheProtocolInTheResultForPrograms(Collector collector) throws Exception {
        CommandRun run = importLines(collector, line("a", ""), "--json");

        assertThat(run.err()).isEmpty();
        assertThat(run.outLines()).hasSize(1);
        JsonNode result = mapper.readTree(run.lastLine());
        assertThat(result.path("protocol").asText()).isEqualTo("segment");
        assertThat(result.path("notes").isArray()).isTrue();
        assertThat(result.path("notes")).isEmpty();
        assertThat(result.path("delivered").asLong()).isEqualTo(1);
    }

    @Test
    void shouldRideOutAnOutageWithoutDuplicates(Collector collector) throws Exception {
        collector.answerNextTo(Route.SEGMENT, Answer.status(503), Answer.status(429));

        CommandRun run = importLines(collector, line("a", "") + line("b", ""));

        assertThat(run.status()).as(run.toString()).isZero();
        assertThat(collector.stats().distinct()).isEqualTo(2);
        assertThat(collector.stats().duplicates()).isZero();
    }

    @Test
    void shouldBePatientWhileItOnlyWaitsAsTheServerAsks(Collector collector) throws Exception {
        Answer askedToWait = Answer.status(429).header("Retry-After", "2");
        collector.answerNextTo(Route.SEGMENT, askedToWait, askedToWait);

        CommandRun run = importLines(collector, line("a", ""), "--patience", "3");

        assertThat(run.status()).as(run.toString()).isZero();
        assertThat(collector.requestsTo(Route.SEGMENT)).hasSize(3);
    }

    @Test
    void shouldGiveUpWhenTheServerAsksForMoreThanItsPatience(Collector collector) throws Exception {
        collector.answerAll(Answer.status(429).header("Retry-After", "300"));

        CommandRun run = importLines(collector, line("a", ""), "--patience", "1");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.lastLine()).matches("NOT COMPLETE \\(gave up after no event could be settled for \\d+ s\\) .*");
    }

    @Test
    void shouldTellHowManyLinesArePostHogsOwnEvents(Collector collector) throws Exception {
        String lines = line("$identify", "")
                + line("$create_alias", "")
                + line("$groupidentify", "")
                + line("$set", "")
                + line("$pageview", "")
                + line("identify", "");

        CommandRun forPeople = importLines(collector, lines);
        CommandRun forPrograms = importLines(collector, lines, "--json");

        String note =
                "4 lines are PostHog's own events ($identify, $create_alias, $groupidentify, $set) and were sent as"
                        + " track messages, which change no user or group; send identify, alias and group messages in their"
                        + " place.";
        assertThat(forPeople.outLines()).contains("Note: " + note);
        JsonNode notes = mapper.readTree(forPrograms.lastLine()).path("notes");
        assertThat(notes).hasSize(1);
        assertThat(notes.path(0).asText()).isEqualTo(note);
        assertThat(collector.events())
                .hasSize(12)
                .allMatch(message -> "track".equals(message.fields().get("type")));
    }

    @Test
    void shouldExitWith1WhenTheServerRefusesTheKeyWithoutShowingIt() throws Exception {
        try (Collector collector = Collector.builder().apiKey("wk_other").start()) {
            CommandRun run = importLines(collector, line("a", "") + line("b", ""));

            assertThat(run.status()).isEqualTo(1);
            assertThat(run.lastLine()).startsWith("NOT COMPLETE").contains("0 of 2 good events delivered");
            assertThat(run.out() + run.err()).doesNotContain(KEY, "\tat ");
        }
    }

    @Test
    void shouldSendPlainBatchesWhenTold(Collector collector) throws Exception {
        importLines(collector, line("a", ""));
        importLines(collector, line("a", ""), "--no-gzip");

        assertThat(collector.requests())
                .extracting(request -> request.header("content-encoding").orElse("none"))
                .containsExactly("gzip", "none");
    }

    private int sizeOf(Collector collector, String text) throws IOException {
        importLines(collector, text(text));
        return bytes(collector.events().get(0));
    }

    private static int bytes(ReceivedEvent message) {
        return message.json().getBytes(UTF_8).length;
    }

    private static String tooLarge(int line) {
        return "line " + line + ": the event is larger than " + LIMIT + " bytes, which the server does not take";
    }

    private static String text(String text) {
        return line("a", "\"t\":\"" + text + "\"");
    }

    private static String line(String event, String properties) {
        return "{\"event\":\"" + event + "\",\"distinct_id\":\"u\",\"timestamp\":\"2026-03-01T10:00:00Z\","
                + "\"properties\":{" + properties + "}}\n";
    }

    private CommandRun importLines(Collector collector, String lines, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("lines.ndjson"), lines);
        return runImport(collector, file.toString(), options);
    }

    private static CommandRun runImport(Collector collector, String file, String... options) {
        List<String> args = new ArrayList<>(
                List.of("import", file, "--host", collector.uri().toString(), "--key", KEY));
        if (!List.of(options).contains("--protocol")) {
            args.addAll(List.of("--protocol", "segment"));
        }
        args.addAll(List.of(options));
        return CommandRun.of(args.toArray(new String[0]));
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
