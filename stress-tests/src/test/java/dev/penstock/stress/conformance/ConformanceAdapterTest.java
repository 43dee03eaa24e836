package dev.penstock.stress.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ConformanceAdapterTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "                          | Missing required option: '--port=P'",
                "--port 65536              | --port must be 0 to 65535.",
                "--port -1                 | --port must be 0 to 65535.",
                "--port ten                | 'ten' is not an int",
                "--port 0 --mode v9        | expected one of [V0",
                "--port 0 --encoding lzw   | expected one of [GZIP",
                "--port 0 --encoding deflate | --mode v0 has no --encoding deflate.",
                "--port 0 extra            | Unmatched argument at index 2: 'extra'",
            })
    void shouldExplainUnusableArgumentsAndExitWith2(String line, String reason) {
        int status = run(line == null ? new String[0] : line.split(" ", -1));

        assertThat(status).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("conformance-adapter: ")
                .contains(reason, "Try 'conformance-adapter --help'.");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void shouldExplainThatThePortIsTaken() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            int status = run("--port", Integer.toString(other.getLocalPort()));

            assertThat(status).isEqualTo(2);
            assertThat(err.toString()).contains("port " + other.getLocalPort() + " cannot be opened: ");
        }
    }

    @Test
    void shouldShowItsOptions() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains("--port=P", "sent: v0, v1.", "asks for it: gzip, deflate.")
                .contains("Default v0.");
    }

    @Test
    void shouldSayItsVersion() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString().strip()).isEqualTo("conformance-adapter development");
    }

    @Test
    void shouldSayWhenItIsReadyAndServeUntilInterrupted() throws Exception {
        Lines lines = new Lines();
        FutureTask<Integer> run = new FutureTask<>(() -> ConformanceAdapter.run(
                new PrintWriter(lines, true), new PrintWriter(err, true), "--port", "0", "--mode", "V0"));
        Thread thread = new Thread(run, "conformance-adapter-test");
        thread.start();
        String ready = lines.next();
        URI uri = URI.create(ready.replaceAll(".*(http://127\\.0\\.0\\.1:\\d+)  \\(stop with Ctrl-C\\)", "$1"));

        assertThat(new Harness(uri, "").get("/health").status()).isEqualTo(200);
        thread.interrupt();
        assertThat(run.get(15, TimeUnit.SECONDS)).isZero();
        assertThat(err.toString()).isEmpty();
    }

    private int run(String... args) {
        return ConformanceAdapter.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    /** Takes what is printed, a line at a time. */
    private static final class Lines extends Writer {
        private final BlockingQueue<String> complete = new LinkedBlockingQueue<>();
        private final StringBuilder open = new StringBuilder();

        @Override
        public void write(char[] chars, int offset, int length) {
            for (int i = offset; i < offset + length; i++) {
                if (chars[i] == '\n') {
                    complete.add(open.toString().strip());
                    open.setLength(0);
                } else {
                    open.append(chars[i]);
                }
            }
        }

        String next() throws InterruptedException {
            String line = complete.poll(15, TimeUnit.SECONDS);
            assertThat(line).as("a line within 15 seconds").isNotNull();
            return line;
        }

        @Override
        public void flush() {
            // lines are taken as they are written
        }

        @Override
        public void close() {
            // nothing to release
        }
    }
}
