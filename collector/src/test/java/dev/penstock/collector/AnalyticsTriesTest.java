package dev.penstock.collector;

import static dev.penstock.collector.AnalyticsRequests.batch;
import static dev.penstock.collector.AnalyticsRequests.event;
import static dev.penstock.collector.AnalyticsRequests.request;
import static dev.penstock.collector.Batches.uuid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What must hold from one try of an analytics request to the next. */
class AnalyticsTriesTest {
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

    private void shouldBe(String reason) {
        assertThat(collector.invalidReasons()).singleElement().asString().contains(reason);
    }

    @Test
    void shouldTakeTriesThatFollowOneAnother() throws IOException {
        request(event("a", 1), event("b", 2), event("c", 3)).attempt(1).postTo(collector);
        request(event("a", 1), event("c", 3)).attempt(2).postTo(collector);
        request(event("c", 3)).attempt(3).postTo(collector);
        assertThat(collector.invalidReasons()).isEmpty();
        assertThat(collector.stats().duplicates()).isEqualTo(3);
    }

    @Test
    void shouldKeepRequestsApart() throws IOException {
        request(event("a", 1)).id(1).attempt(1).postTo(collector);
        request(event("b", 2)).id(2).attempt(1).postTo(collector);
        request(event("a", 1)).id(1).attempt(2).postTo(collector);
        assertThat(collector.invalidReasons()).isEmpty();
    }

    @Test
    void shouldRefuseAFirstTryThatIsNotNumberedOne() throws IOException {
        assertThat(request().attempt(2).postTo(collector).status()).isEqualTo(400);
        shouldBe("PostHog-Attempt is 2 after 0");
    }

    @ParameterizedTest
    @CsvSource({"1, PostHog-Attempt is 1 after 1", "3, PostHog-Attempt is 3 after 1"})
    void shouldRefuseASecondTryThatIsNotNumberedTwo(int attempt, String reason) throws IOException {
        request().attempt(1).postTo(collector);
        request()
                .attempt(attempt)
                .with("PostHog-Request-Timestamp", "2026-02-11T09:31:00Z")
                .postTo(collector);
        shouldBe(reason);
    }

    @Test
    void shouldRefuseATryAtTheTimeOfTheOneBefore() throws IOException {
        request().postTo(collector);
        request().with("PostHog-Attempt", "2").postTo(collector);
        shouldBe("PostHog-Request-Timestamp is that of the try before");
    }

