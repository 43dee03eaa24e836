package dev.penstock.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.cli.common.ClientLog;
import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureClients;
import dev.penstock.client.ClientConfig;
import dev.penstock.client.SpoolSettings;
import dev.penstock.collector.Answer;
import dev.penstock.collector.Collector;
import dev.penstock.collector.CollectorExtension;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.collector.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class SpoolTest {
    private static final String KEY = "phc_top_secret";
    private static final String UUID_START = "0195514d-6f10-7c3a-9d2e-";

    @RegisterExtension
    static final CollectorExtension COLLECTORS = new CollectorExtension();

    private final ObjectMapper mapper = new ObjectMapper();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"posthog", "posthog-v1", "segment"})
    void shouldSendLaterWhatAnImportCouldNot(String protocol, Collector collector) throws Exception {
        collector.stop();
        CommandRun imported = importLines(collector, 0, 50, "--protocol", protocol);
        JsonNode before = inspect();
        collector.restart();

        CommandRun drained = drain(collector);

        assertThat(imported.status()).isEqualTo(1);
        assertThat(imported.out())
                .contains(
                        "50 events are in the spool, neither lost nor delivered; send them with: penstock spool drain "
                                + spool() + " --host " + collector.uri() + " --protocol " + protocol
                                + ", and --key or $")
                .contains("0 of 50 good events delivered, 50 are in the spool");
        assertThat(before.path("events").asLong()).isEqualTo(50);
        assertThat(before.path("records").asLong()).isPositive();
        assertThat(before.path("bytes").asLong()).isPositive();
        assertThat(before.path("torn_bytes").asLong()).isZero();
        assertThat(drained.status()).as(drained.toString()).isZero();
        assertThat(drained.err()).isEmpty();
        assertThat(drained.lastLine()).startsWith("OK  50 events delivered in ");
        assertThat(collector.events())
                .extracting(ReceivedEvent::uuid)
                .containsExactlyInAnyOrderElementsOf(uuids(0, 50));
        assertThat(collector.events())
                .allSatisfy(event -> assertThat(event.timestamp()).isEqualTo(Instant.parse("2026-03-01T10:00:00Z")));
        assertThat(collector.stats().duplicates()).isZero();
        assertThat(inspect().path("events").asLong()).isZero();
        assertThat(imported.out() + drained.out() + drained.err()).doesNotContain(KEY);
    }

    @Test
    void shouldTellProgramsWhatIsInTheSpoolAfterAnImport(Collector collector) throws Exception {
        collector.stop();

        CommandRun run = importLines(collector, 0, 20, "--json");

        JsonNode result = mapper.readTree(run.lastLine());
        assertThat(run.status()).isEqualTo(1);
        assertThat(result.path("accepted").asLong()).isEqualTo(20);
        assertThat(result.path("in_spool").asLong()).isEqualTo(20);
        assertThat(result.path("pending").asLong()).isEqualTo(20);
        for (String name : new String[] {"delivered", "refused", "expired", "discarded", "recovered"}) {
            assertThat(result.path(name).asLong()).as(name).isZero();
        }
        assertThat(result.path("notes").path(0).asText()).startsWith("20 events are in the spool");
    }

    @Test
    void shouldSendWhatAnEarlierImportLeftWithTheNextOne(Collector collector) throws Exception {
        collector.stop();
        importLines(collector, 0, 30);
        collector.restart();

        CommandRun run = importLines(collector, 30, 50, "--json");

        JsonNode result = mapper.readTree(run.lastLine());
        assertThat(run.status()).as(run.toString()).isZero();
        assertThat(result.path("accepted").asLong()).isEqualTo(20);
        assertThat(result.path("recovered").asLong()).isEqualTo(30);
        assertThat(result.path("delivered").asLong()).isEqualTo(50);
        assertThat(result.path("in_spool").asLong()).isZero();
        assertThat(collector.events())
                .extracting(ReceivedEvent::uuid)
                .containsExactlyInAnyOrderElementsOf(uuids(0, 50));
    }

    @Test
    void shouldHaveNoKeyOnDisk(Collector collector) throws Exception {
        collector.stop();
        importLines(collector, 0, 10, "--no-gzip", "--spool-mode", "always", "--spool-sync", "batch");

        List<Path> files = files();
        assertThat(files).isNotEmpty();
        StringBuilder all = new StringBuilder();
        for (Path file : files) {
            all.append(Files.readString(file, ISO_8859_1));
        }
        assertThat(all.toString()).contains(UUID_START).doesNotContain(KEY);
    }

    @Test
    void shouldLoseNothingByAWrongKeyAndSayItAtOnce() throws Exception {
        try (Collector collector = Collector.builder().apiKey("phc_other").start()) {
            collector.stop();
            importLines(collector, 0, 10);
            collector.restart();

            CommandRun wrong = drain(collector);
            CommandRun wrongForPrograms = drain(collector, "--json");
            long left = inspect().path("events").asLong();
            CommandRun right = CommandRun.of(
                    "spool", "drain", spool(), "--host", collector.uri().toString(), "--key", "phc_other");

            assertThat(wrong.status()).isEqualTo(1);
            assertThat(wrong.out() + wrong.err()).contains("key").doesNotContain(KEY, "\tat ");
            assertThat(wrong.lastLine()).startsWith("NOT COMPLETE").contains("10 are still in the spool");
            assertThat(wrongForPrograms.status()).isEqualTo(1);
            JsonNode result = mapper.readTree(wrongForPrograms.lastLine());
            assertThat(result.path("remaining").asLong()).isEqualTo(10);
            assertThat(result.path("refused").asLong()).isZero();
            assertThat(result.path("trouble").asText()).contains("key");
            assertThat(left).isEqualTo(10);
            assertThat(right.status()).as(right.toString()).isZero();
            assertThat(collector.stats().distinct()).isEqualTo(10);
        }
    }

    @Test
    void shouldNotBeginWhileTheServerIsAway(Collector collector) throws Exception {
        collector.stop();
        importLines(collector, 0, 10);

        CommandRun run = drain(collector, "--patience", "1");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).startsWith("penstock spool drain: ").doesNotContain("\tat ");
        assertThat(run.lastLine()).startsWith("NOT COMPLETE (not begun: ").contains("10 are still in the spool");
        assertThat(inspect().path("events").asLong()).isEqualTo(10);
    }

    @Test
    void shouldKeepTheRestWhenItsPatienceEnds(Collector collector) throws Exception {
        collector.stop();
        importLines(collector, 0, 10);
        collector.restart();
        collector.answerWhen(request -> request.hasEvent("e"), Answer.status(503));

        CommandRun run = drain(collector, "--patience", "1");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.lastLine())
                .startsWith("NOT COMPLETE (gave up after no event could be settled for ")
                .endsWith("0 of 10 events delivered, 10 are still in the spool; the same command goes on with them");
        assertThat(inspect().path("events").asLong()).isEqualTo(10);
    }

    @Test
    void shouldSayWhenTheServerRefusedEvents(Collector collector) throws Exception {
        collector.stop();
        importLines(collector, 0, 4);
        collector.restart();
        collector.answerWhen(request -> request.hasEvent("e"), Answer.status(400));

        CommandRun run = drain(collector);

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.lastLine()).isEqualTo("NOT COMPLETE  0 of 4 events delivered; nothing is left");
        assertThat(inspect().path("events").asLong()).isZero();
    }

    @Test
    void shouldRefuseADirectoryThatAClientHasOpen(Collector collector) throws Exception {
        collector.stop();
        importLines(collector, 0, 10);
        try (CaptureClient owner = CaptureClients.create(ClientConfig.builder(KEY)
                .host(collector.uri().toString())
                .spool(SpoolSettings.builder(Path.of(spool())).build())
                .logger(ClientLog.open(null))
                .build())) {
            CommandRun drained = drain(collector);
            CommandRun imported = importLines(collector, 10, 20);
            CommandRun inspected = CommandRun.of("spool", "inspect", spool());

            assertThat(owner.stats().accepted()).isZero();
            assertThat(drained.status()).isEqualTo(1);
            assertThat(drained.err()).contains("is in use").doesNotContain("\tat ", "Exception", KEY);
            assertThat(imported.status()).isEqualTo(1);
            assertThat(imported.err()).contains("in use").doesNotContain("\tat ", "Exception", KEY);
            assertThat(inspected.status()).isZero();
            assertThat(inspected.out()).contains("in use");
            assertThat(inspect().path("in_use").asBoolean()).isTrue();
        }
        assertThat(inspect().path("events").asLong()).isEqualTo(10);
    }

    @Test
    void shouldBeContentWithAnEmptyDirectory(Collector collector) throws Exception {
        Files.createDirectory(Path.of(spool()));

        CommandRun drained = drain(collector);
        CommandRun inspected = CommandRun.of("spool", "inspect", spool());

        assertThat(drained.status()).isZero();
        assertThat(drained.lastLine()).isEqualTo("OK  there is nothing to send");
        assertThat(inspected.status()).isZero();
        assertThat(inspected.lastLine()).isEqualTo("EMPTY  nothing waits to be sent");
        assertThat(collector.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"inspect", "drain"})
    void shouldSayThatADirectoryIsMissing(String command, Collector collector) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        List<String> options =
                command.equals("drain") ? List.of("--host", collector.uri().toString(), "--key", KEY) : List.of();

        CommandRun missing = run(List.of("spool", command, spool()), options);
        CommandRun noDirectory = run(List.of("spool", command, file.toString()), options);

        assertThat(missing.status()).isEqualTo(1);
        assertThat(missing.err()).contains("there is no directory " + spool()).doesNotContain("\tat ");
        assertThat(noDirectory.status()).isEqualTo(1);
        assertThat(noDirectory.err()).contains(file + " is not a directory");
        assertThat(Files.exists(Path.of(spool()))).isFalse();
    }

    @Test
    void shouldSendForOneServiceAndLeaveTheOthersEventsAlone(Collector collector) throws Exception {
        collector.stop();
        importLines(collector, 0, 10);
        importLines(collector, 10, 16, "--protocol", "segment");
        collector.restart();

        CommandRun undecided = drain(collector);
        CommandRun posthog = drain(collector, "--protocol", "posthog");
        JsonNode between = inspect();
        CommandRun nothing = drain(collector, "--protocol", "posthog", "--json");
        CommandRun segment = drain(collector);

        assertThat(undecided.status()).isEqualTo(2);
        assertThat(undecided.err()).contains("10 for posthog, 6 for segment", "--protocol");
        assertThat(posthog.status()).as(posthog.toString()).isZero();
        assertThat(posthog.out()).contains("Note: 6 events for segment were left alone");
        assertThat(posthog.lastLine()).startsWith("OK  10 events delivered");
        assertThat(collector.eventsBy(Route.BATCH))
                .extracting(ReceivedEvent::uuid)
                .containsExactlyInAnyOrderElementsOf(uuids(0, 10));
        assertThat(between.path("events").asLong()).isEqualTo(6);
        assertThat(between.path("events_for").path("segment").asLong()).isEqualTo(6);
        assertThat(nothing.status()).isZero();
        assertThat(mapper.readTree(nothing.lastLine()).path("left_alone").asLong())
                .isEqualTo(6);
        assertThat(segment.status()).as(segment.toString()).isZero();
        assertThat(collector.eventsBy(Route.SEGMENT))
                .extracting(ReceivedEvent::uuid)
                .containsExactlyInAnyOrderElementsOf(uuids(10, 16));
        assertThat(inspect().path("events").asLong()).isZero();
    }

    @Test
    void shouldShowWhatIsInADirectory(Collector collector) throws Exception {
        collector.stop();
        importLines(collector, 0, 1_500, "--spool-mode", "always");
        Files.writeString(Path.of(spool(), "notes.txt"), "mine");

        CommandRun run = CommandRun.of("spool", "inspect", spool());
        JsonNode result = inspect();

        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("Batches", "Events", "1,500").contains("notes.txt is not a file of the spool");
        assertThat(run.lastLine()).isEqualTo("1,500 events wait to be sent: 1,500 for posthog");
        assertThat(result.path("events").asLong()).isEqualTo(1_500);
        assertThat(result.path("records").asLong()).isGreaterThanOrEqualTo(3);
        assertThat(result.path("foreign").path(0).asText()).isEqualTo("notes.txt");
    }

    @Test
    void shouldTellOfDamageAndSendTheRest(Collector collector) throws Exception {
        collector.stop();
        importLines(collector, 0, 300, "--batch-size", "100", "--spool-mode", "always", "--no-gzip");
        Path segment = files().stream()
                .filter(file -> file.toString().endsWith(".segment"))
                .findFirst()
                .orElseThrow();
        byte[] bytes = Files.readAllBytes(segment);
        bytes[new String(bytes, ISO_8859_1).indexOf("\"n\":150") + 4] ^= 1;
        Files.write(segment, bytes);
        collector.restart();

        CommandRun run = drain(collector, "--json");

        JsonNode result = mapper.readTree(run.lastLine());
        long damaged = result.path("discarded").asLong();
        assertThat(run.status()).isEqualTo(1);
        assertThat(damaged).as("one batch, the one with number 150").isBetween(1L, 100L);
        assertThat(result.path("delivered").asLong()).isEqualTo(300 - damaged);
        assertThat(result.path("notes").toString()).contains("1 batches were damaged", "folder set-aside");
        assertThat(collector.stats().distinct()).isEqualTo(300 - damaged);
        assertThat(collector.events()).extracting(ReceivedEvent::uuid).doesNotContain(uuid(150));
    }

    @ParameterizedTest
    @ValueSource(strings = {"on-outage", "always"})
    void shouldBalanceTheAccountOfADemo(String mode) throws Exception {
        CommandRun run = CommandRun.of("demo", "--events", "20000", "--spool", spool(), "--spool-mode", mode, "--json");

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).as(run.out()).isZero();
        JsonNode result = mapper.readTree(run.lastLine());
        assertThat(result.path("delivered").asLong()).isEqualTo(20_000);
        assertThat(result.path("in_spool").asLong()).isZero();
        assertThat(result.path("recovered").asLong()).isZero();
        assertThat(inspect().path("events").asLong()).isZero();
    }

    @Test
    void shouldShowPeopleWhatADemoWroteToDisk() {
        CommandRun run = CommandRun.of("demo", "--events", "5000", "--spool", spool(), "--spool-mode", "always");

        assertThat(run.status()).as(run.toString()).isZero();
        assertThat(run.out()).contains("spool " + spool()).containsPattern("written +5,000");
    }

    @Test
    void shouldTouchNoDirectoryWhenTheModeIsOff() {
        CommandRun run = CommandRun.of("demo", "--events", "500", "--spool", spool(), "--spool-mode", "off");

        assertThat(run.status()).isZero();
        assertThat(Files.exists(Path.of(spool()))).isFalse();
    }

    private String spool() {
        return folder.resolve("spool").toString();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(spool()))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private JsonNode inspect() throws IOException {
        CommandRun run = CommandRun.of("spool", "inspect", spool(), "--json");
        assertThat(run.status()).as(run.toString()).isZero();
        return mapper.readTree(run.lastLine());
    }

    private CommandRun drain(Collector collector, String... options) {
        List<String> command =
                List.of("spool", "drain", spool(), "--host", collector.uri().toString(), "--key", KEY);
        return run(command, Arrays.asList(options));
    }

    /** Lines {@code from} up to, and without, {@code to}; gives up after a second. */
    private CommandRun importLines(Collector collector, int from, int to, String... options) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = from; i < to; i++) {
            lines.append("{\"event\":\"e\",\"distinct_id\":\"u\",\"timestamp\":\"2026-03-01T10:00:00Z\",\"uuid\":\"")
                    .append(uuid(i))
                    .append("\",\"properties\":{\"n\":")
                    .append(i)
                    .append("}}\n");
        }
        Path file = Files.writeString(folder.resolve("lines.ndjson"), lines);
        List<String> command = List.of(
                "import",
                file.toString(),
                "--host",
                collector.uri().toString(),
                "--key",
                KEY,
                "--spool",
                spool(),
                "--patience",
                "1");
        return run(command, Arrays.asList(options));
    }

    private static CommandRun run(List<String> command, List<String> options) {
        List<String> args = new ArrayList<>(command);
        args.addAll(options);
        return CommandRun.of(args.toArray(new String[0]));
    }

    private static String uuid(int number) {
        return UUID_START + String.format("%012x", number);
    }

    private static List<String> uuids(int from, int to) {
        List<String> uuids = new ArrayList<>();
        for (int i = from; i < to; i++) {
            uuids.add(uuid(i));
        }
        return uuids;
    }
}
