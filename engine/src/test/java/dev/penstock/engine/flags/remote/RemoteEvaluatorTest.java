package dev.penstock.engine.flags.remote;

import static dev.penstock.engine.flags.remote.RemoteFixture.MAX_OPEN;
import static dev.penstock.engine.flags.remote.RemoteFixture.SECRET_KEY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagValue;
import dev.penstock.engine.testing.ScriptedFetcher;
import dev.penstock.engine.transport.FailureKind;
import dev.penstock.engine.transport.FetchRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteEvaluatorTest {

    private static final String OK =
            "{\"flags\":{\"a\":{\"key\":\"a\",\"enabled\":true,\"variant\":\"b\"}},\"requestId\":\"r-1\"}";

    private final RemoteFixture fixture = new RemoteFixture(1);
    private final ScriptedFetcher server = fixture.server;

    @AfterEach
    void neverSaysTheSecret() {
        assertThat(fixture.reports).noneMatch(report -> report.contains(SECRET_KEY));
        assertThat(fixture.causes).isEmpty();
    }

    @Test
    void shouldSendTheQuestionWithoutAuthorization() {
        assertThat(fixture.ask()).isNotDone();

        FetchRequest request = server.last().request();
        assertThat(request.path()).isEqualTo("/flags/?v=2");
        assertThat(request.headers()).isEqualTo(Map.of("Content-Type", "application/json", "Accept-Encoding", "gzip"));
        assertThat(request.body())
                .asString(UTF_8)
                .isEqualTo("{\"token\":\"phc_project\",\"distinct_id\":\"ana\",\"groups\":{},\"person_properties\":{},"
                        + "\"group_properties\":{},\"geoip_disable\":false,\"flag_keys_to_evaluate\":[\"a\"]}");
    }

    @Test
    void shouldBringTheAnswer() {
        CompletableFuture<RemoteAnswer> asked = fixture.ask();
        assertThat(asked).isNotDone();
        fixture.answer(OK);

        RemoteAnswer answer = asked.join();
        assertThat(answer.flags().get("a").value()).isEqualTo(FlagValue.variant("b"));
        assertThat(answer.requestId()).isEqualTo("r-1");
        assertThat(answer.isComplete()).isTrue();
        assertThat(fixture.flagThread.delays()).as("no deadline left").isEmpty();
        assertThat(fixture.evaluator.requests()).isEqualTo(1);
        assertThat(fixture.evaluator.failures()).isZero();
        assertThat(fixture.reports).isEmpty();
    }

    @Test
    void shouldMakeANewRequestEachTime() {
        for (int i = 0; i < 2; i++) {
            CompletableFuture<RemoteAnswer> asked = fixture.ask();
            fixture.answer(OK);
            assertThat(asked.join().isAnswer()).isTrue();
        }
        assertThat(server.count()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 504})
    void shouldTryAgainWhatAGatewayAnswered(int status) {
        CompletableFuture<RemoteAnswer> asked = fixture.ask();
        fixture.answer(status);
        assertThat(fixture.flagThread.delays()).containsExactly(Duration.ofMillis(300));
        fixture.pass(299);
        assertThat(server.count()).isEqualTo(1);
        fixture.pass(1);
        assertThat(server.count()).isEqualTo(2);
        fixture.answer(OK);

        assertThat(asked.join().isAnswer()).isTrue();
        assertThat(server.requests().get(1).request())
                .as("the same request")
                .isSameAs(server.requests().get(0).request());
        assertThat(fixture.evaluator.requests()).isEqualTo(2);
        assertThat(fixture.evaluator.failures()).isZero();
        assertThat(fixture.reports).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 302, 400, 401, 402, 408, 429, 500, 501, 503, 505})
    void shouldTakeAnyOtherStatusForTheAnswer(int status) {
        CompletableFuture<RemoteAnswer> asked = fixture.ask();
        fixture.answer(status);
        fixture.pass(60_000);

        assertThat(asked.join().error()).isEqualTo("api_error_" + status);
        assertThat(asked.join().isAnswer()).isFalse();
        assertThat(asked.join().flags()).isEmpty();
        assertThat(server.count()).isEqualTo(1);
        assertThat(fixture.evaluator.failures()).isEqualTo(1);
        assertThat(fixture.reports).containsExactly("flags not evaluated by the server: status " + status);
    }

    @ParameterizedTest
    @CsvSource({"CONNECTION, connection_error", "TRUNCATED, connection_error", "TIMEOUT, timeout"})
    void shouldTryAgainWhatGotNoAnswer(FailureKind kind, String error) {
        CompletableFuture<RemoteAnswer> asked = fixture.ask();
        fixture.fail(kind);
        fixture.pass(300);
        assertThat(server.count()).isEqualTo(2);
        fixture.fail(kind);
        fixture.pass(60_000);

        assertThat(asked.join()).isEqualTo(RemoteAnswer.failed(error));
        assertThat(server.count()).isEqualTo(2);
        assertThat(fixture.reports).containsExactly("flags not evaluated by the server: reason of the transport");
    }

    @ParameterizedTest
    @CsvSource({"TOO_LARGE, unknown_error", "INVALID_BODY, unknown_error", "CLOSED, connection_error"})
    void shouldNotTryAgainWhatWouldNotHelp(FailureKind kind, String error) {
        CompletableFuture<RemoteAnswer> asked = fixture.ask();
        fixture.fail(kind);
        fixture.pass(60_000);

        assertThat(asked.join()).isEqualTo(RemoteAnswer.failed(error));
        assertThat(server.count()).isEqualTo(1);
    }

    @Test
    void shouldDoubleTheDelayBeforeEachRetry() {
        RemoteFixture patient = new RemoteFixture(3);
        CompletableFuture<RemoteAnswer> asked = patient.ask();
        for (long delayMs : new long[] {300, 600, 1_200}) {
            patient.answer(502);
            assertThat(patient.flagThread.delays()).containsExactly(Duration.ofMillis(delayMs));
            patient.pass(delayMs);
        }
        patient.answer(504);

        assertThat(asked.join().error()).isEqualTo("api_error_504");
        assertThat(patient.server.count()).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureKind.class,
            names = {"CONNECTION", "TRUNCATED", "TIMEOUT"})
    void shouldNotTryAgainWhereThatIsSwitchedOff(FailureKind kind) {
        RemoteFixture once = new RemoteFixture(0);
        CompletableFuture<RemoteAnswer> asked = once.ask();
        once.fail(kind);
        once.pass(60_000);

        assertThat(asked).isDone();
        assertThat(once.server.count()).isEqualTo(1);
    }

    @Test
    void shouldGiveEachAttemptItsTime() {
        CompletableFuture<RemoteAnswer> asked = fixture.ask();
        ScriptedFetcher.Asked first = server.last();
        fixture.pass(2_999);
        assertThat(first.isCancelled()).isFalse();
        fixture.pass(1);
        assertThat(first.isCancelled()).isTrue();
        fixture.pass(300);
        assertThat(server.count()).isEqualTo(2);
        fixture.pass(2_999);
        assertThat(asked).isNotDone();
        fixture.pass(1);

        assertThat(asked.join()).isEqualTo(RemoteAnswer.failed("timeout"));
        assertThat(server.last().isCancelled()).isTrue();
        assertThat(fixture.flagThread.delays()).isEmpty();
        assertThat(fixture.reports)
                .containsExactly("flags not evaluated by the server: no whole answer within 3000 ms");
    }

    @Test
    void shouldDiscardTheLateAnswerOfAnAttemptThatWasGivenUp() {
        CompletableFuture<RemoteAnswer> asked = fixture.ask();
        fixture.pass(3_000);
        server.requests().get(0).answer(503);
        fixture.flagThread.run();
        assertThat(asked).isNotDone();
        fixture.pass(300);
        server.requests().get(0).answer(503);
        fixture.flagThread.run();
        assertThat(asked).isNotDone();
        fixture.answer(OK);

        assertThat(asked.join().isAnswer()).isTrue();
        assertThat(server.count()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "not JSON", "{}", "[]", "null", "{\"flags\":[]}", "{\"flags\":{\"a\":", "{\"flags\":null}"})
    void shouldNotTakeForAnAnswerWhatIsNone(String body) {
        CompletableFuture<RemoteAnswer> asked = fixture.ask();
        fixture.answer(body);
        fixture.pass(60_000);

        assertThat(asked.join()).isEqualTo(RemoteAnswer.failed("unknown_error"));
        assertThat(server.count()).isEqualTo(1);
        assertThat(fixture.reports)
                .containsExactly("flags not evaluated by the server: the answer cannot be understood");
    }

    @Test
    void shouldSurviveAnAnswerOfHostileDepth() {
        CompletableFuture<RemoteAnswer> asked = fixture.ask();
        fixture.answer("{\"flags\":" + "{\"a\":".repeat(200_000));

        assertThat(asked.join()).isEqualTo(RemoteAnswer.failed("unknown_error"));
    }

    @Test
    void shouldBeAtOnceWithoutAnAnswerWhenTooMuchIsUnderWay() {
        List<CompletableFuture<RemoteAnswer>> open = new ArrayList<>();
        for (int i = 0; i < MAX_OPEN; i++) {
            open.add(fixture.ask());
        }

        assertThat(fixture.ask()).isCompletedWithValue(RemoteAnswer.failed("connection_error"));
        assertThat(server.count()).isEqualTo(MAX_OPEN);
        // One that waits for its retry is under way too.
        server.requests().get(0).answer(502);
        fixture.flagThread.run();
        assertThat(fixture.ask()).isDone();
        fixture.pass(300);
        server.last().answer(null, OK);
        fixture.flagThread.run();
        assertThat(open.get(0)).isDone();
        assertThat(fixture.ask()).isNotDone();
    }

    @Test
    void shouldEndEverythingWhenClosed() {
        CompletableFuture<RemoteAnswer> asked = fixture.ask();
        CompletableFuture<RemoteAnswer> retrying = fixture.ask();
        fixture.answer(502);

        fixture.evaluator.close();

        assertThat(asked).isCompletedWithValue(RemoteAnswer.failed("connection_error"));
        assertThat(retrying).isCompletedWithValue(RemoteAnswer.failed("connection_error"));
        assertThat(server.requests().get(0).isCancelled()).isTrue();
        assertThat(fixture.ask()).isCompletedWithValue(RemoteAnswer.failed("connection_error"));
        fixture.pass(60_000);
        assertThat(server.count()).isEqualTo(2);
        assertThat(fixture.evaluator.failures()).isEqualTo(3);
        assertThat(fixture.flagThread.delays()).isEmpty();
    }

    @Test
    void shouldEndEvenIfThereIsNoThread() {
        List<String> reports = new ArrayList<>();
        RemoteEvaluator threadless = new RemoteEvaluator(
                RemoteFixture.settings(null, 1, Set.of()),
                (request, sink) -> {
                    throw new OutOfMemoryError("no more threads");
                },
                fixture.flagThread,
                (message, cause) -> reports.add(message));

        assertThat(threadless.evaluate(FlagContext.of("ana"), null, false))
                .isCompletedWithValue(RemoteAnswer.failed("unknown_error"));
        assertThat(reports).containsExactly("flags not evaluated by the server: there is no thread to do it");
        assertThat(fixture.flagThread.delays()).isEmpty();
    }

    @Test
    void shouldShowNoKeyInTheTextOfItsSettings() {
        assertThat(RemoteFixture.settings(SECRET_KEY, 1, Set.of("eu")))
                .hasToString("RemoteSettings{evaluationContexts=[eu], timeout=PT3S, retries=1,"
                        + " firstRetryDelay=PT0.3S, maxOpen=4}");
    }
}
