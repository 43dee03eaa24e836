package dev.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.ClientStats;
import dev.penstock.client.segment.RetryPolicy;
import dev.penstock.client.segment.SegmentConfig;
import dev.penstock.collector.Answer;
import dev.penstock.collector.Collector;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.collector.ReceivedRequest;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.SegmentFixture;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which answers have a batch of messages tried again, cut in two or refused, and what is the same in each try. */
@Timeout(60)
class SegmentRetryTest {

    private static final Pattern SENT_AT = Pattern.compile("\"sentAt\":\"([^\"]+)\"");

    /** As Segment's Java client has it, with every other 5xx. */
    private static final Set<Integer> RETRIED = Set.of(408, 410, 429, 460);

    private static final Set<Integer> FINAL = Set.of(501, 505, 511);
    private static final Set<Integer> SPLIT = Set.of(400, 413);

    private final Collector collector = Collector.start();

    @AfterEach
    void closeCollector() {
        collector.close();
    }

    private SegmentFixture client(UnaryOperator<SegmentConfig.Builder> options) {
        return SegmentFixture.sendingOnFlush(
                collector.uri(), config -> options.apply(config.retryDelay(Duration.ofMillis(100))));
    }

    static IntStream retried() {
        return IntStream.rangeClosed(400, 599)
                .filter(status -> RETRIED.contains(status) || (status >= 500 && !FINAL.contains(status)))
                .filter(SegmentRetryTest::isTelling);
    }

    static IntStream refused() {
        return IntStream.concat(IntStream.of(300, 301, 302, 303, 305, 307, 308), IntStream.rangeClosed(400, 599))
                .filter(status -> !RETRIED.contains(status) && !SPLIT.contains(status))
                .filter(status -> status < 500 || FINAL.contains(status))
                .filter(SegmentRetryTest::isTelling);
    }

    /** All with a meaning, the neighbours of those that are exceptions, and the ends. */
    private static boolean isTelling(int status) {
        return status < 432
                || (status > 450 && status < 462)
                || (status > 498 && status < 513)
                || status == 520
                || status == 599;
    }

    @ParameterizedTest
    @MethodSource("retried")
    void shouldTryAgainAndSendTheSameMessages(int status) {
        collector.answerNext(Answer.status(status));
        try (SegmentFixture fixture = client(config -> config)) {
            fixture.track(3);
            fixture.flush();

            assertThat(fixture.stats().delivered()).isEqualTo(3);
            assertThat(fixture.stats().delivery().retries()).isEqualTo(1);
        }
        assertThat(collector.requests()).hasSize(2);
        assertThat(collector.stats().duplicates()).isZero();
        assertTries(collector.requests());
    }

    /** Nothing differs but the count of tries and the time. */
    private static void assertTries(List<ReceivedRequest> tries) {
        String messages = messages(tries.get(0));
        Instant before = Instant.MIN;
        for (int i = 0; i < tries.size(); i++) {
            ReceivedRequest request = tries.get(i);
            assertThat(request.header("x-retry-count"))
                    .isEqualTo(i == 0 ? Optional.empty() : Optional.of(Integer.toString(i)));
            assertThat(messages(request)).isEqualTo(messages);
            assertThat(request.body().substring(0, 50))
                    .as("batch id")
                    .isEqualTo(tries.get(0).body().substring(0, 50));
            assertThat(sentAt(request)).isAfter(before);
            before = sentAt(request);
        }
    }

    private static String messages(ReceivedRequest request) {
        return request.body().substring(request.body().indexOf(",\"context\":"));
    }

