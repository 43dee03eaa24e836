package dev.penstock.collector;

import static dev.penstock.collector.Batches.utf8;
import static dev.penstock.collector.SegmentRequests.BATCH;
import static dev.penstock.collector.SegmentRequests.IMPORT;
import static dev.penstock.collector.SegmentRequests.KEY;
import static dev.penstock.collector.SegmentRequests.basic;
import static dev.penstock.collector.SegmentRequests.envelope;
import static dev.penstock.collector.SegmentRequests.track;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold from one try of a Segment batch to the next. */
class SegmentTriesTest {
    private static final String FIRST_TIME = "2026-03-01T10:00:05.000Z";

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
        assertThat(collector.invalidReasons()).containsExactly(reason);
    }

    /** Body of the batch b-1, or of another, at a time. */
    private static byte[] body(String id, String sentAt, String... messages) {
        return utf8(envelope("\"messageId\":\"" + id + "\",\"sentAt\":\"" + sentAt + "\"", messages));
    }

    /** The time of a try that follows so many. */
    private static String time(int retryCount) {
        return "2026-03-01T10:00:%02d.000Z".formatted(5 + retryCount);
    }

    private static String[] headers(int retryCount) {
        return retryCount == 0
                ? new String[] {basic(KEY, "")}
                : new String[] {basic(KEY, ""), "X-Retry-Count: " + retryCount};
    }

    /** Posts a try of the batch b-1; its status. */
    private int post(int retryCount, String... messages) throws IOException {
        return post(retryCount, body("b-1", time(retryCount), messages));
    }

    private int post(int retryCount, byte[] body) throws IOException {
        return SegmentRequests.post(collector, BATCH, body, headers(retryCount)).status();
    }

    @ParameterizedTest
    @EnumSource(CollectorMode.class)
    void shouldTakeTriesThatFollowOneAnother(CollectorMode mode) throws IOException {
        collector.close();
        collector = Collector.builder().mode(mode).start();
        collector.answerNext(Answer.status(503), Answer.status(429));

        assertThat(post(0, track(1), track(2))).isEqualTo(503);
        assertThat(post(1, track(1), track(2))).isEqualTo(429);
        assertThat(post(2, track(1), track(2))).isEqualTo(200);

        assertThat(collector.invalidReasons()).isEmpty();
        assertThat(collector.stats().distinct()).isEqualTo(2);
    }

    @Test
    void shouldKeepBatchesApart() throws IOException {
        post(0, body("b-1", FIRST_TIME, track(1)));
        post(0, body("b-2", FIRST_TIME, track(2)));
        post(1, body("b-1", time(1), track(1)));
        assertThat(collector.invalidReasons()).isEmpty();
    }

    @Test
    void shouldNotCompareBatchesWithoutAnId() throws IOException {
        byte[] body = utf8(SegmentRequests.batch(track(1)));
        assertThat(post(0, body)).isEqualTo(200);
        assertThat(post(0, body)).isEqualTo(200);
        assertThat(collector.invalidReasons()).isEmpty();
    }

    @Test
    void shouldLetTheImportPathBe() throws IOException {
        byte[] body = body("b-1", FIRST_TIME, track(1));
        for (int i = 0; i < 2; i++) {
            SegmentRequests.post(collector, IMPORT, body, basic(KEY, ""), "X-Retry-Count: x");
        }
        assertThat(collector.invalidReasons()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(CollectorMode.class)
    void shouldRefuseACountOnAFirstTry(CollectorMode mode) throws IOException {
        collector.close();
        collector = Collector.builder().mode(mode).start();
        assertThat(post(1, track(1))).isEqualTo(400);
        shouldBe("X-Retry-Count is 1 on the first try of its batch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "01", "-1", "1.0", "x", "", "1, 2", "1000000000"})
    void shouldRefuseACountThatIsNone(String count) throws IOException {
        post(0, track(1));
        SegmentRequests.post(
                collector, BATCH, body("b-1", time(1), track(1)), basic(KEY, ""), "X-Retry-Count: " + count);
        shouldBe("X-Retry-Count is not a whole number of at least 1");
    }

    @Test
    void shouldRefuseALaterTryWithoutACount() throws IOException {
        post(0, track(1));
        assertThat(post(0, body("b-1", time(1), track(1)))).isEqualTo(400);
        shouldBe("X-Retry-Count is missing on a later try of its batch");
    }

    @ParameterizedTest
    @CsvSource({"2, X-Retry-Count is 2 after 2", "1, X-Retry-Count is 1 after 2", "3, "})
    void shouldRefuseACountThatDoesNotGrow(int count, String reason) throws IOException {
        post(0, track(1));
        post(2, track(1));
        post(count, body("b-1", time(9), track(1)));
        if (reason == null) {
            assertThat(collector.invalidReasons()).isEmpty();
        } else {
            shouldBe(reason);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T10:00:05.000Z, false",
        "2026-03-01T10:00:04.999Z, false",
        "2026-03-01T12:00:05+02:00, false",
        "2026-03-01T12:00:05.000+02:00, false",
        "2026-03-01T10:00:05.001Z, true",
        "2026-03-01T12:00:05.001+02:00, true"
    })
    void shouldRefuseATryThatIsNotSentLater(String sentAt, boolean valid) throws IOException {
        post(0, track(1));
        assertThat(post(1, body("b-1", sentAt, track(1)))).isEqualTo(valid ? 200 : 400);
        if (!valid) {
            shouldBe("sentAt is not later than that of the try before");
        }
    }

    @Test
    void shouldRefuseOtherMessagesUnderTheSameId() throws IOException {
        String reason = "batch holds other messages than the try before, or in another order";
        post(0, track(1), track(2));
        post(1, track(1));
        post(1, track(1), track(2), track(3));
        post(1, track(1), track(3));
        post(1, track(2), track(1));
        assertThat(collector.invalidReasons()).containsExactly(reason, reason, reason, reason);
        assertThat(post(1, track(1), track(2))).isEqualTo(200);
    }

    @Test
    void shouldCountTriesThatFailedAfterTheirBodyWasRead() throws IOException {
        collector.answerNext(Answer.status(503), Answer.reset(), Answer.halfClose(), Answer.truncated());
        post(0, track(1));
        for (int i = 1; i < 4; i++) {
            int count = i;
            assertThatThrownBy(() -> post(count, track(1))).isInstanceOf(IOException.class);
        }
        assertThat(collector.invalidReasons()).isEmpty();
        assertThat(post(3, track(1))).isEqualTo(400);
        shouldBe("X-Retry-Count is 3 after 3");
    }

    @Test
    void shouldNotBlameATryForOnesWhoseBodyWasNotRead() throws IOException {
        collector.answerNext(Answer.early(503), Answer.resetEarly());
        assertThat(post(0, track(1))).isEqualTo(503);
        assertThatThrownBy(() -> post(1, track(1))).isInstanceOf(IOException.class);
        assertThat(post(2, track(1))).isEqualTo(200);
        assertThat(collector.invalidReasons()).isEmpty();
        assertThat(post(2, body("b-1", time(3), track(1)))).isEqualTo(400);
        shouldBe("X-Retry-Count is 2 after 2");
    }

    @Test
    void shouldAllowForTriesLostInAnOutage() throws IOException {
        collector.stop();
        collector.restart();
        assertThat(post(4, track(1))).isEqualTo(200);
        assertThat(collector.invalidReasons()).isEmpty();
    }

    @Test
    void shouldAllowForTriesLostOnAConnectionClosedWithoutNotice() throws IOException {
        collector.answerNext(Answer.ok().thenClose());
        post(0, body("b-2", FIRST_TIME, track(2)));
        assertThat(post(1, track(1))).isEqualTo(200);
        assertThat(collector.invalidReasons()).isEmpty();
    }

    @Test
    void shouldBeStrictAgainAfterAReset() throws IOException {
        collector.answerNext(Answer.early(503), Answer.ok().thenClose());
        post(0, track(1));
        post(0, body("b-2", FIRST_TIME, track(2)));
        collector.reset();
        post(1, track(1));
        shouldBe("X-Retry-Count is 1 on the first try of its batch");
    }

    @Test
    void shouldGoOnComparingAcrossAResetAndTakeAnIdAgain() throws IOException {
        post(0, body("b-1", FIRST_TIME, track(1)));
        post(0, body("b-2", FIRST_TIME, track(2)));
        collector.reset();
        post(0, body("b-2", FIRST_TIME, track(3)));
        assertThat(collector.invalidReasons()).isEmpty();
        post(1, body("b-1", time(1), track(9)));
        shouldBe("batch holds other messages than the try before, or in another order");
    }

    @Test
    void shouldNotCompareWithATryThatIsReadAfterTheNext() throws IOException {
        byte[] first = body("b-1", time(0), track(1));
        try (RawClient slow = new RawClient(collector)) {
            slow.send("POST " + BATCH + " HTTP/1.1\r\nHost: c\r\nContent-Type: application/json\r\nContent-Length: "
                    + first.length + "\r\nExpect: 100-continue\r\n" + basic(KEY, "") + "\r\n\r\n");
            assertThat(slow.read().status()).isEqualTo(100);
            assertThat(post(1, track(1))).isEqualTo(200);
            slow.send(first);
            assertThat(slow.read().status()).isEqualTo(200);
        }
        assertThat(collector.invalidReasons()).isEmpty();
        assertThat(post(1, body("b-1", time(2), track(1)))).isEqualTo(400);
        shouldBe("X-Retry-Count is 1 after 1");
    }

    @Test
    void shouldForgetTheBatchesUsedLeastRecently() throws InvalidRequestException {
        SegmentTries tries = new SegmentTries();
        for (int i = 0; i < SegmentTries.MAX_BATCHES; i++) {
            check(tries, "b-" + i, 0, time(0));
        }
        assertThatThrownBy(() -> check(tries, "unknown", 1, time(1)))
                .hasMessage("X-Retry-Count is 1 on the first try of its batch");
        check(tries, "b-0", 1, time(1));
        check(tries, "one more", 0, time(0));

        assertThatThrownBy(() -> check(tries, "b-0", 1, time(2))).hasMessage("X-Retry-Count is 1 after 1");
        assertThatThrownBy(() -> check(tries, "b-2", 1, time(0)))
                .hasMessage("sentAt is not later than that of the try before");
        assertThatCode(() -> check(tries, "b-1", 1, time(0))).doesNotThrowAnyException();
    }

    private static void check(SegmentTries tries, String batch, int retryCount, String sentAt)
            throws InvalidRequestException {
        Map<String, String> fields = retryCount == 0 ? Map.of() : Map.of("x-retry-count", Integer.toString(retryCount));
        tries.begin(new RequestHead("POST", BATCH, "", fields, false)).check(batch, sentAt, new BatchContents());
    }
}
