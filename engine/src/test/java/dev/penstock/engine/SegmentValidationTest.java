package dev.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.FlushResult;
import dev.penstock.client.segment.AliasMessage;
import dev.penstock.client.segment.GroupMessage;
import dev.penstock.client.segment.IdentifyMessage;
import dev.penstock.client.segment.Message;
import dev.penstock.client.segment.MessageBuilder;
import dev.penstock.client.segment.PageMessage;
import dev.penstock.client.segment.ScreenMessage;
import dev.penstock.client.segment.SegmentAnalytics;
import dev.penstock.client.segment.SegmentClients;
import dev.penstock.client.segment.SegmentConfig;
import dev.penstock.client.segment.TrackMessage;
import dev.penstock.collector.Collector;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.EngineThreadNames;
import dev.penstock.engine.testing.RecordingLogger;
import dev.penstock.engine.testing.SegmentFixture;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each of the six messages must have; without it nothing is sent, and the answer and the log say why. */
@Timeout(60)
class SegmentValidationTest {

    private static final String NO_ID = " without a userId or an anonymousId is dropped";
    private static final String ALIAS = "alias without a previousId and a userId is dropped";

    private final Collector collector = Collector.start();

    @AfterEach
    void closeCollector() {
        collector.close();
    }

    /** A row: what is wrong, said in both ways, and the sentence that tells it. */
    private record Row(String name, String sentence, Function<SegmentAnalytics, CaptureResult> fluent, Message typed) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Row row(
            String name, String sentence, Function<SegmentAnalytics, MessageBuilder> fluent, Message.Builder<?> typed) {
        return new Row(name, sentence, client -> fluent.apply(client).send(), typed == null ? null : typed.build());
    }

