package dev.penstock.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.Outcome;
import dev.penstock.client.SendReport;
import dev.penstock.client.segment.Context;
import dev.penstock.client.segment.MessageBuilder;
import dev.penstock.client.segment.MessageListener;
import dev.penstock.client.segment.MessageNotice;
import dev.penstock.client.segment.SegmentAnalytics;
import dev.penstock.client.segment.SegmentClients;
import dev.penstock.client.segment.SegmentConfig;
import dev.penstock.collector.Collector;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.collector.ReceivedRequest;
import dev.penstock.engine.record.TestSeed;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.EngineThreadNames;
import dev.penstock.engine.testing.SegmentFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The limits of messages, requests and the default context, to the byte. The collector refuses what Segment would, so a
 * limit that is passed shows there too.
 */
@Timeout(60)
class SegmentLimitsTest {

    private static final int MAX_MESSAGE = 32_000;
    private static final int MAX_REQUEST = 500_000;

    /** A message of {@link #message} with no text. */
    private static final int BARE_MESSAGE = ("{\"type\":\"track\",\"messageId\":\"" + new UUID(1, 2)
                    + "\",\"event\":\"e\",\"userId\":\"u\","
                    + "\"timestamp\":\"2026-03-01T10:00:04.871Z\",\"properties\":{\"t\":\"\"}}")
            .length();

    /** So that there would be a thread for it. */
    private static final MessageListener IGNORED = new MessageListener() {
        @Override
        public void onSuccess(MessageNotice notice) {
            // nobody asks
        }

        @Override
        public void onFailure(MessageNotice notice) {
            // nobody asks
        }
    };

    private static final long TIME = 1_772_359_204_871L;

    private final Collector collector = Collector.start();
    private long ids;

    @AfterEach
    void closeCollector() {
        collector.close();
    }

    /** Nearly all of the character, and ASCII for what is left over. */
    private static String text(int bytes, String character) {
        int width = character.getBytes(UTF_8).length;
        return character.repeat(bytes / width) + "x".repeat(bytes % width);
    }

    /** A message whose JSON has exactly so many bytes. */
    private MessageBuilder message(SegmentAnalytics client, int bytes, String character) {
        return client.track("e")
                .userId("u")
                .messageId(1, ++ids)
                .timestamp(TIME)
                .put("t", text(bytes - BARE_MESSAGE, character));
    }

    private SegmentFixture client(UnaryOperator<SegmentConfig.Builder> options) {
        return SegmentFixture.sendingOnFlush(collector.uri(), options);
    }

