package dev.penstock.engine.flags.load;

import static dev.penstock.engine.flags.load.PollerFixture.SECRET_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.testing.ScriptedFetcher;
import dev.penstock.engine.transport.FailureKind;
import dev.penstock.engine.transport.FetchAnswer;
import dev.penstock.engine.transport.FetchRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionsPollerTest {

    private static final Duration INTERVAL = PollSettings.DEFAULT_INTERVAL;

    private final PollerFixture fixture = new PollerFixture();
    private final ScriptedFetcher server = fixture.server;
    private final RecordingTarget target = fixture.target;

    @AfterEach
    void neverSaysTheSecret() {
        assertThat(fixture.reports).noneMatch(report -> report.contains(SECRET_KEY));
        assertThat(fixture.causes).noneMatch(cause -> String.valueOf(cause).contains(SECRET_KEY));
        assertThat(server.requests())
                .noneMatch(asked -> asked.request().toString().contains(SECRET_KEY))
                .noneMatch(asked -> asked.request().path().contains(SECRET_KEY));
    }

    @Test
    void shouldAskExactlyThis() {
        fixture.start();

        FetchRequest request = server.last().request();
        assertThat(request.path()).isEqualTo("/flags/definitions?token=phc_project%201&send_cohorts");
        assertThat(request.headers())
                .isEqualTo(Map.of("Authorization", "Bearer " + SECRET_KEY, "Accept-Encoding", "gzip"));
        assertThat(request.body()).isNull();
        assertThat(request.maxAnswerBytes()).isEqualTo(1_000);
    }

    @Test
    void shouldAskNothingBeforeItIsStarted() {
        assertThat(fixture.reload()).isCompletedWithValue(false);
        fixture.pass(Duration.ofMinutes(5));

        assertThat(server.count()).isZero();
    }

    @Test
    void shouldTakeDefinitionsAndAskAgainAtTheInterval() {
        fixture.start();
        fixture.answer("W/\"1\"", "F1");

        assertThat(target.held()).isEqualTo("F1");
        assertThat(target.loadedAtMs()).isEqualTo(fixture.flagThread.clock().millis());
        assertThat(fixture.flagThread.delays()).containsExactly(INTERVAL);
        fixture.pass(INTERVAL.minusNanos(1));
        assertThat(server.count()).isEqualTo(1);
        fixture.pass(Duration.ofNanos(1));
        assertThat(server.count()).isEqualTo(2);
        assertThat(fixture.reports).isEmpty();
        assertThat(fixture.poller.loads()).isEqualTo(2);
        assertThat(fixture.poller.failedLoads()).isZero();
    }

    @Test
    void shouldMeasureTheIntervalFromTheEndOfALoad() {
        fixture.start();
        fixture.pass(Duration.ofSeconds(9));
        fixture.answer(null, "F");

        fixture.pass(INTERVAL.minusNanos(1));
        assertThat(server.count()).isEqualTo(1);
    }

    @Test
    void shouldEchoTheTagByteForByteAndForgetItWithoutANewOne() {
        fixture.start();
        assertThat(fixture.sentEtag()).isNull();
        fixture.answer(" W/\"odd tag\"", "F1");
        fixture.passInterval();
        assertThat(fixture.sentEtag()).isEqualTo(" W/\"odd tag\"");
        fixture.answer(null, "F2");
        fixture.passInterval();
        assertThat(fixture.sentEtag()).isNull();
    }

    @Test
    void shouldConfirmWhatIsHeldAtStatus304AndTakeANewTag() {
        fixture.start();
        fixture.answer("W/\"1\"", "F1");
        fixture.passInterval();
        fixture.answer(304);
        fixture.passInterval();
        assertThat(fixture.sentEtag()).isEqualTo("W/\"1\"");
        fixture.answer(new FetchAnswer(304, "W/\"2\"", 0, null, new byte[0], null, null));
        fixture.passInterval();
        assertThat(fixture.sentEtag()).isEqualTo("W/\"2\"");

        assertThat(target.calls()).containsExactly("replace F1", "confirmed", "confirmed");
        assertThat(fixture.reports).isEmpty();
    }

    @Test
    void shouldNotBelieveAStatus304ThatNobodyAskedFor() {
        fixture.start();
        fixture.answer(304);

        assertThat(target.calls()).isEmpty();
        assertThat(fixture.poller.failedLoads()).isEqualTo(1);
        assertThat(fixture.reports).containsExactly("flag definitions not loaded: status 304 that nobody asked for");
    }

    @Test
    void shouldKeepEverythingWhenTheBodyIsBroken() {
        fixture.start();
        fixture.answer("W/\"1\"", "F1");
        for (String body : new String[] {"broken", "fatal"}) {
            fixture.passInterval();
            fixture.answer("W/\"2\"", body);
        }
        fixture.passInterval();

        assertThat(fixture.sentEtag()).isEqualTo("W/\"1\"");
        assertThat(target.held()).isEqualTo("F1");
        assertThat(fixture.poller.isReady()).isTrue();
        assertThat(fixture.poller.failedLoads()).isEqualTo(2);
        assertThat(fixture.reports)
                .containsExactly(
                        "flag definitions from the server are unusable: not a JSON object",
                        "flag definitions from the server could not be taken into use:"
                                + " java.lang.IllegalStateException: bug");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 429})
    void shouldBackOffAndKeepEverythingWhenItIsTurnedAway(int status) {
        fixture.start();
        fixture.answer("W/\"1\"", "F1");
        fixture.passInterval();
        fixture.answer(status);

        assertThat(fixture.untilNext()).isEqualTo(Duration.ofSeconds(60));
        assertThat(fixture.reload()).isCompletedWithValue(false);
        fixture.pass(Duration.ofSeconds(60).minusNanos(1));
        assertThat(fixture.reload()).isCompletedWithValue(false);
        assertThat(server.count()).isEqualTo(2);
        fixture.pass(Duration.ofNanos(1));
        assertThat(server.count()).isEqualTo(3);
        assertThat(fixture.sentEtag()).isEqualTo("W/\"1\"");
        assertThat(target.calls()).containsExactly("replace F1");
        assertThat(fixture.poller.isReady()).isTrue();
        assertThat(fixture.reports).singleElement().asString().contains("status " + status);
    }

    @Test
    void shouldWaitAsLongAsTheServerAsksFor() {
        fixture.start();
        fixture.answer(new FetchAnswer(429, null, 90_000, null, new byte[0], null, null));

        assertThat(fixture.untilNext()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void shouldHeedRetryAfterOnlyWhereTheRuleSaysSo() {
        fixture.start();
        fixture.answer(new FetchAnswer(503, null, 90_000, null, new byte[0], null, null));
        assertThat(fixture.untilNext()).isEqualTo(INTERVAL);
    }

    @Test
    void shouldReturnToTheIntervalOnceTheServerAnswersAgain() {
        fixture.start();
        fixture.answer("W/\"1\"", "F1");
        fixture.passInterval();
        fixture.answer(401);
        fixture.pass(Duration.ofSeconds(60));
        fixture.answer(304);

        assertThat(fixture.untilNext()).isEqualTo(INTERVAL);
        CompletableFuture<Boolean> loaded = fixture.reload();
        fixture.answer(304);
        assertThat(loaded).isCompletedWithValue(true);
    }

    @Test
    void shouldDropEverythingWhenTheQuotaIsUsedUp() {
        fixture.start();
        fixture.answer("W/\"1\"", "F1");
        assertThat(fixture.poller.isReady()).isTrue();
        fixture.passInterval();
        fixture.answer(402);

        assertThat(target.calls()).containsExactly("replace F1", "drop");
        assertThat(fixture.poller.isReady()).isFalse();
        assertThat(fixture.poller.failedLoads()).isEqualTo(1);
        assertThat(fixture.untilNext()).isEqualTo(INTERVAL);
        fixture.passInterval();
        assertThat(fixture.sentEtag()).isNull();
        fixture.answer(null, "F2");
        assertThat(fixture.poller.isReady()).isTrue();
        assertThat(fixture.reports).singleElement().asString().contains("quota", "402");
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 302, 400, 404, 408, 500, 502, 503, 504})
    void shouldKeepEverythingAtAnyOtherStatus(int status) {
        fixture.start();
        fixture.answer("W/\"1\"", "F1");
        fixture.passInterval();
        fixture.answer(status);

        assertThat(fixture.untilNext()).isEqualTo(INTERVAL);
        assertThat(target.calls()).containsExactly("replace F1");
        assertThat(fixture.reports).containsExactly("flag definitions not loaded: status " + status);
        CompletableFuture<Boolean> loaded = fixture.reload();
        assertThat(fixture.sentEtag()).isEqualTo("W/\"1\"");
        fixture.answer(304);
        assertThat(loaded).isCompletedWithValue(true);
    }

    @ParameterizedTest
    @EnumSource(FailureKind.class)
    void shouldKeepEverythingWhenThereIsNoAnswer(FailureKind kind) {
        fixture.start();
        fixture.answer("W/\"1\"", "F1");
        fixture.passInterval();
        fixture.answer(FetchAnswer.failed(kind, "reason of the transport"));

        assertThat(fixture.untilNext()).isEqualTo(INTERVAL);
        assertThat(target.calls()).containsExactly("replace F1");
        assertThat(fixture.reports).containsExactly("flag definitions not loaded: reason of the transport");
        fixture.passInterval();
        assertThat(fixture.sentEtag()).isEqualTo("W/\"1\"");
    }

    @Test
    void shouldGiveUpAfterTenSecondsAndDiscardALateAnswer() {
        fixture.start();
        ScriptedFetcher.Asked slow = server.last();
        fixture.pass(Duration.ofSeconds(10).minusNanos(1));
        assertThat(slow.isCancelled()).isFalse();
        fixture.pass(Duration.ofNanos(1));

        assertThat(slow.isCancelled()).isTrue();
        assertThat(fixture.reports).containsExactly("flag definitions not loaded: no whole answer within 10000 ms");
        fixture.passInterval();
        assertThat(server.count()).isEqualTo(2);
        slow.answer("W/\"old\"", "F old");
        fixture.settle();
        assertThat(target.calls()).isEmpty();
        fixture.answer("W/\"new\"", "F new");
        slow.answer("W/\"old\"", "F old");
        fixture.settle();
        assertThat(target.calls()).containsExactly("replace F new");
        fixture.passInterval();
        assertThat(fixture.sentEtag()).isEqualTo("W/\"new\"");
    }

    @Test
    void shouldJoinALoadThatIsUnderWay() {
        fixture.start();
        CompletableFuture<Boolean> first = fixture.reload();
        CompletableFuture<Boolean> second = fixture.reload();

        assertThat(server.count()).isEqualTo(1);
        assertThat(first).isNotDone();
        fixture.answer(null, "F");
        assertThat(first).isCompletedWithValue(true);
        assertThat(second).isCompletedWithValue(true);
    }

    @Test
    void shouldLoadAtOnceWhenAskedToAndThenAtTheIntervalAgain() {
        fixture.start();
        fixture.answer(null, "F1");
        fixture.pass(Duration.ofSeconds(20));
        CompletableFuture<Boolean> loaded = fixture.reload();
        assertThat(server.count()).isEqualTo(2);
        fixture.answer(500);

        assertThat(loaded).isCompletedWithValue(false);
        assertThat(fixture.flagThread.delays()).containsExactly(INTERVAL);
    }

    @Test
    void shouldBeReadyOnlyWithAtLeastOneFlag() {
        fixture.start();
        assertThat(fixture.poller.isReady()).isFalse();
        fixture.answer(null, "none");
        assertThat(fixture.poller.isReady()).isFalse();
        fixture.passInterval();
        fixture.answer(null, "F");
        assertThat(fixture.poller.isReady()).isTrue();
    }

    @Test
    void shouldAskNothingOnceItIsClosed() throws Exception {
        fixture.start();
        ScriptedFetcher.Asked open = server.last();
        CompletableFuture<Boolean> waiting = fixture.reload();

        assertThat(fixture.poller.close(1_000)).isTrue();

        assertThat(open.isCancelled()).isTrue();
        assertThat(waiting).isCompletedWithValue(false);
        assertThat(fixture.reload()).isCompletedWithValue(false);
        fixture.pass(Duration.ofMinutes(5));
        assertThat(server.count()).isEqualTo(1);
        assertThat(fixture.poller.close(1_000)).isTrue();
    }

    @Test
    void shouldAskNothingOnceItIsClosedBetweenLoads() throws Exception {
        fixture.start();
        fixture.answer(null, "F");

        fixture.poller.close(1_000);

        fixture.pass(Duration.ofMinutes(5));
        assertThat(server.count()).isEqualTo(1);
        assertThat(fixture.poller.isReady()).isTrue();
    }

    @Test
    void shouldShowNoKeyInTheTextOfItsSettings() {
        PollSettings settings = new PollSettings("phc_1", "phs_1", INTERVAL, PollSettings.DEFAULT_TIMEOUT, 7);

        assertThat(settings).hasToString("PollSettings{polling=true, interval=PT30S, timeout=PT10S, maxBytes=7}");
    }
}
