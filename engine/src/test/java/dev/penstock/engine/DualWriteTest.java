package dev.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.PropertyKey;
import dev.penstock.client.segment.AliasMessage;
import dev.penstock.client.segment.Context;
import dev.penstock.client.segment.DualAnalytics;
import dev.penstock.client.segment.DualBuilder;
import dev.penstock.client.segment.GroupMessage;
import dev.penstock.client.segment.IdentifyMessage;
import dev.penstock.client.segment.Integrations;
import dev.penstock.client.segment.Message;
import dev.penstock.client.segment.PageMessage;
import dev.penstock.client.segment.Properties;
import dev.penstock.client.segment.ScreenMessage;
import dev.penstock.client.segment.TrackMessage;
import dev.penstock.client.segment.Traits;
import dev.penstock.collector.Collector;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.collector.Route;
import dev.penstock.engine.testing.DualFixture;
import java.time.Instant;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What one call says on both wires: the table of the mapping row by row, and the rules beside it. */
@Timeout(60)
class DualWriteTest {

    private static final String ID = "0195514d-6f10-7c3a-9d2e-5b1f0a7c4e40";
    private static final Instant TIME = Instant.parse("2026-03-01T10:00:04.871234Z");
    private static final Context CONTEXT = Context.builder()
            .ip("203.0.113.9")
            .userAgent("agent/1")
            .pageUrl("https://example.org/here")
            .pageTitle("Here")
            .locale("en-GB")
            .build();
    private static final Integrations ONE =
            Integrations.builder().disableAll().enable("Mixpanel").build();

    private final Collector collector = Collector.start();
    private final DualFixture fixture = DualFixture.of(collector);
    private final DualAnalytics analytics = fixture.analytics();

    @AfterEach
    void close() {
        fixture.close();
        collector.close();
    }

    /** The same message in both ways, and what the event is to be. */
    record Row(
            Function<DualAnalytics, DualBuilder> builder,
            Message.Builder<?> typed,
            String event,
            String distinctId,
            Map<String, Object> properties) {

        @Override
        public String toString() {
            return event;
        }
    }

    static List<Row> rows() {
        Map<String, Object> derived =
                Map.of("$ip", "203.0.113.9", "$user_agent", "agent/1", "$current_url", "https://example.org/here");
        return List.of(
                new Row(
                        dual -> dual.identify("u-19")
                                .anonymousId("a-5")
                                .put("email", "u19@example.org")
                                .put("friends", 42),
                        IdentifyMessage.builder()
                                .userId("u-19")
                                .anonymousId("a-5")
                                .traits(Traits.builder()
                                        .email("u19@example.org")
                                        .put("friends", 42)
                                        .build()),
                        "$identify",
                        "u-19",
                        with(
                                derived,
                                Map.of(
                                        "$set",
                                        Map.of("email", "u19@example.org", "friends", 42L),
                                        "$anon_distinct_id",
                                        "a-5"))),
                new Row(
                        dual -> dual.track("Item Bought")
                                .userId("u-19")
                                .put("sku", "sword-3")
                                .put("price", 4.5)
                                .put("url", "https://example.org/buy"),
                        TrackMessage.builder("Item Bought")
                                .userId("u-19")
                                .properties(Properties.builder()
                                        .sku("sword-3")
                                        .price(4.5)
                                        .url("https://example.org/buy")
                                        .build()),
                        "Item Bought",
                        "u-19",
                        with(derived, Map.of("sku", "sword-3", "price", 4.5, "url", "https://example.org/buy"))),
                new Row(
                        dual -> dual.page("Pricing")
                                .anonymousId("a-5")
                                .category("Docs")
                                .put("url", "https://example.org/pricing")
                                .put("referrer", "https://example.net/")
                                .put("title", "Prices")
                                .put("path", "/pricing"),
                        PageMessage.builder("Pricing")
                                .anonymousId("a-5")
                                .category("Docs")
                                .properties(Properties.builder()
                                        .url("https://example.org/pricing")
                                        .referrer("https://example.net/")
                                        .title("Prices")
                                        .path("/pricing")
                                        .build()),
                        "$pageview",
                        "a-5",
                        with(
                                derived,
                                Map.of(
                                        "$current_url",
                                        "https://example.org/pricing",
                                        "$referrer",
                                        "https://example.net/",
                                        "title",
                                        "Prices",
                                        "path",
                                        "/pricing",
                                        "name",
                                        "Pricing",
                                        "category",
                                        "Docs"))),
                new Row(
                        dual -> dual.screen("Lobby")
                                .userId("u-19")
                                .category("Menu")
                                .put("players", 8)
                                .put("referrer", "start"),
                        ScreenMessage.builder("Lobby")
                                .userId("u-19")
                                .category("Menu")
                                .properties(Map.of("players", 8, "referrer", "start")),
                        "$screen",
                        "u-19",
                        with(
                                derived,
                                Map.of(
                                        "$screen_name",
                                        "Lobby",
                                        "category",
                                        "Menu",
                                        "players",
                                        8L,
                                        "referrer",
                                        "start"))),
                new Row(
                        dual -> dual.group("guild-12")
                                .userId("u-19")
                                .put("name", "Night Shift")
                                .put("employees", 41),
                        GroupMessage.builder("guild-12")
                                .userId("u-19")
                                .traits(Traits.builder()
                                        .name("Night Shift")
                                        .put("employees", 41)
                                        .build()),
                        "$groupidentify",
                        "u-19",
                        with(
                                derived,
                                Map.of(
                                        "$group_type",
                                        "company",
                                        "$group_key",
                                        "guild-12",
                                        "$group_set",
                                        Map.of("name", "Night Shift", "employees", 41L)))),
                new Row(
                        dual -> dual.alias().previousId("a-5").userId("u-19"),
                        AliasMessage.builder().previousId("a-5").userId("u-19"),
                        "$create_alias",
                        "u-19",
                        Map.of("distinct_id", "u-19", "alias", "a-5")));
    }