    private static int bytes(String json) {
        return json.getBytes(UTF_8).length;
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "é", "漢", "😀"})
    void shouldDeliverAMessageOfExactlyTheLimitAndRefuseOneByteMore(String character) {
        assertMessageLimit(MAX_MESSAGE, character, config -> config);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "é", "漢", "😀"})
    void shouldKeepToASmallerLimitOfAMessage(String character) {
        assertMessageLimit(1_024, character, config -> config.maxMessageBytes(1_024));
    }

    private void assertMessageLimit(int limit, String character, UnaryOperator<SegmentConfig.Builder> options) {
        try (SegmentFixture fixture = client(options)) {
            for (int size : new int[] {limit - 1, limit}) {
                SendReport report = message(fixture.client(), size, character).sendAndAwait(Await.LONG);
                assertThat(report.isDelivered())
                        .as("%s bytes: %s", size, report)
                        .isTrue();
            }
            SendReport over = message(fixture.client(), limit + 1, character).sendAndAwait(Await.LONG);
            assertRefused(over, limit + 1);
            assertThat(fixture.stats().delivered()).isEqualTo(2);
        }
        assertThat(collector.invalidReasons()).isEmpty();
        assertThat(collector.events()).extracting(event -> bytes(event.json())).containsExactly(limit - 1, limit);
    }

    /** At the call if the characters alone are too many, and otherwise once the bytes are counted. */
    private static void assertRefused(SendReport report, int size) {
        if (report.result() == CaptureResult.ACCEPTED) {
            assertThat(report.outcome()).contains(Outcome.REFUSED);
            assertThat(report.reason()).contains(size + " bytes", "over the limit");
        } else {
            assertThat(report.result()).isEqualTo(CaptureResult.TOO_LARGE);
        }
    }

    @Test
    void shouldAnswerTooLargeAtOnceWhenItIsCertain() {
        try (SegmentFixture fixture = client(config -> config)) {
            SegmentAnalytics client = fixture.client();
            assertThat(client.track("e")
                            .userId("u")
                            .put("t", "x".repeat(MAX_MESSAGE))
                            .send())
                    .isEqualTo(CaptureResult.TOO_LARGE);
            assertThat(client.track("x".repeat(MAX_MESSAGE)).userId("u").send()).isEqualTo(CaptureResult.TOO_LARGE);
            assertThat(client.track("e").userId("x".repeat(MAX_MESSAGE)).send()).isEqualTo(CaptureResult.TOO_LARGE);
            assertThat(client.track("e").anonymousId("x".repeat(MAX_MESSAGE)).send())
                    .isEqualTo(CaptureResult.TOO_LARGE);
            assertThat(client.track("e")
                            .userId("u")
                            .context("t", "x".repeat(MAX_MESSAGE))
                            .send())
                    .isEqualTo(CaptureResult.TOO_LARGE);
            fixture.flush();

            assertThat(fixture.stats().results()).containsEntry(CaptureResult.TOO_LARGE, 5L);
        }
        assertThat(collector.totalConnections()).isZero();
    }

    /** Where groups and aliases have a name, events say what happened; those say who somebody is. */
    @Test
    void shouldSayWhatWasRefusedWithoutSayingWhom() {
        String escaped = "\u0001".repeat(10_000);
        try (SegmentFixture fixture = client(config -> config)) {
            assertThat(fixture.client()
                            .group("secret-group")
                            .userId("secret-user")
                            .put("t", escaped)
                            .send())
                    .isEqualTo(CaptureResult.ACCEPTED);
            fixture.flush();
            fixture.awaitWarning("over the limit of 32000");

            assertThat(fixture.stats().refused()).isEqualTo(1);
            assertThat(fixture.logger().lines()).noneMatch(line -> line.text().contains("secret"));
        }
    }

    /** What a request has besides its messages. */
    private int envelope(SegmentFixture fixture) {
        message(fixture.client(), 1_000, "x").send();
        fixture.flush();
        int envelope = bytes(collector.requests().get(0).body()) - 1_000;
        collector.reset();
        return envelope;
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "é", "漢", "😀"})
    void shouldFillARequestToItsLastByteAndThenSendIt(String character) {
        assertRequestLimit(MAX_REQUEST, 31_000, character, config -> config);
    }

    @Test
    void shouldFillASmallerRequestToItsLastByte() {
        assertRequestLimit(10_000, 1_500, "漢", config -> config.maxBatchBytes(10_000));
        collector.reset();
        assertRequestLimit(
                10_000, 1_500, "x", config -> config.maxBatchBytes(10_000).compression(false));
    }

    private void assertRequestLimit(
            int limit, int size, String character, UnaryOperator<SegmentConfig.Builder> options) {
        try (SegmentFixture fixture = client(options)) {
            int envelope = envelope(fixture);
            // Full: it goes by itself.
            fill(fixture, limit - envelope, size, character);
            collector.awaitRequests(1, Await.LONG);
            fixture.awaitSettled();
            // A byte less: nothing fits any more, but it may wait.
            fill(fixture, limit - envelope - 1, size, character);
            int full = message(fixture, size, character);
            collector.awaitRequests(2, Await.LONG);
            assertThat(fixture.stats().pending().total()).isPositive();
            fixture.flush();
            // A byte more: the last message has to wait for the next request.
            fill(fixture, limit - envelope + 1, size, character);
            fixture.flush();

            List<Integer> lengths = lengths();
            assertThat(lengths).hasSize(5);
            assertThat(lengths.get(0)).isEqualTo(limit);
            assertThat(lengths.get(1)).isEqualTo(limit - 1);
            assertThat(lengths.get(2)).isEqualTo(envelope + full);
            assertThat(lengths.get(3)).isLessThan(limit - 1);
            assertThat(lengths.get(3) + lengths.get(4) - envelope + 1).isEqualTo(limit + 1);
        }
        assertThat(collector.invalidReasons()).isEmpty();
    }

    private int message(SegmentFixture fixture, int size, String character) {
        assertThat(message(fixture.client(), size, character).send()).isEqualTo(CaptureResult.ACCEPTED);
        return size;
    }

    /** Messages that with the commas between them take exactly so many bytes. */
    private void fill(SegmentFixture fixture, int bytes, int size, String character) {
        int left = bytes;
        while (left >= 2 * size + 1) {
            left -= message(fixture, size, character) + 1;
        }
        // Two more of about half of what is left.
        left -= message(fixture, left / 2, character) + 1;
        message(fixture, left, character);
    }

    private List<Integer> lengths() {
        return collector.requests().stream()
                .map(request -> bytes(request.body()))
                .toList();
    }

    /** The sum of what fits, for messages of any sizes. */
    @Test
    void shouldPutIntoEachRequestWhatFits() {
        TestSeed.run(random -> {
            for (int limit : new int[] {MAX_REQUEST, 40_000}) {
                collector.reset();
                assertPacking(limit, random);
            }
        });
    }

    private void assertPacking(int limit, SplittableRandom random) {
        try (SegmentFixture fixture = client(config -> config.maxBatchBytes(limit))) {
            int envelope = envelope(fixture);
            List<Integer> expected = new ArrayList<>();
            int length = envelope;
            int count = 0;
            for (int i = 0; i < 120; i++) {
                int size =
                        random.nextInt(3) == 0 ? random.nextInt(20_000, MAX_MESSAGE + 1) : random.nextInt(200, 2_000);
                message(fixture, size, random.nextBoolean() ? "x" : "漢");
                if (count > 0 && length + 1 + size > limit) {
                    expected.add(length);
                    length = envelope;
                    count = 0;
                }
                length += size + (count == 0 ? 0 : 1);
                count++;
            }
            expected.add(length);
            fixture.flush();

            // Requests are open side by side.
            assertThat(lengths()).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(lengths()).allMatch(bytes -> bytes <= limit);
            assertThat(fixture.stats().delivered()).isEqualTo(121);
        }
        assertThat(collector.invalidReasons()).isEmpty();
    }

    /** An envelope leaves no room at all; it cannot be made smaller. */
    @Test
    void shouldSendAMessageAloneThatFitsIntoNoRequest() {
        try (SegmentFixture fixture = client(config -> config.maxBatchBytes(1_024))) {
            for (int i = 0; i < 3; i++) {
                message(fixture, 1_024, "x");
            }
            collector.awaitRequests(3, Await.LONG);
            fixture.flush();
        }
        assertThat(collector.requests())
                .extracting(request -> request.events().size())
                .containsExactly(1, 1, 1);
    }

    @ParameterizedTest
    @CsvSource({"2500, 2499", "2500, 2500", "2500, 2501", "1, 1", "3, 7", "1001, 1001", "250, 250"})
    void shouldPutNoMoreMessagesIntoARequestThanItsLimit(int limit, int messages) {
        try (SegmentFixture fixture = client(config -> config.maxBatchMessages(limit))) {
            fixture.track(messages);
            if (messages >= limit) {
                collector.awaitRequests(messages / limit, Await.LONG);
            }
            fixture.awaitRingEmpty();
            assertThat(fixture.stats().pending().inOpenBatch()).isEqualTo(messages % limit);
            fixture.flush();

            assertThat(fixture.stats().delivered()).isEqualTo(messages);
        }
        assertThat(collector.invalidReasons()).isEmpty();
        assertThat(counts()).containsExactlyInAnyOrderElementsOf(expectedCounts(limit, messages));
    }

    private List<Integer> counts() {
        return collector.requests().stream()
                .map(ReceivedRequest::events)
                .map(List::size)
                .toList();
    }

    private static List<Integer> expectedCounts(int limit, int messages) {
        List<Integer> counts = new ArrayList<>();
        for (int left = messages; left > 0; left -= limit) {
            counts.add(Math.min(left, limit));
        }
        return counts;
    }

    /** A default context of which the JSON, with the library, has exactly so many bytes. */
    private static Context defaultContext(int bytes, String character) {
        int bare = bytes("{\"library\":{\"name\":\"" + EngineVersion.NAME + "\",\"version\":\""
                + EngineVersion.version() + "\"},\"pad\":\"\"}");
        return Context.builder().put("pad", text(bytes - bare, character)).build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "é", "漢", "😀"})
    void shouldTakeADefaultContextOfExactlyItsLimit(String character) {
        Context context = defaultContext(32_000, character);
        try (SegmentFixture fixture = client(config -> config.defaultContext(context))) {
            fixture.track(1);
            fixture.flush();
        }
        assertThat(collector.invalidReasons()).isEmpty();
        String body = collector.requests().get(0).body();
        int from = body.indexOf("\"context\":") + "\"context\":".length();
        assertThat(bytes(body.substring(from, body.indexOf(",\"batch\":")))).isEqualTo(32_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "é", "漢", "😀"})
    void shouldNotStartWithADefaultContextOfAByteMore(String character) {
        assertNotStarted(defaultContext(32_001, character), "32001");
    }

    @Test
    void shouldNotStartWithADefaultContextThatWouldFillEachMessage() {
        Context half = defaultContext(16_000, "x");
        Context more = defaultContext(16_001, "x");
        try (SegmentFixture fixture =
                client(config -> config.defaultContext(half).contextInMessages(true))) {
            fixture.track(1);
            fixture.flush();
        }
        assertThat(collector.invalidReasons()).isEmpty();
        SegmentConfig config = SegmentConfig.builder("key")
                .name("overfull")
                .defaultContext(more)
                .contextInMessages(true)
                .messageListener(IGNORED)
                .build();
        assertThatThrownBy(() -> SegmentClients.create(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("contextInMessages")
                .hasMessageContaining("16000")
                .hasMessageContaining("16001");
        assertThat(EngineThreadNames.alive("overfull")).isEmpty();
    }

    @Test
    void shouldNotStartWithADefaultContextThatIsFarTooLarge() {
        assertNotStarted(defaultContext(3_000_000, "x"), "longer");
        assertThat(collector.totalConnections()).isZero();
    }

    private void assertNotStarted(Context context, String told) {
        SegmentConfig config = SegmentConfig.builder(SegmentFixture.WRITE_KEY)
                .host(collector.uri())
                .name("overfull")
                .defaultContext(context)
                .messageListener(IGNORED)
                .build();

        assertThatThrownBy(() -> SegmentClients.create(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("defaultContext")
                .hasMessageContaining("32000")
                .hasMessageContaining(told);
        assertThat(EngineThreadNames.alive("overfull")).isEmpty();
    }

    @Test
    void shouldCountTheContextInAMessageAmongItsBytes() {
        Context context = defaultContext(1_000, "x");
        try (SegmentFixture fixture =
                client(config -> config.defaultContext(context).contextInMessages(true))) {
            int more = ",\"context\":".length() + 1_000;
            assertThat(message(fixture.client(), MAX_MESSAGE - more, "x")
                            .sendAndAwait(Await.LONG)
                            .isDelivered())
                    .isTrue();
            assertRefused(
                    message(fixture.client(), MAX_MESSAGE - more + 1, "x").sendAndAwait(Await.LONG), MAX_MESSAGE + 1);
        }
        assertThat(collector.invalidReasons()).isEmpty();
        assertThat(collector.events())
                .extracting(ReceivedEvent::json)
                .singleElement()
                .satisfies(json -> assertThat(bytes(json)).isEqualTo(MAX_MESSAGE));
    }
}
