package dev.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientStats;
import dev.penstock.client.FlushResult;
import dev.penstock.client.PropertyKey;
import dev.penstock.client.segment.Context;
import dev.penstock.client.segment.DualAnalytics;
import dev.penstock.client.segment.DualBuilder;
import dev.penstock.client.segment.DualResult;
import dev.penstock.client.segment.GroupMessage;
import dev.penstock.client.segment.IdentifyMessage;
import dev.penstock.client.segment.Integrations;
import dev.penstock.client.segment.TrackMessage;
import dev.penstock.collector.Collector;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.collector.Route;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.DualFixture;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One message for both: its id and time, what makes it invalid, and the end of its builder. */
@Timeout(60)
class DualMessageTest {

    private static final String ID = "0195514d-6f10-7c3a-9d2e-5b1f0a7c4e40";
    private static final Instant POSTHOG_TIME = Instant.parse("2026-03-01T10:00:00.001Z");
    private static final Instant SEGMENT_TIME = Instant.parse("2031-07-02T11:00:00.002Z");

    private final Collector collector = Collector.start();
    private final DualFixture fixture = DualFixture.of(collector);
    private final DualAnalytics analytics = fixture.analytics();

    @AfterEach
    void close() {
        fixture.close();
        collector.close();
    }

    private List<ReceivedEvent> events() {
        return collector.eventsBy(Route.BATCH);
    }

    private List<ReceivedEvent> messages() {
        return collector.eventsBy(Route.SEGMENT);
    }

    /** Every kind of message, valid. */
    static List<Function<DualAnalytics, DualBuilder>> kinds() {
        return List.of(
                dual -> dual.identify("u"),
                dual -> dual.track("t").userId("u"),
                dual -> dual.page("p").userId("u"),
                dual -> dual.screen("s").userId("u"),
                dual -> dual.group("g").userId("u"),
                dual -> dual.alias().previousId("a").userId("u"));
    }

    // Ids

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldMakeOneIdForBoth(Function<DualAnalytics, DualBuilder> kind) {
        Instant before = Instant.ofEpochMilli(System.currentTimeMillis());
        assertThat(kind.apply(analytics).send().isAccepted()).isTrue();
        assertThat(kind.apply(analytics).send().isAccepted()).isTrue();
        Instant after = Instant.now();
        fixture.flush();

        assertThat(events()).hasSize(2);
        for (int i = 0; i < 2; i++) {
            ReceivedEvent event = events().get(i);
            assertThat(messages().get(i).fields()).containsEntry("messageId", event.uuid());
            UUID uuid = UUID.fromString(event.uuid());
            assertThat(uuid.version()).isEqualTo(7);
            assertThat(uuid.variant()).isEqualTo(2);
            assertThat(Instant.ofEpochMilli(uuid.getMostSignificantBits() >>> 16))
                    .isBetween(before, after);
        }
        assertThat(events().get(0).uuid()).isNotEqualTo(events().get(1).uuid());
    }

    static Stream<String> textIds() {
        return Stream.of(
                "order/7",
                "漢字-😀",
                "x".repeat(99),
                "0195514d-6f10-7c3a-9d2e-5b1f0a7c4e4",
                "0195514d-6f10-7c3a-9d2e-5b1f0a7c4e4g",
                // 36 characters that UUID.fromString takes and reads as another UUID.
                "00195514d-6f10-7c3a-9d2e-b1f0a7c4e40");
    }

    @ParameterizedTest
    @MethodSource("textIds")
    void shouldNameTheEventByTheBytesOfAnIdThatIsNoUuid(String id) {
        kinds().forEach(kind -> kind.apply(analytics).messageId(id).send());
        analytics.enqueue(
                TrackMessage.builder("typed").userId("u").messageId(id).build());

        String uuid =
                UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString();
        assertThat(fixture.analytics().posthog().flush(Await.LONG)).isEqualTo(FlushResult.COMPLETED);
        assertThat(events())
                .hasSize(7)
                .allSatisfy(event -> assertThat(event.uuid()).isEqualTo(uuid));
    }