    @Test
    void shouldRefuseATryWithAnotherCreationTime() throws IOException {
        request().postTo(collector);
        request()
                .attempt(2)
                .body(batch(event("report exported", 1)).replace("02.400Z", "02.401Z"))
                .postTo(collector);
        shouldBe("created_at differs from that of the try before");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-11T09:30:07.400Z, true",
        "2026-02-11T09:30:07.401Z, false",
        "2026-02-11T09:29:57.400Z, true",
        "2026-02-11T09:29:57.399Z, false"
    })
    void shouldCompareTheCreationTimeWithThatOfTheFirstTry(String sent, boolean valid) throws IOException {
        int status = request()
                .with("PostHog-Request-Timestamp", sent)
                .postTo(collector)
                .status();
        assertThat(status).isEqualTo(valid ? 200 : 400);
        if (!valid) {
            shouldBe("created_at is more than five seconds from");
        }
    }

    @Test
    void shouldRefuseAnEventThatWasNotThereBefore() throws IOException {
        request(event("a", 1)).attempt(1).postTo(collector);
        request(event("a", 1), event("b", 2)).attempt(2).postTo(collector);
        shouldBe("batch[1]: event " + uuid(2) + " was not part of the try before");
    }

    @Test
    void shouldCompareWithTheTryBeforeAndNotWithAnEarlierOne() throws IOException {
        request(event("a", 1), event("b", 2)).attempt(1).postTo(collector);
        request(event("a", 1)).attempt(2).postTo(collector);
        request(event("b", 2)).attempt(3).postTo(collector);
        shouldBe("was not part of the try before");
    }

    @Test
    void shouldRefuseEventsInAnotherOrder() throws IOException {
        request(event("a", 1), event("b", 2)).attempt(1).postTo(collector);
        request(event("b", 2), event("a", 1)).attempt(2).postTo(collector);
        shouldBe("batch[1]: event " + uuid(1) + " stands in another place than the try before");
    }

    @ParameterizedTest
    @CsvSource({"2026-02-11T09:30:01.902Z, 2026-02-11T09:30:01.903Z", "account-7781, account-7782", "\"a\", \"b\""})
    void shouldRefuseAnEventThatHasChanged(String before, String after) throws IOException {
        request(event("a", 1)).attempt(1).postTo(collector);
        request(event("a", 1).replace(before, after)).attempt(2).postTo(collector);
        shouldBe("has another uuid, timestamp, event or distinct_id");
    }

    @Test
    void shouldRefuseAUuidInOtherLetters() throws IOException {
        request(event("a", 0xab)).attempt(1).postTo(collector);
        request(event("a", 0xab).replace("ab\"", "AB\"")).attempt(2).postTo(collector);
        shouldBe("has another uuid, timestamp, event or distinct_id");
    }

    @Test
    void shouldCountTriesThatFailedInAnyWay() throws IOException {
        collector.answerNext(Answer.status(503), Answer.reset(), Answer.early(503), Answer.resetEarly());
        request().attempt(1).postTo(collector);
        assertThatThrownBy(() -> request().attempt(2).postTo(collector)).isInstanceOf(IOException.class);
        request().attempt(3).postTo(collector);
        assertThatThrownBy(() -> request().attempt(4).postTo(collector)).isInstanceOf(IOException.class);
        request().attempt(5).postTo(collector);
        assertThat(collector.invalidReasons()).isEmpty();
        assertThat(collector.stats().events()).isEqualTo(1);
    }

    @Test
    void shouldAllowForTriesLostInAnOutage() throws IOException {
        request().attempt(1).postTo(collector);
        collector.stop();
        collector.restart();
        request().attempt(4).postTo(collector);
        request(event("late", 9)).id(9).attempt(3).postTo(collector);
        assertThat(collector.invalidReasons()).isEmpty();
        request()
                .attempt(4)
                .with("PostHog-Request-Timestamp", "2026-02-11T09:31:00Z")
                .postTo(collector);
        shouldBe("PostHog-Attempt is 4 after 4");
    }

    @Test
    void shouldAllowForTriesLostOnAConnectionClosedWithoutNotice() throws IOException {
        collector.answerNext(Answer.ok().thenClose());
        request().attempt(1).postTo(collector);
        request().attempt(3).postTo(collector);
        assertThat(collector.invalidReasons()).isEmpty();
    }

    @Test
    void shouldGoOnCountingAcrossAResetAndTakeAnIdAgain() throws IOException {
        request(event("a", 1)).id(1).attempt(1).postTo(collector);
        request(event("b", 2)).id(2).attempt(1).postTo(collector);
        collector.reset();
        request(event("a", 1)).id(1).attempt(2).postTo(collector);
        request(event("other", 3)).id(2).attempt(1).postTo(collector);
        assertThat(collector.invalidReasons()).isEmpty();
    }

    @Test
    void shouldNotCompareWithATryThatIsReadAfterTheNext() throws IOException {
        try (RawClient slow = new RawClient(collector)) {
            collector.answerNext(Answer.hang());
            request(event("a", 1), event("b", 2)).attempt(1).sendBy(slow);
            collector.awaitRequests(1, WAIT);
            request(event("b", 2)).attempt(2).postTo(collector);
            collector.release();
            assertThat(slow.read().status()).isEqualTo(200);
        }
        assertThat(collector.invalidReasons()).isEmpty();
        assertThat(collector.stats().distinct()).isEqualTo(2);
    }

    @Test
    void shouldForgetTheRequestsUsedLeastRecently() throws InvalidRequestException {
        TryLog tries = new TryLog();
        for (int i = 0; i <= TryLog.MAX_REQUESTS; i++) {
            tries.begin(head(i, 1)).orElseThrow().check("2026-02-11T09:30:02Z", new BatchContents());
        }
        TryLog.Try known = tries.begin(head(1, 2)).orElseThrow();
        known.check("2026-02-11T09:30:02Z", new BatchContents());
        tries.begin(head(0, 3)).orElseThrow().check("2026-02-11T09:30:05Z", events(1));
        TryLog.Try skipping = tries.begin(head(0, 5)).orElseThrow();
        assertThatThrownBy(() -> skipping.check("2026-02-11T09:30:05Z", events(1)))
                .hasMessage("PostHog-Attempt is 5 after 3");
    }

    @Test
    void shouldForgetRequestsWhenTheyHaveTooManyEvents() throws InvalidRequestException {
        TryLog tries = new TryLog();
        BatchContents half = events(TryLog.MAX_EVENTS / 2);
        for (int i = 0; i < 3; i++) {
            tries.begin(head(i, 1)).orElseThrow().check("2026-02-11T09:30:02Z", half);
        }
        tries.begin(head(3, 1)).orElseThrow().check("2026-02-11T09:30:02Z", events(1));

        tries.begin(head(0, 2)).orElseThrow().check("2026-02-11T09:30:02Z", events(TryLog.MAX_EVENTS / 2 + 1));
        TryLog.Try known = tries.begin(head(3, 3)).orElseThrow();
        assertThatThrownBy(() -> known.check("2026-02-11T09:30:02Z", events(1)))
                .hasMessage("PostHog-Attempt is 3 after 1");
    }

    @Test
    void shouldNotCountTheEventsOfARequestForgottenBeforeItWasRead() throws InvalidRequestException {
        TryLog tries = new TryLog();
        TryLog.Try slow = tries.begin(head(0, 1)).orElseThrow();
        for (int i = 1; i <= TryLog.MAX_REQUESTS; i++) {
            tries.begin(head(i, 1));
        }
        slow.check("2026-02-11T09:30:02Z", events(TryLog.MAX_EVENTS + 1));
        tries.begin(head(20_000, 1));

        TryLog.Try known = tries.begin(head(TryLog.MAX_REQUESTS, 3)).orElseThrow();
        assertThatThrownBy(() -> known.check("2026-02-11T09:30:02Z", events(1)))
                .hasMessage("PostHog-Attempt is 3 after 1");
    }

    private static BatchContents events(int count) {
        BatchContents contents = new BatchContents();
        for (int i = 0; i < count; i++) {
            contents.add(i, 7, 0, 0);
        }
        return contents;
    }

    private static RequestHead head(int request, int attempt) {
        return new RequestHead(
                "POST",
                AnalyticsRequests.PATH,
                "",
                Map.of(
                        "posthog-request-id", uuid(request),
                        "posthog-attempt", Integer.toString(attempt),
                        "posthog-request-timestamp", "2026-02-11T09:30:0" + attempt + "Z"),
                false);
    }
}
