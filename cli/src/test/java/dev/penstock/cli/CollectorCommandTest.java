package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.cli.common.Screen;
import dev.penstock.collector.Collector;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CollectorCommandTest {
    private static final String ONE_FLAG = "{\"flags\":[{\"key\":\"a\"}]}";
    private static final String TWO_FLAGS = "{\"flags\":[{\"key\":\"a\"},{\"key\":\"b\"}]}";
    private static final String ONE_LOG = "{\"resourceLogs\":[{\"resource\":{\"attributes\":["
            + "{\"key\":\"service.name\",\"value\":{\"stringValue\":\"s\"}},"
            + "{\"key\":\"telemetry.sdk.name\",\"value\":{\"stringValue\":\"l\"}},"
            + "{\"key\":\"telemetry.sdk.version\",\"value\":{\"stringValue\":\"1\"}}]},"
            + "\"scopeLogs\":[{\"scope\":{\"name\":\"l\",\"version\":\"1\"},\"logRecords\":["
            + "{\"timeUnixNano\":\"1770802201902000000\",\"observedTimeUnixNano\":\"1770802201902000000\","
            + "\"severityNumber\":9,\"severityText\":\"INFO\",\"body\":{\"stringValue\":\"m\"},"
            + "\"attributes\":[]}]}]}]}";
    private static final Path EXAMPLE = Path.of("examples", "commits.ndjson.gz");

    @TempDir
    private Path folder;

    @Test
    void shouldReceiveRecordCountAndEndWithTotals() throws Exception {
        Path record = folder.resolve("seen.ndjson");
        Running running = Running.of("--port", "0", "--record", record.toString(), "--key", "phc_right");
        String url = running.url();

        CommandRun good = CommandRun.of("import", EXAMPLE.toString(), "--host", url, "--key", "phc_right");
        CommandRun bad = CommandRun.of("import", EXAMPLE.toString(), "--host", url, "--key", "phc_wrong");
        String stats = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url + "/stats")).build(), HttpResponse.BodyHandlers.ofString())
                .body();

        assertThat(running.end()).isZero();
        assertThat(good.status()).as(good.toString()).isZero();
        assertThat(bad.status()).isEqualTo(1);
        assertThat(stats).contains("\"events\":2000", "\"distinct\":2000", "\"duplicates\":0");
        assertThat(Files.readAllLines(record)).hasSize(2_000);
        assertThat(running.lines().last()).startsWith("total: 2,000 events, 2,000 distinct, 0 duplicates, ");
        assertThat(running.err()).startsWith("invalid request: ").doesNotContain("phc_right", "phc_wrong");
    }

    @Test
    void shouldTellOfEventsByRouteAndOfLogs() throws Exception {
        Running running = Running.of("--port", "0");
        String analytics = "{\"created_at\":\"2026-02-11T09:30:02Z\",\"batch\":[{\"event\":\"a\","
                + "\"uuid\":\"019c4c0a-6f10-7000-8000-000000000001\",\"distinct_id\":\"d\","
                + "\"timestamp\":\"2026-02-11T09:30:01Z\",\"options\":{}}]}";
        String ai = "{\"api_key\":\"phc_any\",\"batch\":[{\"event\":\"$ai_span\","
                + "\"uuid\":\"019c4c0a-6f10-7000-8000-000000000002\",\"distinct_id\":\"d\","
                + "\"timestamp\":\"2026-02-11T09:30:01Z\","
                + "\"properties\":{\"$lib\":\"l\",\"$lib_version\":\"1\"}}]}";

        assertThat(running.post(
                                "/i/v1/analytics/events",
                                analytics,
                                "Authorization",
                                "Bearer phc_any",
                                "User-Agent",
                                "test/1",
                                "PostHog-Sdk-Info",
                                "test/1",
                                "PostHog-Request-Id",
                                "019c4c0a-6f10-7000-8000-000000000003",
                                "PostHog-Attempt",
                                "1",
                                "PostHog-Request-Timestamp",
                                "2026-02-11T09:30:02Z")
                        .statusCode())
                .isEqualTo(200);
        assertThat(running.post("/i/v0/ai/batch/", ai).statusCode()).isEqualTo(200);
        String segment =
                "{\"sentAt\":\"2026-02-11T09:30:02Z\",\"writeKey\":\"wk_any\",\"batch\":[{\"type\":\"identify\","
                        + "\"messageId\":\"m-1\",\"userId\":\"u\",\"timestamp\":\"2026-02-11T09:30:01Z\"}]}";
        assertThat(running.post("/v1/batch", segment).body()).isEqualTo("{\"success\":true}");
        assertThat(running.post("/i/v1/logs?token=phc_any", ONE_LOG).body()).isEqualTo("{}");
        assertThat(running.post("/i/v1/logs?token=phc_any", "{}").statusCode()).isEqualTo(400);

        assertThat(running.end()).isZero();
        assertThat(running.lines().all())
                .contains(
                        "messages of Segment: POST /v1/batch, /v1/import",
                        "of which 0 events by the batch route, 1 by the analytics route, 1 by the AI route,"
                                + " 1 by the Segment route",
                        "and 1 log records in 2 requests");
        assertThat(running.err()).isEqualTo("invalid log request: resourceLogs is missing or null\n");
    }

    @Test
    void shouldServeDefinitionsAndReadThemAgainWhenTheyChange() throws Exception {
        Path file = Files.writeString(folder.resolve("flags.json"), ONE_FLAG);
        Running running = Running.of(
                "--port", "0", "--flags", file.toString(), "--secret-key", "phs_right", "--key", "phc_right");

        assertThat(running.definitions("phs_wrong").statusCode()).isEqualTo(401);
        assertThat(running.definitions("phs_right").body()).isEqualTo(ONE_FLAG);
        assertThat(running.evaluation().body()).startsWith("{\"flags\":{},");
        write(file, TWO_FLAGS, 1);
        assertThat(running.definitions("phs_right").body()).isEqualTo(TWO_FLAGS);
        write(file, "{\"flags\":[", 2);
        assertThat(running.definitions("phs_right").body()).isEqualTo(TWO_FLAGS);
        assertThat(running.definitions("phs_right").body()).isEqualTo(TWO_FLAGS);

        assertThat(running.end()).isZero();
        assertThat(running.lines().last()).isEqualTo("and 6 flag requests");
        assertThat(running.err().lines())
                .hasSize(2)
                .contains("invalid flag request: the secret key is not the one expected")
                .anyMatch(line -> line.startsWith(file + ": not flag definitions: ")
                        && line.endsWith("; the definitions read before stay"));
        assertThat(running.err()).doesNotContain("phs_right", "phs_wrong");
    }

    @Test
    void shouldTellOfABrokenDefinitionsFileWhileItRuns() throws Exception {
        Path file = Files.writeString(folder.resolve("flags.json"), ONE_FLAG);
        Running running = Running.of("--port", "0", "--flags", file.toString());
        write(file, "broken", 1);

        assertThat(running.definitions("phs_any").body()).isEqualTo(ONE_FLAG);

        assertThat(running.complaints().next()).startsWith(file + ": not flag definitions: ");
        assertThat(running.end()).isZero();
    }

    /** Writes a version with a modification time of its own, however coarse the file system's clock is. */
    private static void write(Path file, String json, int version) throws IOException {
        Files.writeString(file, json);
        Files.setLastModifiedTime(
                file, FileTime.from(Instant.parse("2026-02-11T09:30:00Z").plusSeconds(version)));
    }

    @Test
    void shouldExplainThatThePortIsTaken() {
        try (Collector other = Collector.start()) {
            CommandRun run = CommandRun.of("collector", "--port", Integer.toString(other.port()));

            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err())
                    .contains("port " + other.port() + " cannot be opened")
                    .doesNotContain("\tat ");
        }
    }

    /** The command on a thread of its own. */
    private record Running(
            FutureTask<Integer> command, Thread thread, String url, LineQueue lines, LineQueue complaints) {
        private static final HttpClient HTTP = HttpClient.newHttpClient();

        static Running of(String... options) throws InterruptedException {
            LineQueue lines = new LineQueue();
            LineQueue complaints = new LineQueue();
            Screen screen = new Screen(new PrintWriter(lines, true), new PrintWriter(complaints, true), false, false);
            String[] args =
                    Stream.concat(Stream.of("collector"), Stream.of(options)).toArray(String[]::new);
            FutureTask<Integer> command =
                    new FutureTask<>(() -> Penstock.run(screen, InputStream.nullInputStream(), args));
            Thread thread = new Thread(command, "collector-command");
            thread.start();
            String url = lines.next().replaceAll(".*(http://127[^ ]*).*", "$1");
            return new Running(command, thread, url, lines, complaints);
        }

        HttpResponse<String> definitions(String secretKey) throws IOException, InterruptedException {
            return send(HttpRequest.newBuilder(URI.create(url + "/flags/definitions?token=phc_right&send_cohorts"))
                    .header("Authorization", "Bearer " + secretKey));
        }

        HttpResponse<String> evaluation() throws IOException, InterruptedException {
            return send(HttpRequest.newBuilder(URI.create(url + "/flags/?v=2"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"token\":\"phc_right\",\"distinct_id\":\"u\","
                            + "\"groups\":{},\"person_properties\":{},\"group_properties\":{},"
                            + "\"geoip_disable\":false}")));
        }

        HttpResponse<String> post(String target, String body, String... headers)
                throws IOException, InterruptedException {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + target))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body));
            return send(headers.length == 0 ? request : request.headers(headers));
        }

        private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }

        int end() throws Exception {
            thread.interrupt();
            return command.get(30, TimeUnit.SECONDS);
        }

        String err() {
            return complaints.all();
        }
    }

    /** Hands over lines as they are written. */
    private static final class LineQueue extends Writer {
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        private final StringBuilder partial = new StringBuilder();
        private final StringBuilder whole = new StringBuilder();

        String next() throws InterruptedException {
            String line = lines.poll(20, TimeUnit.SECONDS);
            assertThat(line).as("a line within 20 s").isNotNull();
            return line;
        }

        String last() {
            String last = null;
            for (String line = lines.poll(); line != null; line = lines.poll()) {
                last = line;
            }
            return last;
        }

        String all() {
            return whole.toString();
        }

        @Override
        public void write(char[] text, int offset, int length) {
            whole.append(text, offset, length);
            for (int i = offset; i < offset + length; i++) {
                if (text[i] == '\n') {
                    lines.add(partial.toString());
                    partial.setLength(0);
                } else {
                    partial.append(text[i]);
                }
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