    @Test
    void shouldKeepTheTextOfAnIdForSegment() {
        List<String> ids = List.of("order/7", ID.toUpperCase(Locale.ROOT), ID);
        for (String id : ids) {
            assertThat(analytics.track("e").userId("u").messageId(id).send().isAccepted())
                    .isTrue();
            fixture.flush();
        }

        assertThat(messages())
                .extracting(message -> message.fields().get("messageId"))
                .isEqualTo(ids);
        assertThat(events())
                .extracting(ReceivedEvent::uuid)
                .containsExactly(
                        UUID.nameUUIDFromBytes("order/7".getBytes(StandardCharsets.UTF_8))
                                .toString(),
                        ID,
                        ID);
    }

    @Test
    void shouldTakeTheLastIdGiven() {
        UUID uuid = UUID.fromString(ID);
        analytics
                .track("halves")
                .userId("u")
                .messageId("text")
                .messageId(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits())
                .send();
        analytics.track("new").userId("u").messageId(ID).messageId(" ").send();
        analytics.track("new too").userId("u").messageId(1, 2).messageId(null).send();
        fixture.flush();

        assertThat(events())
                .extracting(ReceivedEvent::uuid)
                .isEqualTo(messages().stream().map(ReceivedEvent::uuid).toList());
        assertThat(events().get(0).uuid()).isEqualTo(ID);
        assertThat(UUID.fromString(events().get(1).uuid()).version()).isEqualTo(7);
        assertThat(UUID.fromString(events().get(2).uuid()).version()).isEqualTo(7);
    }

    // Times

    static List<Function<DualBuilder, DualBuilder>> times() {
        return List.of(
                builder -> builder.timestamp(Instant.parse("2026-03-01T10:00:04.871Z")),
                builder -> builder.timestamp(1_772_359_204_871L),
                builder -> builder.timestamp((Instant) null).timestamp(1_772_359_204_871L),
                builder -> builder.put("$timestamp", "2020-01-01T00:00:00Z").timestamp(1_772_359_204_871L));
    }

    @ParameterizedTest
    @MethodSource("times")
    void shouldGiveBothTheTimeOfTheCaller(Function<DualBuilder, DualBuilder> time) {
        kinds().forEach(kind -> time.apply(kind.apply(analytics)).send());
        fixture.flush();

        Instant expected = Instant.parse("2026-03-01T10:00:04.871Z");
        assertThat(events()).hasSize(6).extracting(ReceivedEvent::timestamp).containsOnly(expected);
        assertThat(messages()).hasSize(6).extracting(ReceivedEvent::timestamp).containsOnly(expected);
    }

    @Test
    void shouldTakeBothEndsOfTheRangeOfTimes() {
        Instant first = Instant.parse("0000-01-01T00:00:00Z");
        Instant last = Instant.parse("9999-12-31T23:59:59.999999999Z");
        analytics.track("first").userId("u").timestamp(first).send();
        analytics.track("last").userId("u").timestamp(last).send();
        fixture.flush();

        assertThat(events()).extracting(ReceivedEvent::timestamp).containsExactly(first, last);
        assertThat(messages()).extracting(ReceivedEvent::timestamp).containsExactly(first, last);
        assertThat(fixture.posthog().stats().valuesReplaced()).isZero();
    }

    static List<Function<DualBuilder, DualBuilder>> timesThatAreNone() {
        return List.of(
                builder -> builder.timestamp(Instant.parse("-0001-12-31T23:59:59Z")),
                builder -> builder.timestamp(Instant.parse("+10000-01-01T00:00:00Z")),
                builder -> builder.timestamp(-62_167_219_200_001L),
                builder -> builder.timestamp(253_402_300_800_000L),
                builder -> builder.timestamp(1).timestamp(Long.MAX_VALUE));
    }

    /** Two clients whose clocks stand still, each at a time of its own. */
    private DualFixture withClocks() {
        return DualFixture.of(
                collector,
                config -> config.clock(InstantSource.fixed(POSTHOG_TIME)),
                config -> config.clock(InstantSource.fixed(SEGMENT_TIME)));
    }

    private void assertTimesOfTheClocks(int count) {
        assertThat(events()).hasSize(count).extracting(ReceivedEvent::timestamp).containsOnly(POSTHOG_TIME);
        assertThat(messages())
                .hasSize(count)
                .extracting(ReceivedEvent::timestamp)
                .containsOnly(SEGMENT_TIME);
    }

