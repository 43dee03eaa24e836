package dev.penstock.engine.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.context.ContextScope;
import dev.penstock.client.context.RequestContext;
import dev.penstock.client.flags.FlagContext;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("try") // scopes are only closed
class AmbientFlagsTest {

    private final ContextScopes contexts = new ContextScopes(properties -> null, (message, cause) -> {});

    @Test
    void shouldLeaveQuestionsAloneOutsideAnyContext() {
        FlagContext question = FlagContext.of("user");

        assertThat(contexts.flagContext(question)).isSameAs(question);
        assertThat(contexts.flagContext(null)).isNull();
        contexts.enter(RequestContext.EMPTY).close();
        assertThat(contexts.flagContext(question)).isSameAs(question);
        assertThat(contexts.flagContext(null)).isNull();
    }

    @Test
    void shouldLeaveQuestionsAloneToWhichTheContextAddsNothing() {
        FlagContext question = FlagContext.of("somebody else");
        FlagContext nobody = FlagContext.of(null);

        assertThat(asked(RequestContext.builder().distinctId("user").property("a", 1), question))
                .isSameAs(question);
        assertThat(asked(RequestContext.builder().sessionId("s"), nobody)).isSameAs(nobody);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void shouldAskAboutTheContextsPersonIfNobodyIsNamed(String nobody) {
        FlagContext question = FlagContext.builder(nobody)
                .personProperty("a", 1)
                .group("g", "k")
                .build();

        FlagContext asked = asked(RequestContext.builder().distinctId("user"), question);

        assertThat(asked.distinctId()).isEqualTo("user");
        assertThat(asked.personProperties()).isEqualTo(Map.of("a", 1L));
        assertThat(asked.groups()).isEqualTo(Map.of("g", "k"));
        assertThat(asked.groupsHash()).isEqualTo(question.groupsHash());
    }

    @Test
    void shouldAskAboutTheContextsPersonWithoutAQuestionsContext() {
        assertThat(asked(RequestContext.builder().distinctId("user"), null).distinctId())
                .isEqualTo("user");
    }

    @Test
    void shouldAskAboutNobodyIfNobodyIsKnown() {
        RequestContext.Builder context = RequestContext.builder().personPropertiesForFlags(Map.of("a", 1));

        assertThat(asked(RequestContext.builder().sessionId("s"), null).distinctId())
                .isEmpty();
        assertThat(asked(context, null).distinctId()).isEmpty();
        assertThat(asked(context, FlagContext.of("")).distinctId()).isEmpty();
    }

    @Test
    void shouldAddPropertiesBeneathThoseOfTheQuestion() {
        FlagContext question = FlagContext.builder("user")
                .personProperty("b", 20)
                .group("company", "c-1")
                .groupProperty("company", "b", 20)
                .build();

        FlagContext asked = asked(
                RequestContext.builder()
                        .distinctId("user")
                        .personPropertiesForFlags(Map.of("a", 1, "b", 2, "$geoip_country_code", "FR"))
                        .groupPropertiesForFlags("company", Map.of("a", 1, "b", 2))
                        .groupPropertiesForFlags("guild", Map.of("a", 1)),
                question);

        assertThat(asked.distinctId()).isEqualTo("user");
        assertThat(asked.personProperties()).isEqualTo(Map.of("a", 1L, "b", 20L, "$geoip_country_code", "FR"));
        assertThat(asked.groups()).isEqualTo(Map.of("company", "c-1"));
        assertThat(asked.groupProperties())
                .isEqualTo(Map.of("company", Map.of("a", 1L, "b", 20L), "guild", Map.of("a", 1L)));
    }

    @Test
    void shouldLetAPropertyThatIsKnownToBeNullWin() {
        FlagContext question =
                FlagContext.builder("user").personProperty("a", null).build();

        FlagContext asked = asked(RequestContext.builder().personPropertiesForFlags(Map.of("a", 1)), question);

        assertThat(asked.personProperties()).containsEntry("a", null);
    }

    @Test
    void shouldAddTheDeviceIfTheQuestionHasNone() {
        RequestContext.Builder context = RequestContext.builder().deviceId("ambient");
        FlagContext own = FlagContext.builder("user").deviceId("own").build();
        FlagContext fromProperty = FlagContext.of("user", Map.of("$device_id", "own"));

        assertThat(asked(context, FlagContext.of("user")).deviceId()).isEqualTo("ambient");
        assertThat(asked(context, own).deviceId()).isEqualTo("own");
        assertThat(asked(context, fromProperty).deviceId()).isEqualTo("own");
        assertThat(asked(
                                RequestContext.builder().personPropertiesForFlags(Map.of("$device_id", "property")),
                                FlagContext.of("user"))
                        .deviceId())
                .isEqualTo("property");
    }

    @Test
    void shouldMergeOnceForManyQuestionsWithOneContext() {
        try (ContextScope scope = contexts.enter(RequestContext.builder()
                .personPropertiesForFlags(Map.of("a", 1))
                .build())) {
            FlagContext first = FlagContext.of("first");
            FlagContext second = FlagContext.of("second");
            FlagContext merged = contexts.flagContext(first);

            assertThat(contexts.flagContext(first)).isSameAs(merged);
            assertThat(contexts.flagContext(second).distinctId()).isEqualTo("second");
            assertThat(contexts.flagContext(first).distinctId()).isEqualTo("first");
            assertThat(contexts.flagContext(null).distinctId()).isEmpty();
            scope.setPersonPropertiesForFlags(Map.of("a", 2));
            assertThat(contexts.flagContext(first).personProperties()).isEqualTo(Map.of("a", 2L));
            scope.resetPersonPropertiesForFlags();
            assertThat(contexts.flagContext(first)).isSameAs(first);
        }
    }

    @Test
    void shouldLeaveOutWhatFlagsCannotUse() {
        RequestContext.Builder context =
                RequestContext.builder().personPropertiesForFlags(Map.of("a", new Object(), "b", List.of(1)));

        assertThat(asked(context, FlagContext.of("user")).personProperties()).isEqualTo(Map.of("b", List.of(1L)));
    }

    private FlagContext asked(RequestContext.Builder context, FlagContext question) {
        try (ContextScope scope = contexts.enter(context.build())) {
            FlagContext asked = contexts.flagContext(question);
            return asked;
        }
    }

    private static RequestContext.Builder knowing(String distinctId) {
        return RequestContext.builder()
                .distinctId(distinctId)
                .deviceId("device")
                .personPropertiesForFlags(Map.of("plan", "pro"));
    }

    @ParameterizedTest
    @CsvSource({
        "user, user, true",
        "user, , true",
        ", user, true",
        ", , true",
        "user, User, false",
        "user, other, false"
    })
    void shouldTellOfThePersonOnlyWhereThatPersonIsAskedAbout(String known, String askedAbout, boolean same) {
        FlagContext question =
                FlagContext.builder(askedAbout).group("company", "c-1").build();

        FlagContext asked = asked(knowing(known).groupPropertiesForFlags("company", Map.of("size", 9)), question);

        assertThat(asked.deviceId()).isEqualTo(same ? "device" : null);
        assertThat(asked.personProperties()).isEqualTo(same ? Map.of("plan", "pro") : Map.of());
        assertThat(asked.groupProperties()).isEqualTo(Map.of("company", Map.of("size", 9L)));
    }

    @Test
    void shouldLeaveQuestionsAboutSomebodyElseAlone() {
        FlagContext question = FlagContext.of("other");

        assertThat(asked(knowing("user"), question)).isSameAs(question);
    }
}