    private static Map<String, Object> with(Map<String, Object> some, Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldWriteEachMessageAsTheTableSaysInBothWays(Row row) {
        Message typed = row.typed
                .messageId(ID)
                .timestamp(TIME)
                .context(CONTEXT)
                .integrations(ONE)
                .build();
        assertThat(row.builder
                        .apply(analytics)
                        .messageId(ID)
                        .timestamp(TIME)
                        .context(CONTEXT)
                        .integrations(ONE)
                        .send()
                        .isAccepted())
                .isTrue();
        ReceivedEvent builtEvent = fixture.event();
        ReceivedEvent builtMessage = fixture.message();
        collector.reset();
        assertThat(analytics.enqueue(typed).isAccepted()).isTrue();
        ReceivedEvent typedEvent = fixture.event();
        ReceivedEvent typedMessage = fixture.message();
        collector.reset();
        assertThat(fixture.segment().client().enqueue(typed)).isEqualTo(CaptureResult.ACCEPTED);
        ReceivedEvent segmentAlone = fixture.message();

        assertThat(builtEvent.event()).isEqualTo(row.event);
        assertThat(builtEvent.distinctId()).isEqualTo(row.distinctId);
        assertThat(builtEvent.uuid()).isEqualTo(ID);
        assertThat(builtEvent.timestamp()).isEqualTo(TIME);
        assertThat(DualFixture.ownProperties(builtEvent)).isEqualTo(row.properties);
        assertThat(typedEvent.fields()).isEqualTo(builtEvent.fields());
        assertThat(builtMessage.fields()).isEqualTo(segmentAlone.fields());
        assertThat(typedMessage.fields()).isEqualTo(segmentAlone.fields());
    }

    // Whom it is about

    @Test
    void shouldTakeTheUserIdOrElseTheAnonymousId() {
        analytics.track("both").anonymousId("a").userId("u").send();
        analytics.track("blank user").userId(" ").anonymousId("a").send();
        analytics.track("user").userId("u").send();
        analytics.track("anonymous").anonymousId("a").send();
        fixture.flush();

        assertThat(collector.eventsBy(Route.BATCH))
                .extracting(ReceivedEvent::event, ReceivedEvent::distinctId)
                .containsExactly(
                        tuple("both", "u"), tuple("blank user", "a"), tuple("user", "u"), tuple("anonymous", "a"));
        assertThat(collector.eventsBy(Route.SEGMENT))
                .extracting(ReceivedEvent::event, ReceivedEvent::distinctId)
                .containsExactly(
                        tuple("both", "u"), tuple("blank user", "a"), tuple("user", "u"), tuple("anonymous", "a"));
    }

    @Test
    void shouldNameTheAnonymousIdOnlyWhenBothIdsAreGiven() {
        analytics.identify("u").anonymousId(" ").send();
        analytics.identify(null).anonymousId("a").put("plan", "gold").send();
        analytics.track("both").userId("u").anonymousId("a").send();
        fixture.flush();

        assertThat(collector.eventsBy(Route.BATCH))
                .hasSize(3)
                .noneMatch(event -> event.properties().containsKey("$anon_distinct_id"));
        assertThat(collector.eventsBy(Route.BATCH))
                .extracting(ReceivedEvent::distinctId)
                .containsExactly("u", "a", "u");
    }

    // Pages and screens

    @Test
    void shouldLeaveOutNamesThatAreMissing() {
        analytics.page(null).userId("u").category(" ").send();
        analytics.page(" ").userId("u").send();
        analytics.screen(null).userId("u").send();
        analytics.screen(" ").userId("u").send();
        fixture.flush();

        assertThat(collector.eventsBy(Route.BATCH))
                .hasSize(4)
                .allSatisfy(
                        event -> assertThat(DualFixture.ownProperties(event)).isEmpty());
    }

    @Test
    void shouldPreferPropertiesOfThePagesToItsNameAndCategory() {
        analytics
                .page("Pricing")
                .userId("u")
                .put("name", "own name")
                .put("category", "own category")
                .category("Docs")
                .send();
        analytics
                .page("Pricing")
                .userId("u")
                .category("Docs")
                .putAll(Map.of("name", "own name", "category", "own category"))
                .send();
        fixture.flush();

        assertThat(collector.eventsBy(Route.BATCH))
                .hasSize(2)
                .allSatisfy(event -> assertThat(DualFixture.ownProperties(event))
                        .isEqualTo(Map.of("name", "own name", "category", "own category")));
        assertThat(collector.eventsBy(Route.SEGMENT))
                .allSatisfy(message -> assertThat(message.fields())
                        .containsEntry("name", "Pricing")
                        .containsEntry("category", "Docs"));
    }

    @Test
    void shouldPreferTheScreensNameToAPropertyOfItsName() {
        analytics
                .screen("Lobby")
                .userId("u")
                .put("$screen_name", "other")
                .put("name", "n")
                .send();

        assertThat(DualFixture.ownProperties(fixture.event())).isEqualTo(Map.of("$screen_name", "Lobby", "name", "n"));
    }

    /** A key that is no text but has one. */
    private record Named(String name) {

        @Override
        public String toString() {
            return name;
        }
    }

    @Test
    void shouldRenameInMapsWhateverTheirKeysAreAndOnlyInPages() {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put(new Named("url"), "https://example.org/map");
        map.put("referrer", "r");
        map.put(7, "seven");
        analytics
                .page(null)
                .userId("u")
                .putAll(map)
                .context("page", Map.of("url", "no"))
                .send();
        analytics.screen(null).userId("u").putAll(map).send();
        fixture.flush();

        assertThat(collector.eventsBy(Route.BATCH))
                .extracting(DualFixture::ownProperties)
                .containsExactly(
                        Map.of("$current_url", "https://example.org/map", "$referrer", "r", "7", "seven"),
                        Map.of("url", "https://example.org/map", "referrer", "r", "7", "seven"));
        assertThat(collector.eventsBy(Route.SEGMENT))
                .extracting(ReceivedEvent::properties)
                .containsOnly(Map.of("url", "https://example.org/map", "referrer", "r", "7", "seven"));
    }

    // Context

    private static final Map<String, Object> OWN =
            Map.of("$ip", "own ip", "$user_agent", "own agent", "$current_url", "own url");

    static List<Consumer<DualBuilder>> ownWords() {
        return List.of(
                b -> OWN.forEach((name, value) -> b.put(name, (String) value)),
                b -> OWN.forEach(b::put),
                b -> b.putAll(OWN));
    }

    @ParameterizedTest
    @MethodSource("ownWords")
    void shouldPreferPropertiesToContextInEitherOrder(Consumer<DualBuilder> own) {
        DualBuilder before = analytics.track("e").userId("u");
        own.accept(before);
        before.context(CONTEXT).send();
        DualBuilder after = analytics.track("e").userId("u").context(CONTEXT);
        own.accept(after);
        after.send();
        fixture.flush();

        assertThat(collector.eventsBy(Route.BATCH))
                .extracting(DualFixture::ownProperties)
                .containsExactly(OWN, OWN);
        assertThat(collector.eventsBy(Route.SEGMENT))
                .hasSize(2)
                .allSatisfy(message -> assertThat(message.fields()).containsEntry("context", CONTEXT.asMap()));
    }

    @Test
    void shouldTellTraitsFromWhatTheContextSays() {
        analytics.identify("u").put("$ip", "trait").context("ip", "203.0.113.9").send();

        assertThat(DualFixture.ownProperties(fixture.event()))
                .isEqualTo(Map.of("$ip", "203.0.113.9", "$set", Map.of("$ip", "trait")));
    }

    @Test
    void shouldTakeTheLastWordOfTheContext() {
        analytics
                .track("e")
                .userId("u")
                .context("userAgent", null)
                .context(CONTEXT)
                .context("ip", "198.51.100.7")
                .context("page", Map.of("title", "no url"))
                .send();

        Map<String, Object> expected = new HashMap<>(Map.of("$ip", "198.51.100.7", "$user_agent", "agent/1"));
        expected.put("$current_url", null);
        assertThat(DualFixture.ownProperties(fixture.event())).isEqualTo(expected);
    }

    @Test
    void shouldKeepAllOtherContextAndIntegrationsFromTheEvent() {
        analytics
                .track("e")
                .userId("u")
                .context(Context.builder().locale("en-GB").put("shard", "eu-2").build())
                .context("page", Map.of("title", "a text"))
                .context(null, "dropped")
                .integration("Mixpanel", true)
                .integration("Other", Map.of("id", 7))
                .send();

        assertThat(DualFixture.ownProperties(fixture.event())).isEmpty();
        assertThat(fixture.message().fields())
                .containsEntry("context", Map.of("locale", "en-GB", "shard", "eu-2", "page", Map.of("title", "a text")))
                .containsEntry("integrations", Map.of("Mixpanel", true, "Other", Map.of("id", 7L)));
        assertThat(fixture.segment().stats().valuesReplaced()).isEqualTo(1);
        assertThat(fixture.posthog().stats().valuesReplaced()).isZero();
    }

    // Values

    static List<BiFunction<DualBuilder, PropertyKey, DualBuilder>> puts() {
        return Arrays.asList(
                (b, key) -> b.put(key, "text"),
                (b, key) -> b.put(key, 'c'),
                (b, key) -> b.put(key, 7L),
                (b, key) -> b.put(key, 2.5),
                (b, key) -> b.put(key, 0.5f),
                (b, key) -> b.put(key, true),
                (b, key) -> b.put(key, List.of("a", 1)),
                (b, key) -> b.put(key, (String) null),
                (b, key) -> b.put(key.name(), "text"),
                (b, key) -> b.put(key.name(), 'c'),
                (b, key) -> b.put(key.name(), 7L),
                (b, key) -> b.put(key.name(), 2.5),
                (b, key) -> b.put(key.name(), 0.5f),
                (b, key) -> b.put(key.name(), true),
                (b, key) -> b.put(key.name(), List.of("a", 1)),
                (b, key) -> b.put(key.name(), (String) null),
                (b, key) -> b.putAll(Map.of(key.name(), "text")));
    }

    @ParameterizedTest
    @MethodSource("puts")
    void shouldPutEachValueWhereItBelongs(BiFunction<DualBuilder, PropertyKey, DualBuilder> put) {
        PropertyKey url = fixture.posthog().client().propertyKey("url");
        PropertyKey ofSegment = fixture.segment().client().propertyKey("url");
        put.apply(analytics.track("track").userId("u"), url).send();
        put.apply(analytics.screen(null).userId("u"), ofSegment).send();
        put.apply(analytics.page(null).userId("u"), url).send();
        put.apply(analytics.identify("u"), url).send();
        put.apply(analytics.group("g").userId("u"), ofSegment).send();
        put.apply(analytics.alias().previousId("a").userId("u"), url).send();
        fixture.flush();

        List<ReceivedEvent> events = collector.eventsBy(Route.BATCH);
        List<ReceivedEvent> messages = collector.eventsBy(Route.SEGMENT);
        Object value = messages.get(0).property("url");
        assertThat(messages.subList(0, 5))
                .allSatisfy(message -> assertThat(message.properties()).isEqualTo(entry("url", value)));
        assertThat(messages.get(5).properties()).isEmpty();
        assertThat(fixture.segment().stats().valuesReplaced()).isEqualTo(1);
        assertThat(DualFixture.ownProperties(events.get(0))).isEqualTo(entry("url", value));
        assertThat(DualFixture.ownProperties(events.get(1))).isEqualTo(entry("url", value));
        assertThat(DualFixture.ownProperties(events.get(2))).isEqualTo(entry("$current_url", value));
        assertThat(DualFixture.ownProperties(events.get(3))).isEqualTo(entry("$set", entry("url", value)));
        assertThat(events.get(4).property("$group_set")).isEqualTo(entry("url", value));
        assertThat(DualFixture.ownProperties(events.get(5))).isEqualTo(Map.of("alias", "a", "distinct_id", "u"));
    }

    private static Map<String, Object> entry(String name, Object value) {
        Map<String, Object> map = new HashMap<>();
        map.put(name, value);
        return map;
    }

    @Test
    void shouldCountValuesThatCannotBeTakenAtBothClients() {
        Map<String, Object> throwing = new AbstractMap<>() {
            @Override
            public Set<Entry<String, Object>> entrySet() {
                throw new IllegalStateException("read");
            }
        };
        Map<Object, Object> withoutNames = new LinkedHashMap<>();
        withoutNames.put(null, 1);
        withoutNames.put(
                new Object() {
                    @Override
                    public String toString() {
                        throw new IllegalStateException("read");
                    }
                },
                2);
        withoutNames.put("last", 3);
        DualBuilder track = analytics
                .track("e")
                .userId("u")
                .put("nan", Double.NaN)
                .put((String) null, 1L)
                .put((PropertyKey) null, 1L)
                .putAll(throwing)
                .putAll(withoutNames)
                .putAll(null)
                .context((Context) null)
                .integrations(null);
        assertThat(track.send().isAccepted()).isTrue();

        Map<String, Object> expected = entry("nan", null);
        expected.put("last", 3L);
        assertThat(DualFixture.ownProperties(fixture.event())).isEqualTo(expected);
        assertThat(fixture.message().properties()).isEqualTo(expected);
        assertThat(fixture.posthog().stats().valuesReplaced()).isEqualTo(6);
        assertThat(fixture.segment().stats().valuesReplaced()).isEqualTo(6);
    }

    @Test
    void shouldNotBeHarmedByAPageThatThrows() {
        Map<String, Object> throwing = new AbstractMap<>() {
            @Override
            public Set<Entry<String, Object>> entrySet() {
                throw new IllegalStateException("read");
            }
        };
        assertThat(analytics
                        .track("e")
                        .userId("u")
                        .context("page", throwing)
                        .send()
                        .isAccepted())
                .isTrue();

        assertThat(DualFixture.ownProperties(fixture.event())).isEmpty();
        assertThat(fixture.segment().stats().valuesReplaced()).isEqualTo(1);
    }

    @Test
    void shouldTurnValuesIntoBytesAtOnce() {
        StringBuilder text = new StringBuilder("before");
        Map<String, Object> map = new HashMap<>(Map.of("k", text));
        DualBuilder builder =
                analytics.track("e").userId("u").context("ip", text).putAll(map);
        text.setLength(0);
        map.clear();
        builder.send();

        assertThat(DualFixture.ownProperties(fixture.event())).isEqualTo(Map.of("$ip", "before", "k", "before"));
        assertThat(fixture.message().properties()).isEqualTo(Map.of("k", "before"));
    }

    // Groups

    @Test
    void shouldUseAnotherGroupTypeWithTheSameClients() {
        DualAnalytics guilds = analytics.withGroupType("guild");
        guilds.group("g-12").anonymousId("a").send();

        assertThat(DualFixture.ownProperties(fixture.event()))
                .isEqualTo(Map.of("$group_type", "guild", "$group_key", "g-12", "$group_set", Map.of()));
        assertThat(fixture.event().distinctId()).isEqualTo("a");
        assertThat(guilds.posthog()).isSameAs(analytics.posthog());
        assertThat(guilds.segment()).isSameAs(analytics.segment());
    }
}