    @Test
    void shouldLeaveATimeThatIsNotGivenToTheClockOfEach() {
        try (DualFixture clocks = withClocks()) {
            kinds().forEach(kind -> kind.apply(clocks.analytics()).send());
            kinds().forEach(kind -> kind.apply(clocks.analytics())
                    .timestamp(1)
                    .timestamp((Instant) null)
                    .send());
            clocks.flush();
        }
        assertTimesOfTheClocks(12);
    }

    @Test
    void shouldTakeATimeThatIsAPropertyForTheEventAlone() {
        try (DualFixture clocks = withClocks()) {
            clocks.analytics()
                    .track("e")
                    .userId("u")
                    .put("$timestamp", "2020-01-01T00:00:00Z")
                    .send();
            clocks.flush();
        }
        assertThat(events())
                .extracting(ReceivedEvent::timestamp)
                .containsExactly(Instant.parse("2020-01-01T00:00:00Z"));
        assertThat(messages()).extracting(ReceivedEvent::timestamp).containsExactly(SEGMENT_TIME);
    }

    @ParameterizedTest
    @MethodSource("timesThatAreNone")
    void shouldReplaceATimeOutOfRangeByTheClockOfEachAndCountItAtBoth(Function<DualBuilder, DualBuilder> time) {
        try (DualFixture clocks = withClocks()) {
            kinds().forEach(kind -> time.apply(kind.apply(clocks.analytics())).send());
            clocks.flush();

            assertThat(clocks.posthog().stats().valuesReplaced()).isEqualTo(6);
            assertThat(clocks.segment().stats().valuesReplaced()).isEqualTo(6);
        }
        assertTimesOfTheClocks(6);
    }

    // What is invalid

