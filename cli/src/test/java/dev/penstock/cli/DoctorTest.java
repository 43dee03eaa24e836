package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.cli.common.Screen;
import dev.penstock.collector.Answer;
import dev.penstock.collector.Collector;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DoctorTest {
    private static final String KEY = "phc_top_secret";

    private static Collector collectorOf(String key) {
        return Collector.builder().apiKey(key).start();
    }

    private static CommandRun doctor(Collector collector, String... more) {
        List<String> args =
                new ArrayList<>(List.of("doctor", "--host", collector.uri().toString(), "--key", KEY));
        args.addAll(List.of(more));
        CommandRun run = CommandRun.of(args.toArray(new String[0]));
        assertThat(run.out() + run.err()).doesNotContain(KEY);
        return run;
    }

    @ParameterizedTest
    @ValueSource(strings = {"posthog", "posthog-v1"})
    void shouldFindNothingWrongWhereNothingIs(String protocol) {
        try (Collector collector = collectorOf(KEY)) {
            CommandRun run = doctor(collector, "--protocol", protocol);

            assertThat(run.status()).as(run.out()).isZero();
            assertThat(run.err()).isEmpty();
            assertThat(run.out())
                    .contains("PASSED  key     The server knows the key.")
                    .doesNotContain("\u001b");
            assertThat(run.outLines()).hasSize(11).allMatch(line -> line.length() <= 100);
            assertThat(run.lastLine())
                    .isEqualTo("OK  events can be delivered, as far as can be told without sending one");
            assertThat(collector.events()).isEmpty();
        }
    }

    @Test
    void shouldSayWhatToDoAboutAWrongKey() {
        try (Collector collector = collectorOf("phc_other")) {
            CommandRun run = doctor(collector);

            assertThat(run.status()).isEqualTo(1);
            assertThat(run.out())
                    .contains("FAILED  key     The server refuses the key (status 401).")
                    .contains("                -> Copy the project's API key from its settings again")
                    .contains("SKIPPED body    Not looked at, because key failed.");
            assertThat(run.lastLine()).isEqualTo("NOT WELL  events cannot be delivered as things are");
        }
    }

    @Test
    void shouldExitWellWithAWarning() {
        try (Collector collector =
                Collector.builder().apiKey(KEY).maxBodyBytes(100_000).start()) {
            CommandRun run = doctor(collector);

            assertThat(run.status()).isZero();
            assertThat(run.out()).contains("WARNING body", "Set maxBatchBytes to ");
            assertThat(run.outLines()).allMatch(line -> line.length() <= 100);
            assertThat(run.lastLine()).endsWith(", with 1 warning");
        }
    }

    @Test
    void shouldBeHonestAboutSegment() {
        try (Collector collector = collectorOf(KEY)) {
            CommandRun run = doctor(collector, "--protocol", "segment");

            assertThat(run.status()).isZero();
            assertThat(run.out()).contains("WARNING key", "That is no proof");
            assertThat(run.lastLine()).endsWith(", with 2 warnings");
        }
    }

    @Test
    void shouldPrintOneJsonObject() throws Exception {
        try (Collector collector = collectorOf("phc_other")) {
            CommandRun run = doctor(collector, "--json");

            assertThat(run.status()).isEqualTo(1);
            assertThat(run.outLines()).hasSize(1);
            JsonNode json = new ObjectMapper().readTree(run.out());
            assertThat(json.get("protocol").asText()).isEqualTo("posthog");
            assertThat(json.get("passed").asBoolean()).isFalse();
            assertThat(json.get("seconds").isNumber()).isTrue();
            assertThat(List.copyOf(json.get("steps").properties()))
                    .extracting(step ->
                            step.getKey() + " " + step.getValue().get("status").asText())
                    .containsExactly(
                            "client PASSED",
                            "dns PASSED",
                            "tcp PASSED",
                            "proxy SKIPPED",
                            "tls SKIPPED",
                            "key FAILED",
                            "body SKIPPED",
                            "clock PASSED");
            assertThat(json.at("/steps/key/finding").asText()).contains("refuses the key");
            assertThat(json.at("/steps/key/remedy").asText()).isNotEmpty();
        }
    }

    @Test
    void shouldGoByTheProxy() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        try (Collector collector = collectorOf(KEY)) {
            CommandRun run = doctor(collector, "--proxy", "http://127.0.0.1:" + closed);

            assertThat(run.status()).isEqualTo(1);
            assertThat(run.out()).contains("127.0.0.1:" + closed + " refuses connections");
            assertThat(collector.stats().requests()).isZero();
        }
    }

    @Test
    void shouldEndWhenItsTimeIsUp() {
        try (Collector collector = collectorOf(KEY)) {
            collector.flags().answerAll(Answer.hang());

            long started = System.nanoTime();
            CommandRun run = doctor(collector, "--timeout", "1");

            assertThat(run.status()).isEqualTo(1);
            assertThat(run.out()).contains("no answer within");
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(8));
        }
    }

    @Test
    void shouldUseColoursOnATerminal() {
        try (Collector collector = collectorOf("phc_other")) {
            StringWriter out = new StringWriter();
            Screen screen = new Screen(new PrintWriter(out, true), new PrintWriter(new StringWriter()), true, true);

            int status = Penstock.run(
                    screen,
                    new ByteArrayInputStream(new byte[0]),
                    "doctor",
                    "--host",
                    collector.uri().toString(),
                    "--key",
                    KEY);

            assertThat(status).isEqualTo(1);
            assertThat(out.toString())
                    .contains("\u001b[1;32mPASSED  \u001b[0mtcp", "\u001b[1;31mFAILED  \u001b[0mkey")
                    .doesNotContain(KEY);
        }
    }
}
