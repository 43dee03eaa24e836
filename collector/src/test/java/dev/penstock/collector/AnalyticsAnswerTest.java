package dev.penstock.collector;

import static dev.penstock.collector.AnalyticsRequests.event;
import static dev.penstock.collector.AnalyticsRequests.request;
import static dev.penstock.collector.Batches.uuid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnalyticsAnswerTest {
    private static final Duration WAIT = Duration.ofSeconds(10);

    private Collector collector;

    @BeforeEach
    void start() {
        collector = Collector.start();
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    private static AnalyticsRequests three() {
        return request(event("a", 1), event("b", 2), event("c", 3));
    }

    private RawClient.Reply postThree(EventVerdicts verdicts) throws IOException {
        collector.answerNextTo(Route.ANALYTICS, Answer.verdicts(verdicts));
        return three().postTo(collector);
    }

    private static String result(long n, String verdict) {
        return "\"" + uuid(n) + "\":{\"result\":\"" + verdict + "\"}";
    }

    private static String results(String... results) {
        return "{\"results\":{" + String.join(",", results) + "}}";
    }

    @Test
    void shouldAnswerVerdictsByPlaceUuidAndCondition() throws IOException {
        RawClient.Reply reply = postThree(EventVerdicts.ok()
                .at(0, EventVerdict.WARNING)
                .of(uuid(2), EventVerdict.of("postponed"))
                .when(event -> event.event().equals("c"), EventVerdict.LIMITED.withDetails("no \"person\"")));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers()).doesNotContainKey("retry-after");
        assertThat(reply.body())
                .isEqualTo(results(
                        result(1, "warning"),
                        result(2, "postponed"),
                        "\"" + uuid(3) + "\":{\"result\":\"limited\",\"details\":\"no \\\"person\\\"\"}"));
        assertThat(collector.stats().events()).isEqualTo(3);
    }

    @Test
    void shouldLetTheFirstRuleThatFitsDecide() throws IOException {
        RawClient.Reply reply =
                postThree(EventVerdicts.ok().at(1, EventVerdict.WARNING).when(event -> true, EventVerdict.LIMITED));
        assertThat(reply.body()).isEqualTo(results(result(1, "limited"), result(2, "warning"), result(3, "limited")));
    }

    @Test
    void shouldNotCountEventsToBeSentAgainUntilTheyAre() throws IOException {
        RawClient.Reply reply = postThree(EventVerdicts.ok().at(1, EventVerdict.RETRY.withDetails("not_persisted")));
        assertThat(reply.headers())
                .containsEntry("retry-after", "1")
                .containsEntry("posthog-request-id", AnalyticsRequests.ID);
        assertThat(collector.events()).extracting(ReceivedEvent::event).containsExactly("a", "c");
        assertThat(collector.requests().get(0).events()).hasSize(3);
        assertThat(collector.stats().events()).isEqualTo(2);
        request(event("b", 2)).attempt(2).postTo(collector);
        assertThat(collector.stats().distinct()).isEqualTo(3);
        assertThat(collector.stats().duplicates()).isZero();
        assertThat(collector.stats().invalid()).isZero();
    }

    @Test
    void shouldCountAllEventsDespiteTheirVerdictsWhenAsked() throws IOException {
        collector.answerNext(
                Answer.verdicts(EventVerdicts.all(EventVerdict.RETRY)).store(true));
        assertThat(three().postTo(collector).body())
                .isEqualTo(results(result(1, "retry"), result(2, "retry"), result(3, "retry")));
        assertThat(collector.events()).hasSize(3);
    }

    @Test
    void shouldNotCountAnyEventWhenAsked() throws IOException {
        collector.answerNext(Answer.verdicts(EventVerdicts.ok()).store(false));
        three().postTo(collector);
        assertThat(collector.stats().events()).isZero();
    }

    @Test
    void shouldNeverCountADroppedEvent() throws IOException {
        postThree(EventVerdicts.all(EventVerdict.DROP));
        assertThat(collector.stats().events()).isZero();
        assertThat(collector.events()).isEmpty();
    }

    @Test
    void shouldCountEventsLeftOutOfTheAnswer() throws IOException {
        assertThat(postThree(EventVerdicts.ok().at(1, EventVerdict.LEFT_OUT)).body())
                .isEqualTo(results(result(1, "ok"), result(3, "ok")));
        assertThat(collector.stats().events()).isEqualTo(3);
    }

    @Test
    void shouldAnswerAnEmptyMap() throws IOException {
        RawClient.Reply reply = postThree(EventVerdicts.all(EventVerdict.LEFT_OUT));
        assertThat(reply.body()).isEqualTo("{\"results\":{}}");
        assertThat(reply.headers()).doesNotContainKey("retry-after");
        assertThat(collector.stats().events()).isEqualTo(3);
    }

    @Test
    void shouldAnswerAHugeMapOfStrangers() throws IOException {
        RawClient.Reply reply = postThree(EventVerdicts.ok().strangers(50_000));
        assertThat(reply.body()).hasSizeGreaterThan(2_000_000).endsWith(result(3, "ok") + "}}");
        assertThat(reply.headers()).containsEntry("retry-after", "1");
        assertThat(collector.stats().events()).isEqualTo(3);
        assertThatThrownBy(() -> EventVerdicts.ok().strangers(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldAnswerABodyThatIsNoMap() throws IOException {
        collector.answerNext(Answer.ok().body("fine"));
        RawClient.Reply reply = three().postTo(collector);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("fine");
        assertThat(reply.headers()).containsEntry("posthog-request-id", AnalyticsRequests.ID);
        assertThat(collector.stats().events()).isEqualTo(3);
    }

    @Test
    void shouldAnswerAnotherDelay() throws IOException {
        collector.answerNext(
                Answer.verdicts(EventVerdicts.all(EventVerdict.RETRY)).header("Retry-After", "3"));
        assertThat(three().postTo(collector).headers()).containsEntry("retry-after", "3");
    }

    @Test
    void shouldStillDropAnAiEvent() throws IOException {
        collector.answerNext(
                Answer.verdicts(EventVerdicts.all(EventVerdict.LIMITED)).store(true));
        RawClient.Reply reply = request(event("$ai_trace", 1), event("b", 2)).postTo(collector);
        assertThat(reply.body()).contains("\"drop\"").contains(result(2, "limited"));
        assertThat(collector.events()).extracting(ReceivedEvent::event).containsExactly("b");
    }

    @Test
    void shouldAnswerVerdictsWhileCountingOnly() throws IOException {
        try (Collector counting = Collector.builder().mode(CollectorMode.COUNT).start()) {
            counting.answerWhen(
                    request -> request.route() == Route.ANALYTICS && request.hasEvent("b"),
                    Answer.verdicts(
                            EventVerdicts.ok().when(event -> event.event().equals("b"), EventVerdict.RETRY)));
            assertThat(three().postTo(counting).body())
                    .isEqualTo(results(result(1, "ok"), result(2, "retry"), result(3, "ok")));
            assertThat(counting.stats().analyticsEvents()).isEqualTo(2);
        }
    }

    @Test
    void shouldAnswer500WhenAConditionOfAVerdictThrows() throws IOException {
        RawClient.Reply reply = postThree(EventVerdicts.ok()
                .when(
                        event -> {
                            throw new IllegalStateException("oops");
                        },
                        EventVerdict.RETRY));
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.body()).contains("oops");
        assertThat(collector.stats().events()).isZero();
    }

    @Test
    void shouldRecordTheEventsThatCount(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("events.jsonl");
        try (Collector recording = Collector.builder().recordTo(file).start()) {
            recording.answerNext(
                    Answer.verdicts(EventVerdicts.ok().at(0, EventVerdict.DROP).at(1, EventVerdict.RETRY)));
            three().postTo(recording);
            recording.answerNextTo(Route.AI, Answer.ok());
            try (RawClient client = new RawClient(recording)) {
                client.post("/i/v0/ai/batch/", Batches.utf8(Batches.one(4)));
            }
        }
        assertThat(Files.readAllLines(file)).containsExactly(event("c", 3), Batches.event("invoice paid", 4));
    }

    @ParameterizedTest
    @CsvSource({
        "400, request_parsing_error, false",
        "401, missing_authorization, false",
        "402, billing_limit_exceeded, false",
        "408, body_read_timeout, true",
        "413, payload_too_large, false",
        "415, unsupported_content_type, false",
        "429, status_429, false",
        "500, internal_error, true",
        "502, status_502, false",
        "503, service_unavailable, true",
        "504, gateway_timeout, true"
    })
    void shouldAnswerAScriptedStatusInThreeParts(int status, String error, boolean delayed) throws IOException {
        collector.answerNext(Answer.status(status));
        RawClient.Reply reply = three().postTo(collector);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.body())
                .isEqualTo("{\"error\":\"" + error + "\",\"error_description\":\"scripted answer " + status
                        + "\",\"error_uri\":\"https://posthog.com/docs/api\"}");
        assertThat(reply.headers().containsKey("retry-after")).isEqualTo(delayed);
        assertThat(reply.headers()).containsEntry("posthog-request-id", AnalyticsRequests.ID);
        assertThat(collector.stats().events()).isZero();
    }

    @Test
    void shouldAnswerAScriptedSuccessWithVerdicts() throws IOException {
        collector.answerNext(Answer.status(202), Answer.status(200));
        assertThat(three().postTo(collector).body())
                .isEqualTo(results(result(1, "ok"), result(2, "ok"), result(3, "ok")));
        assertThat(request().body("no batch").id(5).postTo(collector).body()).isEqualTo("{\"results\":{}}");
        assertThat(collector.stats().events()).isEqualTo(3);
    }

    @Test
    void shouldAnswerARequestTooLargeInThreeParts() throws IOException {
        try (Collector small = Collector.builder().maxBodyBytes(100).start()) {
            RawClient.Reply reply = three().postTo(small);
            assertThat(reply.status()).isEqualTo(413);
            assertThat(reply.body()).startsWith("{\"error\":\"payload_too_large\",");
        }
    }

    @Test
    void shouldCountEventsOfAHangingRequestOnceReleased() throws IOException {
        collector.answerNext(Answer.hang());
        try (RawClient client = new RawClient(collector)) {
            request(event("a", 1), event("$ai_trace", 2)).sendBy(client);
            collector.awaitRequests(1, WAIT);
            assertThat(collector.stats().events()).isZero();
            collector.release();
            assertThat(client.read().body()).contains(result(1, "ok"), "\"drop\"");
        }
        collector.awaitEventsBy(Route.ANALYTICS, 1, WAIT);
        assertThat(collector.events()).extracting(ReceivedEvent::event).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/batch", "/i/v0/ai/batch/"})
    void shouldAnswerOrdinarilyWhereThereAreNoVerdicts(String path) throws IOException {
        collector.answerNext(Answer.verdicts(EventVerdicts.all(EventVerdict.RETRY)));
        try (RawClient client = new RawClient(collector)) {
            assertThat(client.post(path, Batches.utf8(Batches.one(1))).body()).isEqualTo("{\"status\":1}");
        }
        assertThat(collector.stats().events()).isEqualTo(1);
    }

    @Test
    void shouldKeepQueuesOfRoutesApart() throws IOException {
        collector.answerNext(Answer.status(500));
        collector.answerNextTo(Route.ANALYTICS, Answer.status(503));
        collector.answerNextTo(Route.AI, Answer.status(504));
        try (RawClient client = new RawClient(collector)) {
            assertThat(client.post(Batches.one(1)).status()).isEqualTo(500);
            assertThat(client.post(Batches.one(1)).status()).isEqualTo(200);
        }
        assertThat(three().postTo(collector).status()).isEqualTo(503);
        assertThat(three().attempt(2).postTo(collector).status()).isEqualTo(200);
        collector.answerNormally();
        try (RawClient client = new RawClient(collector)) {
            assertThat(client.post("/i/v0/ai/batch/", Batches.utf8(Batches.one(2)))
                            .status())
                    .isEqualTo(200);
        }
    }
}
