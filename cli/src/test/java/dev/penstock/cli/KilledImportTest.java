package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.collector.Answer;
import dev.penstock.collector.Collector;
import dev.penstock.collector.CollectorExtension;
import dev.penstock.collector.ReceivedEvent;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kills an import that has a spool, and finishes it. */
@Timeout(300)
class KilledImportTest {
    private static final String KEY = "phc_top_secret";
    private static final String UUID_START = "0195514d-6f10-7c3a-9d2e-";
    private static final int HEX = 16;
    private static final int LINES = 200_000;
    private static final int BATCH = 500;
    /** Requests under way, and those whose answers are not yet marked in the file. */
    private static final int UNACKNOWLEDGED_BATCHES = 20;

    @RegisterExtension
    static final CollectorExtension COLLECTORS = new CollectorExtension();

    private final ObjectMapper mapper = new ObjectMapper();

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void writeFile() throws IOException {
        file = folder.resolve("lines.ndjson");
        try (BufferedWriter lines = Files.newBufferedWriter(file)) {
            for (int i = 0; i < LINES; i++) {
                lines.write("{\"event\":\"e\",\"distinct_id\":\"u\",\"timestamp\":\"2026-03-01T10:00:00Z\",\"uuid\":\""
                        + UUID_START + String.format("%012x", i) + "\",\"properties\":{\"n\":" + i + "}}\n");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"posthog", "posthog-v1", "segment"})
    void shouldFinishAnImportThatWasKilledAtWork(String protocol, Collector collector) throws Exception {
        // A machine that is late to kill it finds it in the middle all the same.
        collector.answerWhen(request -> collector.stats().distinct() >= 100 * BATCH, Answer.hang());
        try (CliProcess process = startImport(collector, protocol, "always")) {
            process.await(() -> collector.stats().distinct() >= 20 * BATCH);
            process.kill();
        }
        collector.answerNormally();
        collector.release();

        JsonNode left = inspect();
        CommandRun drained = drain(collector);

        assertThat(drained.status()).as(drained.toString()).isZero();
        JsonNode result = mapper.readTree(drained.lastLine());
        // None, if the server happened to have answered for all that was stored.
        assertThat(result.path("recovered").asLong())
                .isEqualTo(left.path("events").asLong());
        assertThat(result.path("delivered").asLong())
                .isEqualTo(left.path("events").asLong());
        long distinct = collector.stats().distinct();
        assertThat(distinct).isBetween(20L * BATCH, LINES - 1L);
        assertThat(firstLines(collector))
                .as("no gap: whatever was stored arrived")
                .isEqualTo((int) distinct);
        assertThat(collector.stats().duplicates()).isLessThanOrEqualTo(UNACKNOWLEDGED_BATCHES * BATCH);
        assertThat(inspect().path("events").asLong()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"posthog", "posthog-v1", "segment"})
    void shouldSendWhatWasStoredAndNotAnswered(String protocol, Collector collector) throws Exception {
        collector.answerWhen(
                request -> request.hasEvent("e") && collector.stats().distinct() >= 10 * BATCH, Answer.hang());
        try (CliProcess process = startImport(collector, protocol, "always")) {
            process.await(() -> spooledEvents() >= 20 * BATCH);
            process.kill();
        }
        collector.answerNormally();
        collector.release();

        JsonNode left = inspect();
        CommandRun drained = drain(collector);

        assertThat(drained.status()).as(drained.toString()).isZero();
        JsonNode result = mapper.readTree(drained.lastLine());
        assertThat(left.path("events").asLong()).isGreaterThanOrEqualTo(20 * BATCH);
        assertThat(result.path("delivered").asLong())
                .isEqualTo(left.path("events").asLong());
        assertThat(result.path("protocol").asText()).isEqualTo(protocol.replace("-v1", ""));
        long distinct = collector.stats().distinct();
        assertThat(distinct).isGreaterThanOrEqualTo(20L * BATCH);
        assertThat(firstLines(collector))
                .as("no gap: whatever was stored arrived")
                .isEqualTo((int) distinct);
        assertThat(collector.stats().duplicates()).isLessThanOrEqualTo(UNACKNOWLEDGED_BATCHES * BATCH);
        assertThat(inspect().path("events").asLong()).isZero();
    }

    @Test
    void shouldFinishAnImportThatWasKilledWhileTheServerWasAway(Collector collector) throws Exception {
        collector.stop();
        try (CliProcess process = startImport(collector, "posthog", "on-outage")) {
            process.await(() -> spooledEvents() >= 50 * BATCH);
            process.kill();
        }
        collector.restart();

        long left = inspect().path("events").asLong();
        CommandRun drained = drain(collector);

        assertThat(drained.status()).as(drained.toString()).isZero();
        assertThat(left).isGreaterThanOrEqualTo(50L * BATCH);
        assertThat(collector.stats().distinct()).isEqualTo(left);
        assertThat(collector.stats().duplicates()).isZero();
    }

    @Test
    void shouldEndADrainInAnOrderlyWayWhenInterrupted(Collector collector) throws Exception {
        collector.stop();
        try (CliProcess process = startImport(collector, "posthog", "on-outage")) {
            process.await(() -> spooledEvents() >= 50 * BATCH);
            process.kill();
        }
        collector.restart();
        long left = inspect().path("events").asLong();
        collector.answerWhen(
                request -> request.hasEvent("e") && collector.stats().distinct() > 10 * BATCH, Answer.hang());

        String output;
        try (CliProcess process = CliProcess.start(folder, drainArguments(collector))) {
            process.await(() -> collector.stats().distinct() > 10 * BATCH);
            process.interrupt();
            output = process.output();
        }
        long stillLeft = inspect().path("events").asLong();
        collector.answerNormally();
        collector.release();
        CommandRun rest = drain(collector);

        assertThat(output)
                .contains(
                        "penstock spool drain: interrupted",
                        "\"trouble\":\"interrupted\"",
                        "\"remaining\":" + stillLeft);
        assertThat(stillLeft).isPositive().isLessThan(left);
        assertThat(rest.status()).as(rest.toString()).isZero();
        assertThat(collector.stats().distinct()).isEqualTo(left);
    }

    private CliProcess startImport(Collector collector, String protocol, String mode) throws IOException {
        return CliProcess.start(
                folder,
                "import",
                file.toString(),
                "--host",
                collector.uri().toString(),
                "--key",
                KEY,
                "--protocol",
                protocol,
                "--batch-size",
                Integer.toString(BATCH),
                "--spool",
                spool(),
                "--spool-mode",
                mode);
    }

    /** How many of the file's first lines arrived before the first that did not. */
    private static int firstLines(Collector collector) {
        BitSet arrived = new BitSet(LINES);
        for (ReceivedEvent event : collector.events()) {
            arrived.set(Integer.parseInt(event.uuid().substring(UUID_START.length()), HEX));
        }
        return arrived.nextClearBit(0);
    }

    private long spooledEvents() {
        return Files.isDirectory(Path.of(spool())) ? inspect().path("events").asLong() : 0;
    }

    private JsonNode inspect() {
        CommandRun run = CommandRun.of("spool", "inspect", spool(), "--json");
        assertThat(run.status()).as(run.toString()).isZero();
        try {
            return mapper.readTree(run.lastLine());
        } catch (IOException e) {
            throw new AssertionError(run.toString(), e);
        }
    }

    private CommandRun drain(Collector collector) {
        return CommandRun.of(drainArguments(collector));
    }

    private String[] drainArguments(Collector collector) {
        return List.of("spool", "drain", spool(), "--host", collector.uri().toString(), "--key", KEY, "--json")
                .toArray(new String[0]);
    }

    private String spool() {
        return folder.resolve("spool").toString();
    }
}
