package dev.penstock.engine.selfcheck;

import static dev.penstock.client.SelfCheckStatus.FAILED;
import static dev.penstock.client.SelfCheckStatus.PASSED;
import static dev.penstock.client.SelfCheckStatus.SKIPPED;
import static dev.penstock.client.SelfCheckStatus.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureMode;
import dev.penstock.client.ClientConfig;
import dev.penstock.client.testing.EventRecorder;
import dev.penstock.collector.Answer;
import dev.penstock.collector.Collector;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.ClientFixture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class SelfCheckTest {

    private static ClientFixture clientOf(URI host) {
        return clientOf(host, config -> config);
    }

    private static ClientFixture clientOf(URI host, UnaryOperator<ClientConfig.Builder> options) {
        return ClientFixture.of(
                host,
                config -> options.apply(
                        config.header(Checked.HEADER, Checked.HEADER_VALUE).connectTimeout(Duration.ofMillis(500))));
    }

    @ParameterizedTest
    @EnumSource
    void shouldFindNothingWrongWhereNothingIs(CaptureMode mode) {
        try (Collector collector = Collector.builder().apiKey("phc_test").start();
                ClientFixture fixture = clientOf(collector.uri(), config -> config.captureMode(mode))) {
            Checked checked = Checked.of(fixture);

            assertThat(checked.statuses()).as(checked.report()::text).isEqualTo("PPPSSPPP");
            assertThat(checked.report().passed()).isTrue();
            checked.has("client", PASSED, collector.uri().toString())
                    .has("dns", PASSED, "127.0.0.1 is an address")
                    .has("tcp", PASSED, "127.0.0.1:" + collector.uri().getPort())
                    .has("key", PASSED, "knows the key")
                    .has("body", PASSED, "512,000 bytes", "status 400", "no event")
                    .has("clock", PASSED, "agrees");
            assertThat(collector.events()).isEmpty();
            assertThat(collector.stats().requests()).isEqualTo(2);
            assertThat(collector.requests())
                    .extracting(request -> request.header("x-gate").orElse(""))
                    .containsOnly(Checked.HEADER_VALUE);
            assertThat(fixture.stats().accepted()).isZero();
            fixture.assertQuiet();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayThatTheKeyIsRefusedAndStillReadTheClock(CaptureMode mode) {
        try (Collector collector = Collector.builder().apiKey("phc_other").start();
                ClientFixture fixture = clientOf(collector.uri(), config -> config.captureMode(mode))) {
            Checked checked = Checked.of(fixture)
                    .has("key", FAILED, "refuses the key (status 401)")
                    .has("body", SKIPPED, "because key failed")
                    .has("clock", PASSED);

            assertThat(checked.report().passed()).isFalse();
            assertThat(checked.step("key").remedy()).contains("project's API key");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403 | FAILED  | refuses the key (status 403)",
                "402 | WARNING | knows the key, but the project has used up",
                "308 | FAILED  | sends requests elsewhere (status 308)",
                "404 | WARNING | cannot be told: asked for flags, which would show it, it answers 404",
                "503 | WARNING | it answers 503",
                "429 | WARNING | it answers 429"
            })
    void shouldTakeTheFlagsAnswerForWhatItIs(int status, String expected, String said) {
        try (Collector collector = Collector.start();
                ClientFixture fixture = clientOf(collector.uri())) {
            collector.flags().answerAll(Answer.status(status));

            Checked checked = Checked.of(fixture);

            assertThat(checked.step("key").status()).hasToString(expected);
            assertThat(checked.step("key").finding()).contains(said);
        }
    }

    @Test
    void shouldNotTakeAWebSiteForPostHog() {
        try (Collector collector = Collector.start();
                ClientFixture fixture = clientOf(collector.uri())) {
            collector.flags().answerAll(Answer.status(200).body("<!doctype html>"));

            Checked.of(fixture).has("key", FAILED, "answers 200 when asked for flags, but not as PostHog does");
        }
    }

    @Test
    void shouldHearTheKeyRefusedWithABatchWhereNobodyAnswersForFlags() {
        try (Collector collector = Collector.start();
                ClientFixture fixture = clientOf(collector.uri())) {
            collector.flags().answerAll(Answer.status(404));
            collector.answerAll(Answer.status(401));

            Checked.of(fixture).has("key", FAILED, "refuses the key (status 401)");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldFindTheLimitOfABodyByHalving(CaptureMode mode) {
        try (Collector collector = Collector.builder().maxBodyBytes(100_000).start();
                ClientFixture fixture = clientOf(collector.uri(), config -> config.captureMode(mode))) {
            Checked checked = Checked.of(fixture).has("body", WARNING, "512,000 bytes", "too large", "status 413");

            List<Integer> bounds = bounds(checked);
            assertThat(bounds.get(0)).isLessThanOrEqualTo(100_000);
            assertThat(bounds.get(1)).isGreaterThan(100_000).isLessThanOrEqualTo(bounds.get(0) + 512_000 / 64 + 1);
            assertThat(checked.step("body").remedy()).startsWith("Set maxBatchBytes to " + bounds.get(0) + ",");
            assertThat(collector.stats().requests()).isEqualTo(8);
            assertThat(checked.report().passed()).isTrue();
        }
    }

    @Test
    void shouldTakeALimitThatIsJustMet() {
        try (Collector collector = Collector.builder().maxBodyBytes(50_000).start();
                ClientFixture fits = clientOf(collector.uri(), config -> config.maxBatchBytes(50_000));
                ClientFixture over = clientOf(collector.uri(), config -> config.maxBatchBytes(50_001))) {
            Checked.of(fits).has("body", PASSED, "50,000 bytes");
            Checked.of(over).has("body", WARNING, "50,001 bytes");
        }
    }

    @Test
    void shouldTakeABrokenConnectionForALimitThatLosesEvents() {
        try (Collector collector = Collector.start();
                ClientFixture fixture = clientOf(collector.uri())) {
            collector.answerWhen(request -> request.wireBytes() > 60_000, Answer.reset());

            Checked checked = Checked.of(fixture).has("body", FAILED, "breaks off");

            assertThat(bounds(checked).get(0)).isBetween(50_000, 60_000);
        }
    }

    /** What is said to be taken, and what not. */
    private static List<Integer> bounds(Checked checked) {
        String text = checked.step("body").finding();
        String limit = text.substring(text.indexOf("The limit is between"));
        return Pattern.compile("([0-9,]+) bytes")
                .matcher(limit)
                .results()
                .map(found -> Integer.valueOf(found.group(1).replace(",", "")))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | FAILED  | refuses the key",
                "402 | FAILED  | for want of payment",
                "404 | FAILED  | has nothing at /batch (status 404)",
                "413 | FAILED  | even a body of",
                "307 | FAILED  | sends requests elsewhere",
                "200 | PASSED  | was taken in (status 200).",
                "503 | WARNING | in trouble just now (status 503)",
                "429 | WARNING | in trouble just now (status 429)"
            })
    void shouldTakeTheAnswerToAnEmptyBatchForWhatItIs(int status, String expected, String said) {
        try (Collector collector = Collector.start();
                ClientFixture fixture = clientOf(collector.uri())) {
            collector.answerAll(Answer.status(status));

            Checked checked = Checked.of(fixture);

            assertThat(checked.step("body").status()).as(checked.report()::text).hasToString(expected);
            assertThat(checked.step("body").finding()).contains(said);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                " 3600 | WARNING | ahead of the server's",
                "-3600 | WARNING | behind the server's",
                "   90 | WARNING | 8",
                "   30 | PASSED  | ahead of the server's",
                "  -30 | PASSED  | behind the server's"
            })
    void shouldCompareTheClocks(long offsetS, String expected, String said) {
        try (Collector collector = Collector.start();
                ClientFixture fixture = clientOf(
                        collector.uri(),
                        config -> config.clock(() -> Instant.now().plusSeconds(offsetS)))) {
            Checked checked = Checked.of(fixture);

            assertThat(checked.step("clock").status())
                    .as(checked.report()::text)
                    .hasToString(expected);
            assertThat(checked.step("clock").finding()).contains(said);
            assertThat(checked.report().passed()).isTrue();
        }
    }

    @Test
    void shouldLeaveTheClockAloneWhenTheServerDoesNotSayTheTime() throws IOException {
        try (RawServer server = RawServer.answering(head -> RawServer.answer(200, "{}"));
                ClientFixture fixture = clientOf(server.uri("http"))) {
            Checked.of(fixture).has("key", PASSED).has("clock", SKIPPED, "No answer had a date");
        }
    }

    @Test
    void shouldSayThatConnectionsAreRefused() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (ClientFixture fixture = clientOf(URI.create("http://127.0.0.1:" + port))) {
            Checked checked = Checked.of(fixture).has("tcp", FAILED, "127.0.0.1:" + port + " refuses connections");

            assertThat(checked.statuses()).isEqualTo("PPFSSSSS");
            checked.has("clock", SKIPPED, "because tcp failed");
        }
    }

    @Test
    void shouldSayThatNothingAnswersWhenPacketsAreDropped() throws IOException {
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            fill(full, waiting);
            try (ClientFixture fixture = clientOf(URI.create("http://127.0.0.1:" + full.getLocalPort()))) {
                Checked.of(fixture).has("tcp", FAILED, "does not answer within 500 ms");
            }
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    /** Connects, without anybody accepting, until the system lets further packets drop. */
    private static void fill(ServerSocket server, List<Socket> waiting) throws IOException {
        for (int i = 0; i < 20; i++) {
            Socket socket = new Socket();
            waiting.add(socket);
            try {
                socket.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), 300);
            } catch (SocketTimeoutException e) {
                return;
            }
        }
        throw new AssertionError("the system accepts without end");
    }

    @Test
    void shouldSayThatANameIsUnknown() {
        try (ClientFixture fixture = clientOf(URI.create("http://no-such-host.invalid"))) {
            Checked checked = Checked.of(fixture).has("dns", FAILED, "no-such-host.invalid");

            assertThat(checked.statuses()).isEqualTo("PFSSSSSS");
        }
    }

    @Test
    void shouldLookUpAName() {
        try (Collector collector = Collector.start();
                ClientFixture fixture = clientOf(
                        URI.create("http://localhost:" + collector.uri().getPort()))) {
            Checked.of(fixture)
                    .has("dns", PASSED, "localhost has ", "127.0.0.1")
                    .has("key", PASSED);
        }
    }

    @Test
    void shouldEndWhenItsTimeIsUp() {
        try (Collector collector = Collector.start();
                ClientFixture fixture = clientOf(collector.uri())) {
            collector.flags().answerAll(Answer.hang());

            long started = System.nanoTime();
            Checked checked = Checked.of(fixture, Duration.ofMillis(1_300))
                    .has("key", FAILED, "no answer within ")
                    .has("body", SKIPPED);

            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(4));
            assertThat(checked.report().passed()).isFalse();
        }
    }

    @Test
    void shouldFailForWantOfAnyTime() {
        try (Collector collector = Collector.start();
                ClientFixture fixture = clientOf(collector.uri())) {
            for (Duration none : new Duration[] {null, Duration.ZERO, Duration.ofSeconds(-1)}) {
                Checked checked = Checked.of(fixture, none).has("dns", FAILED, "time for the whole check was up");

                assertThat(checked.statuses()).isEqualTo("PFSSSSSS");
            }
            assertThat(collector.stats().requests()).isZero();
        }
    }

    @Test
    void shouldEndWhenInterruptedAndKeepTheStatus() {
        try (Collector collector = Collector.start();
                ClientFixture fixture = clientOf(collector.uri())) {
            Thread.currentThread().interrupt();
            Checked checked = Checked.of(fixture);
            boolean kept = Thread.interrupted();

            checked.has("dns", FAILED, "interrupted");
            assertThat(kept).isTrue();
        }
    }

    @Test
    void shouldEndWhenTheClientIsClosedMeanwhile() throws Exception {
        try (Collector collector = Collector.start();
                ClientFixture fixture = clientOf(collector.uri())) {
            collector.flags().answerAll(Answer.hang());
            CompletableFuture<Checked> check = CompletableFuture.supplyAsync(() -> Checked.of(fixture));
            Await.until(() -> !collector.flags().requests().isEmpty(), "the check asks");

            fixture.client().close();

            check.get(4, TimeUnit.SECONDS)
                    .has("key", FAILED, "client was closed")
                    .has("body", SKIPPED);
        }
    }

    @Test
    void shouldSayThatTheClientIsClosed() {
        try (Collector collector = Collector.start();
                ClientFixture fixture = clientOf(collector.uri())) {
            fixture.client().close();

            assertThat(Checked.of(fixture).has("client", FAILED, "is closed").statuses())
                    .isEqualTo("FSSSSSSS");
            assertThat(collector.stats().requests()).isZero();
        }
    }

    @Test
    void shouldSayThatTheClientIsDisabled() {
        try (Collector collector = Collector.start();
                ClientFixture fixture = clientOf(collector.uri(), config -> config.enabled(false))) {
            assertThat(Checked.of(fixture)
                            .has("client", FAILED, "configured as disabled")
                            .statuses())
                    .isEqualTo("FSSSSSSS");
        }
    }

    @Test
    void shouldWarnOfAClientThatTakesNothingForNow() {
        try (Collector collector = Collector.start();
                ClientFixture fixture = clientOf(collector.uri())) {
            fixture.client().setEnabled(false);
            Checked.of(fixture).has("client", WARNING, "switched off").has("key", PASSED);

            fixture.client().optOut();
            Checked.of(fixture).has("client", WARNING, "opted out").has("key", PASSED);
        }
    }

    @Test
    void shouldWarnOfAClientThatKeepsItsEventsInMemory() {
        try (Collector collector = Collector.start();
                ClientFixture fixture =
                        clientOf(collector.uri(), config -> config.eventRecorder(new EventRecorder()))) {
            Checked.of(fixture).has("client", WARNING, "in memory").has("body", PASSED);
        }
    }
}
