package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.cli.common.Screen;
import dev.penstock.collector.Collector;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CollectorCommandTest {
    private static final Path EXAMPLE = Path.of("examples", "commits.ndjson.gz");

    @TempDir
    private Path folder;

    @Test
    void shouldReceiveRecordCountAndEndWithTotals() throws Exception {
        Path record = folder.resolve("seen.ndjson");
        LineQueue lines = new LineQueue();
        StringWriter err = new StringWriter();
        Screen screen = new Screen(new PrintWriter(lines, true), new PrintWriter(err, true), false, false);
        FutureTask<Integer> command = new FutureTask<>(() -> Penstock.run(
                screen,
                InputStream.nullInputStream(),
                "collector",
                "--port",
                "0",
                "--record",
                record.toString(),
                "--key",
                "phc_right"));
        Thread thread = new Thread(command, "collector-command");
        thread.start();
        String url = lines.next().replaceAll(".*(http://127[^ ]*).*", "$1");

        CommandRun good = CommandRun.of("import", EXAMPLE.toString(), "--host", url, "--key", "phc_right");
        CommandRun bad = CommandRun.of("import", EXAMPLE.toString(), "--host", url, "--key", "phc_wrong");
        String stats = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url + "/stats")).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        thread.interrupt();

        assertThat(command.get(30, TimeUnit.SECONDS)).isZero();
        assertThat(good.status()).as(good.toString()).isZero();
        assertThat(bad.status()).isEqualTo(1);
        assertThat(stats).contains("\"events\":2000", "\"distinct\":2000", "\"duplicates\":0");
        assertThat(Files.readAllLines(record)).hasSize(2_000);
        assertThat(lines.last()).startsWith("total: 2,000 events, 2,000 distinct, 0 duplicates, ");
        assertThat(err.toString()).startsWith("invalid request: ").doesNotContain("phc_right", "phc_wrong");
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

    /** Hands over lines as they are written. */
    private static final class LineQueue extends Writer {
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        private final StringBuilder partial = new StringBuilder();

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

        @Override
        public void write(char[] text, int offset, int length) {
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
