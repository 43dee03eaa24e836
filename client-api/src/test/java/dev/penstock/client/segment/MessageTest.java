package dev.penstock.client.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class MessageTest {

    private static final Instant THEN = Instant.parse("2026-03-01T10:00:04.871Z");

    private static Message.Builder<?> builder(MessageType type) {
        return switch (type) {
            case IDENTIFY -> IdentifyMessage.builder();
            case TRACK -> TrackMessage.builder("Level Up");
            case PAGE -> PageMessage.builder("Pricing");
            case SCREEN -> ScreenMessage.builder("Lobby");
            case GROUP -> GroupMessage.builder("guild-12");
            case ALIAS -> AliasMessage.builder();
        };
    }

    static Stream<Arguments> types() {
        return Stream.of(
                Arguments.of(MessageType.IDENTIFY, IdentifyMessage.class, "identify"),
                Arguments.of(MessageType.TRACK, TrackMessage.class, "track"),
                Arguments.of(MessageType.PAGE, PageMessage.class, "page"),
                Arguments.of(MessageType.SCREEN, ScreenMessage.class, "screen"),
                Arguments.of(MessageType.GROUP, GroupMessage.class, "group"),
                Arguments.of(MessageType.ALIAS, AliasMessage.class, "alias"));
    }

    @ParameterizedTest
    @MethodSource("types")
    void shouldSayWhichTypeItIs(MessageType type, Class<?> message, String wireName) {
        assertThat(builder(type).build()).isInstanceOf(message);
        assertThat(builder(type).build().type()).isEqualTo(type);
        assertThat(type.wireName()).isEqualTo(wireName);
    }

    @Test
    void shouldHaveARowForEachType() {
        assertThat(types().map(row -> row.get()[0])).containsExactly((Object[]) MessageType.values());
        assertThat(types().map(row -> row.get()[1]))
                .containsExactlyInAnyOrder((Object[]) Message.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @EnumSource
    void shouldHaveNothingThatWasNotGiven(MessageType type) {
        Message message = builder(type).build();

        assertThat(message.messageId()).isNull();
        assertThat(message.userId()).isNull();
        assertThat(message.anonymousId()).isNull();
        assertThat(message.timestamp()).isNull();
        assertThat(message.context()).isNull();
        assertThat(message.integrations()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepWhatAllMessagesHave(MessageType type) {
        Context context = Context.builder().ip("203.0.113.9").build();
        Integrations integrations = Integrations.builder().disableAll().build();
        Message message = builder(type)
                .messageId("m-1")
                .userId("u-19")
                .anonymousId("a-5")
                .timestamp(THEN)
                .context(context)
                .integrations(integrations)
                .build();

        assertThat(message.messageId()).isEqualTo("m-1");
        assertThat(message.userId()).isEqualTo("u-19");
        assertThat(message.anonymousId()).isEqualTo("a-5");
        assertThat(message.timestamp()).isEqualTo(THEN);
        assertThat(message.context()).isSameAs(context);
        assertThat(message.integrations()).isSameAs(integrations);
    }

    @ParameterizedTest
    @EnumSource
    void shouldForgetWithNullAndKeepBlankIdsForTheClientToJudge(MessageType type) {
        Message.Builder<?> builder = builder(type)
                .messageId("m-1")
                .userId("u-19")
                .anonymousId("a-5")
                .timestamp(THEN)
                .context(Context.builder().build())
                .integrations(Integrations.builder().build());
        Message message = builder.messageId(null)
                .userId(" ")
                .anonymousId("")
                .timestamp(null)
                .context(null)
                .integrations(null)
                .build();

        assertThat(message.messageId()).isNull();
        assertThat(message.userId()).isEqualTo(" ");
        assertThat(message.anonymousId()).isEmpty();
        assertThat(message.timestamp()).isNull();
        assertThat(message.context()).isNull();
        assertThat(message.integrations()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotChangeWithItsBuilder(MessageType type) {
        Message.Builder<?> builder = builder(type).userId("one").messageId("m-1");
        Message first = builder.build();
        Message second = builder.userId("two").build();

        assertThat(first.userId()).isEqualTo("one");
        assertThat(second.userId()).isEqualTo("two");
        assertThat(second.messageId()).isEqualTo("m-1");
    }

    @Test
    void shouldShowTypeAndMessageIdOnly() {
        assertThat(TrackMessage.builder("event")
                        .messageId("m-1")
                        .userId("user")
                        .anonymousId("anonymous")
                        .timestamp(THEN)
                        .context(Context.builder().put("secret", "hunter2").build())
                        .properties(Map.of("secret", "hunter2"))
                        .build())
                .hasToString("Message{type=track, messageId=m-1}");
        assertThat(AliasMessage.builder().previousId("secret").build())
                .hasToString("Message{type=alias, messageId=null}");
    }

    @Test
    void shouldKeepTraitsOfAPersonAndOfAGroup() {
        Traits traits = Traits.builder().put("plan", "gold").build();
        IdentifyMessage person = IdentifyMessage.builder().traits(traits).build();
        GroupMessage group = GroupMessage.builder("guild-12").traits(traits).build();

        assertThat(person.traits()).isSameAs(traits);
        assertThat(group.traits()).isSameAs(traits);
        assertThat(group.groupId()).isEqualTo("guild-12");
    }

    @Test
    void shouldKeepEventNameCategoryAndProperties() {
        Properties properties = Properties.builder().put("level", 12).build();
        TrackMessage track =
                TrackMessage.builder("Level Up").properties(properties).build();
        PageMessage page = PageMessage.builder("Pricing")
                .category("Docs")
                .properties(properties)
                .build();
        ScreenMessage screen = ScreenMessage.builder("Lobby")
                .category("Game")
                .properties(properties)
                .build();

        assertThat(track.event()).isEqualTo("Level Up");
        assertThat(track.properties()).isSameAs(properties);
        assertThat(page.name()).isEqualTo("Pricing");
        assertThat(page.category()).isEqualTo("Docs");
        assertThat(page.properties()).isSameAs(properties);
        assertThat(screen.name()).isEqualTo("Lobby");
        assertThat(screen.category()).isEqualTo("Game");
        assertThat(screen.properties()).isSameAs(properties);
    }

    @Test
    void shouldKeepTheIdThatIsReplaced() {
        AliasMessage alias =
                AliasMessage.builder().previousId("a-5").userId("u-19").build();

        assertThat(alias.previousId()).isEqualTo("a-5");
        assertThat(alias.userId()).isEqualTo("u-19");
    }

    @Test
    void shouldBuildWithoutWhatATypeNeeds() {
        assertThat(IdentifyMessage.builder().build().traits()).isNull();
        assertThat(TrackMessage.builder(null).build().event()).isNull();
        assertThat(TrackMessage.builder(null).build().properties()).isNull();
        assertThat(PageMessage.builder(null).build().name()).isNull();
        assertThat(PageMessage.builder(null).build().category()).isNull();
        assertThat(PageMessage.builder(null).build().properties()).isNull();
        assertThat(ScreenMessage.builder(null).build().name()).isNull();
        assertThat(ScreenMessage.builder(null).build().category()).isNull();
        assertThat(ScreenMessage.builder(null).build().properties()).isNull();
        assertThat(GroupMessage.builder(null).build().groupId()).isNull();
        assertThat(GroupMessage.builder(null).build().traits()).isNull();
        assertThat(AliasMessage.builder().build().previousId()).isNull();
    }

    /** What takes a map: sets it, and gives what a message built then has. */
    private interface MapTaker {
        Supplier<Map<String, Object>> take(Map<String, ?> map);
    }

    static Stream<Arguments> mapTakers() {
        IdentifyMessage.Builder identify = IdentifyMessage.builder();
        TrackMessage.Builder track = TrackMessage.builder("e");
        PageMessage.Builder page = PageMessage.builder("p");
        ScreenMessage.Builder screen = ScreenMessage.builder("s");
        GroupMessage.Builder group = GroupMessage.builder("g");
        return Stream.of(
                taker("identify", map -> {
                    identify.traits(map);
                    return () -> asMap(identify.build().traits());
                }),
                taker("track", map -> {
                    track.properties(map);
                    return () -> asMap(track.build().properties());
                }),
                taker("page", map -> {
                    page.properties(map);
                    return () -> asMap(page.build().properties());
                }),
                taker("screen", map -> {
                    screen.properties(map);
                    return () -> asMap(screen.build().properties());
                }),
                taker("group", map -> {
                    group.traits(map);
                    return () -> asMap(group.build().traits());
                }));
    }

    private static Arguments taker(String name, MapTaker taker) {
        return Arguments.of(name, taker);
    }

    private static Map<String, Object> asMap(Traits traits) {
        return traits == null ? null : traits.asMap();
    }

    private static Map<String, Object> asMap(Properties properties) {
        return properties == null ? null : properties.asMap();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mapTakers")
    void shouldCopyAMapOneLevelDeep(String name, MapTaker taker) {
        Object anything = new Object();
        Map<String, Object> given = new HashMap<>(Collections.singletonMap("gone", null));
        given.put("anything", anything);
        Supplier<Map<String, Object>> built = taker.take(given);
        given.put("later", 1);

        assertThat(built.get()).containsOnlyKeys("gone", "anything").isUnmodifiable();
        assertThat(built.get().get("anything")).isSameAs(anything);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mapTakers")
    void shouldReplaceWhatWasGivenAndForgetItWithNull(String name, MapTaker taker) {
        taker.take(Map.of("a", 1));

        assertThat(taker.take(Map.of("b", 2)).get()).containsExactly(entry("b", 2));
        assertThat(taker.take(Map.of()).get()).isEmpty();
        assertThat(taker.take(null).get()).isNull();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mapTakers")
    void shouldThrowOnWhatAMapThrowsAndStayAsItWas(String name, MapTaker taker) {
        IllegalStateException mine = new IllegalStateException("mine");
        Supplier<Map<String, Object>> built = taker.take(Map.of("a", 1));

        assertThatThrownBy(() -> taker.take(new TraitsTest.ThrowingMap(mine))).isSameAs(mine);
        assertThat(built.get()).containsExactly(entry("a", 1));
    }
}
