package dev.penstock.client.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a message says of itself before it is enqueued. */
class MessageProblemTest {

    private static final String NO_ID = " without a userId or an anonymousId is dropped";

    /** With everything that its type needs but the ids. */
    private static Message.Builder<?> builder(MessageType type) {
        return switch (type) {
            case IDENTIFY -> IdentifyMessage.builder().traits(Map.of("plan", "gold"));
            case TRACK -> TrackMessage.builder("Level Up");
            case PAGE -> PageMessage.builder(null);
            case SCREEN -> ScreenMessage.builder(null);
            case GROUP -> GroupMessage.builder("guild-12");
            case ALIAS -> AliasMessage.builder().previousId("a-5");
        };
    }

    @ParameterizedTest
    @EnumSource
    void shouldHaveNoneWithAUserId(MessageType type) {
        assertThat(builder(type).userId("u").build().problem()).isEmpty();
        assertThat(builder(type).userId("u").anonymousId("a").build().problem()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ALIAS")
    void shouldHaveNoneWithAnAnonymousId(MessageType type) {
        assertThat(builder(type).userId(" ").anonymousId("a").build().problem()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void shouldNeedAnId(MessageType type) {
        for (String blank : new String[] {null, "", " \t"}) {
            assertThat(builder(type).userId(blank).anonymousId(blank).build().problem())
                    .contains(type.wireName() + NO_ID);
        }
    }

    static Stream<Arguments> lacking() {
        return Stream.of(null, "", " ").flatMap(MessageProblemTest::lacking);
    }

    private static Stream<Arguments> lacking(String blank) {
        String alias = "alias without a previousId and a userId is dropped";
        return Stream.of(
                Arguments.of(TrackMessage.builder(blank), "track without an event name is dropped"),
                Arguments.of(GroupMessage.builder(blank), "group without a groupId is dropped"),
                Arguments.of(AliasMessage.builder().previousId(blank), alias),
                Arguments.of(
                        AliasMessage.builder().previousId("p").userId(blank).anonymousId("a"), alias));
    }

    @ParameterizedTest
    @MethodSource("lacking")
    void shouldNeedWhatItsTypeNeeds(Message.Builder<?> builder, String sentence) {
        Message message = builder.build();
        if (message.anonymousId() == null) {
            message = builder.userId("u").build();
        }

        assertThat(message.problem()).contains(sentence);
    }

    @Test
    void shouldNeedATraitWhereAnIdentifyHasAnAnonymousIdAlone() {
        String sentence = "identify without a userId or traits is dropped";
        IdentifyMessage.Builder builder = IdentifyMessage.builder().anonymousId("a");

        assertThat(builder.build().problem()).contains(sentence);
        assertThat(builder.traits(Map.of()).build().problem()).contains(sentence);
        assertThat(builder.traits(Collections.singletonMap(null, 1)).build().problem())
                .as("a trait without a name is none")
                .contains(sentence);
        assertThat(builder.traits(Collections.singletonMap("gone", null))
                        .build()
                        .problem())
                .isEmpty();
        assertThat(builder.traits((Traits) null).userId("u").build().problem()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void shouldHaveAnIdOfLessThanOneHundredCharacters(MessageType type) {
        Message.Builder<?> builder = builder(type).userId("u");

        assertThat(builder.messageId("x".repeat(99)).build().problem()).isEmpty();
        assertThat(builder.messageId("x".repeat(100)).build().problem())
                .contains("a message with an id of 100 characters or more is dropped");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void shouldTakeABlankMessageIdForNone(String blank) {
        Message.Builder<?> builder = TrackMessage.builder("e").userId("u");

        assertThat(builder.messageId(blank).build().problem()).isEmpty();
        assertThat(builder.messageId(" ".repeat(100)).build().problem()).isEmpty();
    }
}