    static Stream<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (String blank : new String[] {null, "", " \t"}) {
            rows.addAll(rowsWith(blank));
        }
        return rows.stream();
    }

    private static List<Row> rowsWith(String blank) {
        String shown = blank == null ? "null" : '"' + blank.replace("\t", "\\t") + '"';
        return List.of(
                row(
                        "identify, ids " + shown,
                        "identify" + NO_ID,
                        client -> client.identify(blank).anonymousId(blank).put("a", 1),
                        IdentifyMessage.builder().userId(blank).anonymousId(blank)),
                row(
                        "identify, user id " + shown + " and no traits",
                        "identify without a userId or traits is dropped",
                        client -> client.identify(blank).anonymousId("a").context("ip", "203.0.113.9"),
                        IdentifyMessage.builder().userId(blank).anonymousId("a")),
                row(
                        "track, ids " + shown,
                        "track" + NO_ID,
                        client -> client.track("e").userId(blank).anonymousId(blank),
                        TrackMessage.builder("e").userId(blank).anonymousId(blank)),
                row(
                        "track, event " + shown,
                        "track without an event name is dropped",
                        client -> client.track(blank).userId("u"),
                        TrackMessage.builder(blank).userId("u")),
                row(
                        "page, ids " + shown,
                        "page" + NO_ID,
                        client -> client.page("p").userId(blank).anonymousId(blank),
                        PageMessage.builder("p").userId(blank).anonymousId(blank)),
                row(
                        "screen, ids " + shown,
                        "screen" + NO_ID,
                        client -> client.screen("s").userId(blank).anonymousId(blank),
                        ScreenMessage.builder("s").userId(blank).anonymousId(blank)),
                row(
                        "group, ids " + shown,
                        "group" + NO_ID,
                        client -> client.group("g").userId(blank).anonymousId(blank),
                        GroupMessage.builder("g").userId(blank).anonymousId(blank)),
                row(
                        "group, group id " + shown,
                        "group without a groupId is dropped",
                        client -> client.group(blank).userId("u"),
                        GroupMessage.builder(blank).userId("u")),
                row(
                        "alias, ids " + shown,
                        "alias" + NO_ID,
                        client -> client.alias().previousId("p").userId(blank),
                        AliasMessage.builder().previousId("p").userId(blank)),
                row(
                        "alias, user id " + shown + " beside an anonymous one",
                        ALIAS,
                        client -> client.alias().previousId("p").userId(blank).anonymousId("a"),
                        AliasMessage.builder().previousId("p").userId(blank).anonymousId("a")),
                row(
                        "alias, previous id " + shown,
                        ALIAS,
                        client -> client.alias().previousId(blank).userId("u"),
                        AliasMessage.builder().previousId(blank).userId("u")));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldDropAMessageThatLacksSomethingAndSayWhatOnce(Row row) {
        try (SegmentFixture fixture = SegmentFixture.of(collector)) {
            assertThat(row.fluent.apply(fixture.client())).isEqualTo(CaptureResult.INVALID);
            assertThat(fixture.client().enqueue(row.typed)).isEqualTo(CaptureResult.INVALID);
            assertDropped(fixture, 2, row.sentence);
        }
    }

    /** All that the table has, and what is just valid or just not. */
    private static Stream<Message> typedMessages() {
        return Stream.concat(
                rows().map(Row::typed),
                Stream.of(
                                IdentifyMessage.builder().userId("u"),
                                IdentifyMessage.builder().anonymousId("a").traits(Map.of("plan", "gold")),
                                IdentifyMessage.builder()
                                        .anonymousId("a")
                                        .traits(Collections.singletonMap("gone", null)),
                                IdentifyMessage.builder().anonymousId("a").traits(Collections.singletonMap(null, 1)),
                                IdentifyMessage.builder().anonymousId("a").traits(Map.of()),
                                TrackMessage.builder("e").anonymousId("a"),
                                PageMessage.builder(null).userId("u").category(" "),
                                ScreenMessage.builder(" ").anonymousId("a"),
                                GroupMessage.builder("g").anonymousId("a"),
                                AliasMessage.builder().previousId("p").userId("u"),
                                TrackMessage.builder("e").userId("u").messageId("x".repeat(99)),
                                TrackMessage.builder("e").userId("u").messageId("x".repeat(100)),
                                TrackMessage.builder("e").userId("u").messageId(" ".repeat(100)),
                                TrackMessage.builder(null).messageId("x".repeat(100)))
                        .map(Message.Builder::build));
    }

    @Test
    void shouldBeToldByEachTypedMessageWhatWillBeAnsweredAndLogged() {
        try (SegmentFixture fixture = SegmentFixture.of(collector)) {
            Set<String> problems = new HashSet<>();
            typedMessages().forEach(message -> {
                Optional<String> problem = message.problem();
                problem.ifPresent(problems::add);
                assertThat(fixture.client().enqueue(message))
                        .as(() -> message + ": " + problem)
                        .isEqualTo(problem.isPresent() ? CaptureResult.INVALID : CaptureResult.ACCEPTED);
            });
            fixture.flush();
            fixture.client().close();

            List<String> logged = fixture.logger().from(Level.WARNING);
            assertThat(problems)
                    .hasSize(11)
                    .allSatisfy(problem -> assertThat(logged).anyMatch(line -> line.contains(": " + problem)));
            assertThat(logged).allSatisfy(line -> assertThat(problems).anyMatch(line::contains));
        }
    }

    private void assertDropped(SegmentFixture fixture, long times, String sentence) {
        Await.until(() -> !fixture.logger().lines().isEmpty(), "said: " + sentence);
        fixture.flush();
        fixture.client().close();

        assertThat(fixture.stats().results()).containsEntry(CaptureResult.INVALID, times);
        assertThat(fixture.stats().accepted()).isZero();
        // How often it came is told in the line or at the end.
        assertThat(fixture.logger().lines()).isNotEmpty().allSatisfy(line -> {
            assertThat(line.level()).isEqualTo(Level.WARNING);
            assertThat(line.text()).contains(sentence);
        });
        assertThat(collector.totalConnections()).isZero();
    }

    static Stream<Row> misplaced() {
        String category = "a message with a category that is no page or screen is dropped";
        String previousId = "a message with a previousId that is no alias is dropped";
        return Stream.of(
                row(
                        "category of an identify",
                        category,
                        client -> client.identify("u").category("c"),
                        null),
                row(
                        "category of a track",
                        category,
                        client -> client.track("e").userId("u").category("c"),
                        null),
                row(
                        "category of a group",
                        category,
                        client -> client.group("g").userId("u").category("c"),
                        null),
                row(
                        "category of an alias",
                        category,
                        client -> client.alias().previousId("p").userId("u").category("c"),
                        null),
                row(
                        "previous id of an identify",
                        previousId,
                        client -> client.identify("u").previousId("p"),
                        null),
                row(
                        "previous id of a track",
                        previousId,
                        client -> client.track("e").userId("u").previousId("p"),
                        null),
                row(
                        "previous id of a page",
                        previousId,
                        client -> client.page("p").userId("u").previousId("p"),
                        null),
                row(
                        "previous id of a screen",
                        previousId,
                        client -> client.screen("s").userId("u").previousId("p"),
                        null),
                row(
                        "previous id of a group",
                        previousId,
                        client -> client.group("g").userId("u").previousId("p"),
                        null));
    }

    @ParameterizedTest
    @MethodSource("misplaced")
    void shouldDropAMessageWithWhatItsTypeDoesNotHave(Row row) {
        try (SegmentFixture fixture = SegmentFixture.of(collector)) {
            assertThat(row.fluent.apply(fixture.client())).isEqualTo(CaptureResult.INVALID);
            assertDropped(fixture, 1, row.sentence);
        }
    }

    @Test
    void shouldTakeAnIdentifyWithoutTraitsForAUser() {
        try (SegmentFixture fixture = SegmentFixture.of(collector)) {
            assertThat(fixture.client().identify("u").send()).isEqualTo(CaptureResult.ACCEPTED);
            fixture.flush();
            fixture.assertQuiet();
        }
    }

    @Test
    void shouldLeaveOutAndCountThePropertiesOfAnAlias() {
        try (SegmentFixture fixture = SegmentFixture.of(collector)) {
            assertThat(fixture.client()
                            .alias()
                            .previousId("p")
                            .userId("u")
                            .put("k", 1)
                            .send())
                    .isEqualTo(CaptureResult.ACCEPTED);
            fixture.flush();

            assertThat(fixture.stats().valuesReplaced()).isEqualTo(1);
        }
        assertThat(collector.events())
                .singleElement()
                .satisfies(event -> assertThat(event.fields()).doesNotContainKey("properties"));
    }

    @Test
    void shouldDropNull() {
        try (SegmentFixture fixture = SegmentFixture.of(collector)) {
            assertThat(fixture.client().enqueue(null)).isEqualTo(CaptureResult.INVALID);
            assertDropped(fixture, 1, "a message that is null is dropped");
        }
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void shouldTakeWhatIsOptionalAndBlank(String blank) {
        try (SegmentFixture fixture = SegmentFixture.of(collector)) {
            SegmentAnalytics client = fixture.client();
            List<CaptureResult> results = List.of(
                    client.identify(blank)
                            .anonymousId("a")
                            .category(blank)
                            .previousId(blank)
                            .put("plan", "gold")
                            .send(),
                    client.page(blank).userId("u").category(blank).send(),
                    client.screen(blank).anonymousId("a").send(),
                    client.track("e").userId(blank).anonymousId("a").send(),
                    client.enqueue(PageMessage.builder(blank)
                            .userId("u")
                            .category(blank)
                            .build()),
                    client.enqueue(ScreenMessage.builder(blank).anonymousId("a").build()));
            fixture.flush();

            assertThat(results).containsOnly(CaptureResult.ACCEPTED);
            assertThat(fixture.stats().delivered()).isEqualTo(6);
            fixture.assertQuiet();
        }
        assertThat(collector.invalidReasons()).isEmpty();
        assertThat(collector.events())
                .hasSize(6)
                .extracting(ReceivedEvent::fields)
                .allSatisfy(fields -> assertThat(fields).doesNotContainKeys("name", "category", "previousId"));
    }

    @Test
    void shouldAnswerClosedAndSayItOnce() {
        try (SegmentFixture fixture = SegmentFixture.of(collector)) {
            SegmentAnalytics client = fixture.client();
            MessageBuilder open = client.track("e").userId("u");
            client.close();

            assertThat(open.send()).isEqualTo(CaptureResult.CLOSED);
            assertThat(client.track("e").userId("u").send()).isEqualTo(CaptureResult.CLOSED);
            assertThat(client.track(null).send()).isEqualTo(CaptureResult.CLOSED);
            assertThat(client.enqueue(null)).isEqualTo(CaptureResult.CLOSED);
            assertThat(client.identify("u").sendAndAwait(Duration.ofMinutes(1)).result())
                    .isEqualTo(CaptureResult.CLOSED);
            assertThat(client.flush(Duration.ofMinutes(1))).isEqualTo(FlushResult.CLOSED);
            assertThat(client.isEnabled()).isFalse();
            assertThat(fixture.stats().results()).containsEntry(CaptureResult.CLOSED, 5L);
            assertThat(fixture.logger().from(Level.WARNING))
                    .singleElement()
                    .asString()
                    .contains("CLOSED");
        }
        assertThat(collector.totalConnections()).isZero();
    }

    @Test
    void shouldAnswerDisabledWhileItIsOffAndDeliverWhatCameBefore() {
        try (SegmentFixture fixture = SegmentFixture.sendingOnFlush(collector.uri(), config -> config)) {
            SegmentAnalytics client = fixture.client();
            fixture.track("before");
            client.setEnabled(false);
            assertThat(client.isEnabled()).isFalse();
            assertThat(client.track("e").userId("u").send()).isEqualTo(CaptureResult.DISABLED);
            assertThat(client.enqueue(null)).isEqualTo(CaptureResult.DISABLED);
            assertThat(client.track("e").userId("u").sendAndAwait(Await.LONG).result())
                    .isEqualTo(CaptureResult.DISABLED);
            fixture.flush();
            client.setEnabled(true);
            assertThat(client.isEnabled()).isTrue();
            fixture.track("after");
            fixture.flush();

            assertThat(fixture.stats().results()).containsEntry(CaptureResult.DISABLED, 3L);
            fixture.assertQuiet();
        }
        assertThat(collector.events()).extracting(ReceivedEvent::event).containsExactly("before", "after");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void shouldStayInertWithoutAWriteKeyAndSayItOnce(String key) {
        RecordingLogger logger = new RecordingLogger();
        try (SegmentAnalytics client = SegmentClients.create(SegmentConfig.builder(key)
                .host(collector.uri())
                .name("keyless")
                .logger(logger)
                .build())) {
            assertInert(client);
            assertThat(EngineThreadNames.alive("keyless")).isEmpty();
        }
        assertThat(logger.lines()).singleElement().satisfies(line -> {
            assertThat(line.level()).isEqualTo(Level.WARNING);
            assertThat(line.text()).contains("no write key");
        });
    }

    @Test
    void shouldStayInertAndSilentWhenItIsConfiguredSo() {
        RecordingLogger logger = new RecordingLogger();
        try (SegmentAnalytics client = SegmentClients.create(SegmentConfig.builder(SegmentFixture.WRITE_KEY)
                .host(collector.uri())
                .name("disabled")
                .enabled(false)
                .logger(logger)
                .build())) {
            assertInert(client);
            assertThat(EngineThreadNames.alive("disabled")).isEmpty();
        }
        assertThat(logger.from(Level.WARNING)).isEmpty();
    }

    private void assertInert(SegmentAnalytics client) {
        client.setEnabled(true);
        assertThat(client.isEnabled()).isFalse();
        assertThat(client.track("e").userId("u").send()).isEqualTo(CaptureResult.DISABLED);
        assertThat(client.enqueue(TrackMessage.builder("e").userId("u").build()))
                .isEqualTo(CaptureResult.DISABLED);
        assertThat(client.identify("u").sendAndAwait(Duration.ofMinutes(1)).result())
                .isEqualTo(CaptureResult.DISABLED);
        assertThat(client.flush(Duration.ofMinutes(1))).isEqualTo(FlushResult.COMPLETED);
        assertThat(client.stats().results()).containsEntry(CaptureResult.DISABLED, 3L);
        assertThat(client.stats().isBalanced()).isTrue();
        assertThat(client.close(Duration.ofMinutes(1)).drained()).isTrue();
        assertThat(collector.totalConnections()).isZero();
    }

    @Test
    void shouldShowNoSecretInItsText() {
        try (SegmentFixture fixture = SegmentFixture.of(collector)) {
            assertThat(fixture.client().name()).isEqualTo(fixture.name());
            assertThat(fixture.client()).asString().contains(fixture.name()).doesNotContain(SegmentFixture.WRITE_KEY);
        }
    }
}