    private static Instant sentAt(ReceivedRequest request) {
        Matcher matcher = SENT_AT.matcher(request.body());
        assertThat(matcher.find()).isTrue();
        return Instant.parse(matcher.group(1));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void shouldRefuseWithASingleRequest(int status) {
        collector.answerNext(Answer.status(status));
        try (SegmentFixture fixture = client(config -> config)) {
            fixture.track(3);
            fixture.flush();

            assertThat(fixture.stats().refused()).isEqualTo(3);
            assertThat(fixture.stats().delivery().requests()).isEqualTo(1);
            fixture.awaitWarning(Integer.toString(status));
        }
        assertThat(collector.requests()).hasSize(1);
        assertThat(collector.stats().events()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void shouldTakeEverySuccessForDelivery(int status) {
        collector.answerNext(Answer.status(status));
        try (SegmentFixture fixture = client(config -> config)) {
            fixture.track(3);
            fixture.flush();

            assertThat(fixture.stats().delivered()).isEqualTo(3);
            fixture.assertQuiet();
        }
        assertThat(collector.requests()).hasSize(1);
    }

    /** There is no word on single messages behind it. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"success\":true}", "{\"success\":false}", "", "nonsense", "{\"results\":{}}"})
    void shouldNotMindWhatASuccessSays(String body) {
        collector.answerNext(Answer.ok().body(body));
        try (SegmentFixture fixture = client(config -> config)) {
            fixture.track(3);
            fixture.flush();

            assertThat(fixture.stats().delivered()).isEqualTo(3);
            fixture.assertQuiet();
        }
    }

    @Test
    void shouldCountTheTriesInAHeader() {
        collector.answerNext(Answer.status(500), Answer.status(502), Answer.status(429), Answer.reset());
        try (SegmentFixture fixture = client(config -> config.maxRetries(9))) {
            fixture.track(3);
            fixture.flush();

            assertThat(fixture.stats().delivered()).isEqualTo(3);
        }
        assertThat(collector.requests()).hasSize(5);
        assertTries(collector.requests());
    }

    @Test
    void shouldExpireWhatTheServerNeverTakes() {
        collector.answerAll(Answer.status(503));
        try (SegmentFixture fixture = client(config -> config.maxRetries(2))) {
            fixture.track(3);
            fixture.flush();

            assertThat(fixture.stats().expired()).isEqualTo(3);
            assertThat(fixture.stats().delivery().requests()).isEqualTo(3);
            fixture.awaitWarning("2 retries used up", "503");
        }
        assertTries(collector.requests());
    }

    @Test
    void shouldNotTryAgainWithoutRetries() {
        collector.answerAll(Answer.status(503));
        try (SegmentFixture fixture = client(config -> config.maxRetries(0))) {
            fixture.track(3);
            fixture.flush();

            assertThat(fixture.stats().expired()).isEqualTo(3);
        }
        assertThat(collector.requests()).hasSize(1);
    }

    @Test
    void shouldCountRetriesOfEachBatchAnew() {
        collector.answerNext(Answer.status(503), Answer.ok(), Answer.ok());
        try (SegmentFixture fixture = client(config -> config)) {
            fixture.track("first");
            fixture.flush();
            fixture.track("second");
            fixture.flush();
        }
        assertThat(collector.requests())
                .extracting(request -> request.header("x-retry-count").orElse(""))
                .containsExactly("", "1", "");
    }

    @Test
    void shouldNotCountARetryThatTheServerAskedFor() {
        collector.answerNext(Answer.status(429).header("Retry-After", "1"));
        try (SegmentFixture fixture = client(config -> config.maxRetries(0))) {
            fixture.track(3);
            fixture.flush();

            assertThat(fixture.stats().delivered()).isEqualTo(3);
        }
        assertTries(collector.requests());
    }

    @Test
    void shouldAskTheUsersPolicyHowLongToWait() {
        List<Integer> asked = new CopyOnWriteArrayList<>();
        RetryPolicy policy = failed -> {
            asked.add(failed);
            return failed == 2 ? Duration.ofMillis(300) : Duration.ZERO;
        };
        collector.answerNext(Answer.status(500), Answer.status(500), Answer.status(500));
        try (SegmentFixture fixture = client(config -> config.retryPolicy(policy))) {
            fixture.track(3);
            fixture.flush();

            assertThat(fixture.stats().delivered()).isEqualTo(3);
        }
        assertThat(asked).containsExactly(1, 2, 3);
        List<ReceivedRequest> requests = collector.requests();
        assertThat(requests).hasSize(4);
        assertThat(requests.get(2).receivedNanos() - requests.get(1).receivedNanos())
                .isGreaterThanOrEqualTo(Duration.ofMillis(300).toNanos());
    }

    @Test
    void shouldDoWithoutAPolicyThatFails() {
        RetryPolicy failing = failed -> {
            if (failed == 1) {
                throw new IllegalStateException("policy");
            }
            return null;
        };
        collector.answerNext(Answer.status(500), Answer.status(500));
        try (SegmentFixture fixture = client(config -> config.retryPolicy(failing))) {
            fixture.track(3);
            fixture.flush();

            assertThat(fixture.stats().delivered()).isEqualTo(3);
        }
        assertTries(collector.requests());
    }

    @Test
    void shouldGiveUpWhenTheDeadlineOfDeliveryIsUsedUp() {
        collector.answerAll(Answer.status(503));
        try (SegmentFixture fixture = client(config -> config.maxRetries(100)
                .deliveryDeadline(Duration.ofSeconds(3))
                .retryPolicy(failed -> Duration.ofMillis(900)))) {
            fixture.track(3);
            fixture.flush();

            assertThat(fixture.stats().expired()).isEqualTo(3);
            fixture.awaitWarning("deadline", "used up", "503");
        }
        assertThat(collector.requests()).hasSizeBetween(2, 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413})
    void shouldFindTheOneMessageThatTheServerWillNotTake(int status) {
        collector.answerWhen(request -> request.hasEvent("poison"), Answer.status(status));
        try (SegmentFixture fixture = client(config -> config)) {
            fixture.track(61);
            fixture.track("poison");
            fixture.track(38);
            fixture.flush();

            ClientStats stats = fixture.stats();
            assertThat(stats.delivered()).isEqualTo(99);
            assertThat(stats.refused()).isEqualTo(1);
            assertThat(stats.delivery().splits()).isPositive();
            assertThat(collector.stats().distinct()).isEqualTo(99);
            assertThat(collector.stats().duplicates()).isZero();
        }
        assertThat(collector.events()).extracting(ReceivedEvent::event).doesNotContain("poison");
        // Each message stays as it was, whichever part it travels in.
        assertThat(json(collector.requests().get(0).events())).hasSize(100).containsAll(json(collector.events()));
        assertThat(batchIds()).as("each part is a batch of its own").doesNotHaveDuplicates();
    }

    private static List<String> json(List<ReceivedEvent> messages) {
        return messages.stream().map(ReceivedEvent::json).toList();
    }

    private List<String> batchIds() {
        return collector.requests().stream()
                .map(request -> request.body().substring(0, 50))
                .toList();
    }

    @Test
    void shouldRefuseAllWithOneRequestWhenSplittingIsOff() {
        collector.answerWhen(request -> request.hasEvent("poison"), Answer.status(400));
        try (SegmentFixture fixture = client(config -> config.splitOnBadRequest(false))) {
            fixture.track(9);
            fixture.track("poison");
            fixture.flush();

            assertThat(fixture.stats().refused()).isEqualTo(10);
        }
        assertThat(collector.requests()).hasSize(1);
    }

    @Test
    void shouldSplitA413EvenWhenSplittingOfBadRequestsIsOff() {
        collector.answerNext(Answer.status(413));
        try (SegmentFixture fixture = client(config -> config.splitOnBadRequest(false))) {
            fixture.track(10);
            fixture.flush();

            assertThat(fixture.stats().delivered()).isEqualTo(10);
        }
        assertThat(collector.requests())
                .extracting(request -> request.events().size())
                .containsExactlyInAnyOrder(10, 5, 5);
    }

    @Test
    void shouldEndWhenEverythingIsTooLarge() {
        collector.answerAll(Answer.status(413));
        try (SegmentFixture fixture = client(config -> config.maxBatchMessages(1_000))) {
            fixture.track(1_000);
            fixture.flush();

            assertThat(fixture.stats().refused()).isEqualTo(1_000);
            assertThat(fixture.stats().delivery().requests()).isLessThanOrEqualTo(128);
        }
    }

    @Test
    void shouldTryAPartAgainThatFails() {
        collector.answerNext(Answer.status(413), Answer.status(503));
        try (SegmentFixture fixture = client(config -> config)) {
            fixture.track(2);
            fixture.flush();

            assertThat(fixture.stats().delivered()).isEqualTo(2);
            assertThat(collector.stats().distinct()).isEqualTo(2);
            assertThat(collector.stats().duplicates()).isZero();
        }
        assertThat(collector.requests()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void shouldWaitAsLongAsRetryAfterSays(int status) {
        collector.answerNext(Answer.status(status).header("Retry-After", "1"));
        try (SegmentFixture fixture = client(config -> config)) {
            fixture.track(3);
            fixture.flush();

            assertThat(fixture.stats().delivered()).isEqualTo(3);
        }
        List<ReceivedRequest> requests = collector.requests();
        assertThat(requests).hasSize(2);
        assertThat(requests.get(1).receivedNanos() - requests.get(0).receivedNanos())
                .isGreaterThanOrEqualTo(Duration.ofMillis(990).toNanos());
    }

    @Test
    void shouldWaitUntilTheDateThatRetryAfterSays() {
        Instant date = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(2);
        String text = DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atOffset(ZoneOffset.UTC));
        collector.answerNext(Answer.status(429).header("Retry-After", text));
        try (SegmentFixture fixture = client(config -> config)) {
            fixture.track(3);
            fixture.flush();

            assertThat(fixture.stats().delivered()).isEqualTo(3);
            assertThat(Instant.now()).isAfter(date.minusMillis(10));
        }
    }

    /** A try after a wait that was asked for would be free, and would succeed. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "soon", "1.5", "99999999999999999999999x", "", "Sun, 06 Nov 1994 08:49:37 GMT"})
    void shouldIgnoreARetryAfterThatIsUnreadableOrAsksForNoWait(String value) {
        collector.answerNext(Answer.status(503).header("Retry-After", value));
        try (SegmentFixture fixture = client(config -> config.maxRetries(0))) {
            fixture.track(3);
            fixture.flush();

            assertThat(fixture.stats().expired()).isEqualTo(3);
        }
        assertThat(collector.requests()).hasSize(1);
    }

    @Test
    void shouldSayOnceThatTheKeyIsWrongWithoutShowingIt() {
        try (Collector strict = Collector.builder().apiKey("another-key").start();
                SegmentFixture fixture =
                        SegmentFixture.sendingOnFlush(strict.uri(), config -> config.maxBatchMessages(5))) {
            fixture.track(50);
            fixture.flush();
            fixture.awaitWarning("401");

            assertThat(fixture.stats().refused()).isEqualTo(50);
            assertThat(fixture.stats().delivery().requests()).isEqualTo(10);
            assertThat(fixture.logger().lines()).noneMatch(line -> line.text().contains(SegmentFixture.WRITE_KEY));
        }
    }

    @Test
    void shouldSayWhatItDoesWhenDebuggingButNoContent() {
        collector.answerNext(Answer.status(503));
        try (SegmentFixture fixture = client(config -> config.debug(true))) {
            fixture.client()
                    .track("secret-name")
                    .userId("secret-user")
                    .put("secret", "secret")
                    .send();
            fixture.flush();
            Await.until(
                    () -> fixture.logger().lines().stream()
                            .anyMatch(line -> line.text().contains("200")),
                    "the answer is told");

            assertThat(fixture.logger().lines())
                    .anyMatch(line -> line.text().contains("/v1/batch"))
                    .noneMatch(line -> line.text().contains("secret"))
                    .noneMatch(line -> line.text().contains(SegmentFixture.WRITE_KEY));
        }
    }
}