    static List<Function<DualAnalytics, DualBuilder>> invalid() {
        return List.of(
                dual -> dual.identify(null),
                dual -> dual.identify(" ").anonymousId(""),
                dual -> dual.track("e"),
                dual -> dual.track(null).userId("u"),
                dual -> dual.track(" ").userId("u"),
                dual -> dual.page("p"),
                dual -> dual.screen("s").userId(" "),
                dual -> dual.group("g"),
                dual -> dual.group(null).userId("u"),
                dual -> dual.group(" ").userId("u"),
                dual -> dual.alias().userId("u"),
                dual -> dual.alias().userId("u").previousId(" "),
                dual -> dual.alias().previousId("a"),
                dual -> dual.alias().previousId("a").anonymousId("b"),
                dual -> dual.track("e").userId("u").messageId("x".repeat(100)),
                dual -> dual.track("e").userId("u").messageId("x".repeat(100)).messageId(ID),
                dual -> dual.track("e").userId("u").category("c"),
                dual -> dual.alias().previousId("a").userId("u").category("c"),
                dual -> dual.track("e").userId("u").previousId("a"),
                dual -> dual.page("p").userId("u").previousId("a"));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void shouldSendNothingInvalidToEitherAndHaveSegmentCountAndSayIt(Function<DualAnalytics, DualBuilder> message) {
        assertThat(message.apply(analytics).put("p", 1).context("ip", "i").send())
                .isEqualTo(new DualResult(CaptureResult.INVALID, CaptureResult.INVALID));
        fixture.flush();
        analytics.close();

        assertSegmentAloneKnows(1);
        assertThat(fixture.segment().logger().from(Level.WARNING))
                .singleElement()
                .asString()
                .endsWith("is dropped");
        assertThat(collector.stats().requests()).isZero();
    }

    private void assertSegmentAloneKnows(long invalid) {
        ClientStats segment = fixture.segment().stats();
        assertThat(segment.results().get(CaptureResult.INVALID)).isEqualTo(invalid);
        assertThat(segment.refusals()).isEqualTo(invalid);
        assertThat(segment.accepted()).isZero();
        ClientStats posthog = fixture.posthog().stats();
        assertThat(posthog.refusals()).isZero();
        assertThat(posthog.accepted()).isZero();
        fixture.posthog().assertQuiet();
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void shouldSendNothingInvalidToPostHogWhileSegmentIsOffOrClosed(Function<DualAnalytics, DualBuilder> message) {
        analytics.segment().setEnabled(false);
        assertThat(message.apply(analytics).send())
                .isEqualTo(new DualResult(CaptureResult.DISABLED, CaptureResult.INVALID));
        analytics.segment().discard();
        assertThat(message.apply(analytics).send())
                .isEqualTo(new DualResult(CaptureResult.CLOSED, CaptureResult.INVALID));
    }

    @Test
    void shouldAnswerForEachClientThatIsClosed() {
        analytics.posthog().discard();

        assertThat(analytics.track("e").userId("u").send())
                .isEqualTo(new DualResult(CaptureResult.ACCEPTED, CaptureResult.CLOSED));
        assertThat(analytics.track("e").send()).isEqualTo(new DualResult(CaptureResult.INVALID, CaptureResult.INVALID));
        analytics.segment().discard();
        assertThat(analytics.enqueue(null)).isEqualTo(new DualResult(CaptureResult.CLOSED, CaptureResult.INVALID));
    }

    /** What makes no trait. */
    static List<UnaryOperator<DualBuilder>> noTraits() {
        return List.of(
                builder -> builder,
                builder -> builder.context("ip", "203.0.113.9").integration("All", false),
                builder -> builder.put((String) null, "text"),
                builder -> builder.put((String) null, 1L),
                builder -> builder.put((PropertyKey) null, true),
                builder -> builder.putAll(null),
                builder -> builder.putAll(Map.of()),
                builder -> builder.putAll(Collections.singletonMap(null, 1)),
                builder -> builder.putAll(new ThrowingMap()));
    }

    private static final class ThrowingMap extends AbstractMap<String, Object> {

        @Override
        public Set<Entry<String, Object>> entrySet() {
            throw new IllegalStateException("read");
        }
    }

    @ParameterizedTest
    @MethodSource("noTraits")
    void shouldNeedATraitToIdentifyByAnAnonymousIdAlone(UnaryOperator<DualBuilder> without) {
        assertThat(without.apply(analytics.identify(" ").anonymousId("a")).send())
                .isEqualTo(new DualResult(CaptureResult.INVALID, CaptureResult.INVALID));
        assertThat(without.apply(analytics.identify(null).anonymousId("a"))
                        .userId("u")
                        .send()
                        .isAccepted())
                .isTrue();
        analytics.segment().setEnabled(false);
        assertThat(without.apply(analytics.identify(" ").anonymousId("a")).send())
                .isEqualTo(new DualResult(CaptureResult.DISABLED, CaptureResult.INVALID));
    }

    static List<UnaryOperator<DualBuilder>> traits() {
        return List.of(
                builder -> builder.put("plan", "gold"),
                builder -> builder.put("plan", (String) null),
                builder -> builder.put("plan", 1L),
                builder -> builder.put("plan", true),
                builder -> builder.put("plan", List.of()),
                builder -> builder.putAll(Map.of("plan", "gold")),
                builder -> builder.put("plan", 1L).putAll(Map.of()).put((String) null, 1L));
    }

    @ParameterizedTest
    @MethodSource("traits")
    void shouldIdentifyByAnAnonymousIdAndATrait(UnaryOperator<DualBuilder> with) {
        assertThat(with.apply(analytics.identify(null).anonymousId("a")).send().isAccepted())
                .isTrue();
        analytics.segment().setEnabled(false);
        assertThat(with.apply(analytics.identify(null).anonymousId("a")).send())
                .isEqualTo(new DualResult(CaptureResult.DISABLED, CaptureResult.ACCEPTED));
    }

    @Test
    void shouldTakeWhatIsJustValid() {
        kinds().forEach(kind -> {
            DualBuilder builder = kind.apply(analytics).category(" ").category(null);
            assertThat(builder.messageId("x".repeat(99)).messageId(null).send().isAccepted())
                    .isTrue();
        });
        kinds().subList(0, 5).forEach(kind -> {
            DualBuilder noAlias = kind.apply(analytics).previousId(" ").previousId(null);
            assertThat(noAlias.send().isAccepted()).isTrue();
        });
        analytics.page(null).anonymousId("a").category("c").send();
        analytics.screen(null).anonymousId("a").category("c").send();
        fixture.flush();

        assertThat(events()).hasSize(13);
        assertThat(messages()).hasSize(13);
    }

    @Test
    void shouldAnswerInvalidForTypedMessagesThatLackSomething() {
        DualResult invalid = new DualResult(CaptureResult.INVALID, CaptureResult.INVALID);
        assertThat(analytics.enqueue(null)).isEqualTo(invalid);
        assertThat(analytics.enqueue(TrackMessage.builder("e").build())).isEqualTo(invalid);
        assertThat(analytics.enqueue(IdentifyMessage.builder().build())).isEqualTo(invalid);
        assertThat(analytics.enqueue(GroupMessage.builder(null).userId("u").build()))
                .isEqualTo(invalid);

        assertThat(analytics.enqueue(IdentifyMessage.builder().anonymousId("a").build()))
                .isEqualTo(invalid);
        analytics.close();

        assertSegmentAloneKnows(5);
    }

    // The end of a builder

    /** Everything that can be said to a builder. */
    static List<Consumer<DualBuilder>> calls() {
        return List.of(
                b -> b.userId("x"),
                b -> b.anonymousId("x"),
                b -> b.messageId("x".repeat(100)),
                b -> b.messageId(1, 2),
                b -> b.timestamp(Instant.EPOCH),
                b -> b.timestamp(0),
                b -> b.category("x"),
                b -> b.previousId("x"),
                b -> b.context("ip", "x"),
                b -> b.context(Context.builder().ip("x").build()),
                b -> b.integration("x", true),
                b -> b.integration("x", Map.of("y", 1)),
                b -> b.integrations(Integrations.builder().disableAll().build()),
                b -> b.put("x", "text"),
                b -> b.put("x", 'c'),
                b -> b.put("x", 1),
                b -> b.put("x", 1.5),
                b -> b.put("x", 1.5f),
                b -> b.put("x", true),
                b -> b.put("x", List.of()),
                b -> b.putAll(Map.of("x", 1)),
                DualBuilder::cancel,
                DualBuilder::send);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void shouldLeaveTheNextMessageAloneOnceABuilderHasEnded(Consumer<DualBuilder> call) {
        DualBuilder sent = analytics.track("first").userId("u");
        assertThat(sent.send().isAccepted()).isTrue();
        DualBuilder cancelled = analytics.track("never").userId("u");
        cancelled.cancel();
        DualBuilder next = analytics.track("next").userId("u").messageId(ID);
        call.accept(sent);
        call.accept(cancelled);
        assertThat(sent.send()).isEqualTo(new DualResult(CaptureResult.INVALID, CaptureResult.INVALID));
        assertThat(cancelled.send()).isEqualTo(new DualResult(CaptureResult.INVALID, CaptureResult.INVALID));
        assertThat(next.put("n", 1).send().isAccepted()).isTrue();
        fixture.flush();

        assertThat(events()).extracting(ReceivedEvent::event).containsExactly("first", "next");
        assertThat(DualFixture.ownProperties(events().get(1))).isEqualTo(Map.of("n", 1L));
        assertThat(messages().get(1).fields().keySet())
                .containsExactlyInAnyOrder("type", "messageId", "event", "userId", "timestamp", "properties");
        assertThat(messages().get(1).properties()).isEqualTo(Map.of("n", 1L));
        assertThat(fixture.posthog().stats().refusals()).isZero();
        assertThat(fixture.segment().stats().refusals()).isZero();
    }

    @Test
    void shouldFillTwoMessagesAtOnce() {
        DualBuilder one = analytics.page("one").userId("u1");
        DualBuilder two = analytics.identify("u2");
        one.put("url", "first");
        two.put("plan", "gold");
        two.send();
        one.send();
        fixture.flush();

        assertThat(events())
                .extracting(DualFixture::ownProperties)
                .containsExactly(
                        Map.of("$set", Map.of("plan", "gold")), Map.of("name", "one", "$current_url", "first"));
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void shouldRefuseToBeMadeOfNothing(Side missing) {
        CaptureClient posthog = missing == Side.POSTHOG ? null : analytics.posthog();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> DualAnalytics.of(posthog, missing == Side.SEGMENT ? null : analytics.segment()))
                .withMessage(missing.name().toLowerCase(Locale.ROOT) + " must not be null");
    }

    private enum Side {
        POSTHOG,
        SEGMENT
    }

    @Test
    void shouldRefuseAGroupTypeThatIsBlank() {
        for (String type : new String[] {null, "", " "}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> analytics.withGroupType(type))
                    .withMessage("group type must not be blank");
        }
    }
}
