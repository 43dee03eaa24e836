package dev.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureMode;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.context.ContextScope;
import dev.penstock.client.context.RequestContext;
import dev.penstock.client.errors.ExceptionDetails;
import dev.penstock.client.errors.ExceptionSettings;
import dev.penstock.client.flags.FlagValue;
import dev.penstock.collector.Collector;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.engine.testing.ClientFixture;
import dev.penstock.engine.testing.FixedFlags;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each kind of event from the client's method to the wire: in both capture modes, and with a hook that sees everything. */
@Timeout(60)
@SuppressWarnings("try") // scopes are only closed
class EventKindsTest {

    private static final UUID ID = UUID.fromString("0195514d-6f10-7c3a-9d2e-5b1f0a7c4e21");
    private static final Instant TIME = Instant.parse("2026-03-01T10:00:04.871Z");
    private static final Set<String> OF_THE_CLIENT =
            Set.of("$lib", "$lib_version", "$is_server", "$geoip_disable", "$os", "$os_version", "$java_version");
    private static final RequestContext REQUEST = RequestContext.builder()
            .distinctId("of the context")
            .sessionId("s-1")
            .property("route", "/cart")
            .flags(FixedFlags.of("beta", FlagValue.TRUE))
            .build();

    private final Collector collector = Collector.start();

    /** How the client is configured. */
    private enum Setup {
        V0(CaptureMode.V0, false),
        V1(CaptureMode.V1, false),
        V0_HOOKED(CaptureMode.V0, true),
        V1_HOOKED(CaptureMode.V1, true);

        private final CaptureMode mode;
        private final boolean hooked;

        Setup(CaptureMode mode, boolean hooked) {
            this.mode = mode;
            this.hooked = hooked;
        }
    }

    @AfterEach
    void closeCollector() {
        collector.close();
    }

    private ClientFixture client(Setup setup) {
        return client(setup, ExceptionSettings.DEFAULT);
    }

    private ClientFixture client(Setup setup, ExceptionSettings exceptions) {
        return ClientFixture.of(collector, config -> {
            if (setup.hooked) {
                config.beforeSend(event -> event);
            }
            return config.captureMode(setup.mode).exceptions(exceptions);
        });
    }

    /** What is received of one accepted event. */
    private ReceivedEvent sent(Setup setup, Function<CaptureClient, CaptureResult> capture) {
        try (ClientFixture fixture = client(setup)) {
            assertThat(capture.apply(fixture.client())).isEqualTo(CaptureResult.ACCEPTED);
            fixture.flush();
            assertThat(collector.events()).hasSize(1);
            return collector.events().get(0);
        }
    }

    /** The same, captured within a request. */
    private ReceivedEvent sentInContext(Setup setup, Function<CaptureClient, CaptureResult> capture) {
        return sent(setup, client -> {
            client.superProperties().register(Map.of("plan", "pro"));
            try (ContextScope scope = client.contexts().enter(REQUEST)) {
                return capture.apply(client);
            }
        });
    }

    private void assertInvalid(Setup setup, String warning, Function<CaptureClient, CaptureResult> capture) {
        try (ClientFixture fixture = client(setup)) {
            assertThat(capture.apply(fixture.client())).isEqualTo(CaptureResult.INVALID);
            assertThat(fixture.stats().results()).containsEntry(CaptureResult.INVALID, 1L);
            if (!warning.isEmpty()) {
                fixture.awaitWarning(warning);
            }
            fixture.flush();
        }
        assertThat(collector.requests()).isEmpty();
    }

    /** The properties that are not those of every event. */
    private static Map<String, Object> own(ReceivedEvent event) {
        Map<String, Object> own = new LinkedHashMap<>(event.properties());
        own.keySet().removeAll(OF_THE_CLIENT);
        return own;
    }

    @ParameterizedTest
    @EnumSource
    void shouldSendIdentifyWithoutTheContextsProperties(Setup setup) {
        ReceivedEvent event = sentInContext(
                setup,
                client -> client.identify("player-77")
                        .setPerson("email", "p77@example.org")
                        .setPersonOnce(Map.of("signup_build", 101))
                        .send());

        assertThat(event.event()).isEqualTo("$identify");
        assertThat(event.distinctId()).isEqualTo("player-77");
        assertThat(own(event))
                .isEqualTo(Map.of(
                        "plan",
                        "pro",
                        "$set",
                        Map.of("email", "p77@example.org"),
                        "$set_once",
                        Map.of("signup_build", 101L)));
        assertThat(event.fields()).doesNotContainKey("session_id");
    }

    @ParameterizedTest
    @EnumSource
    void shouldNameTheAnonymousIdOnlyIfThereIsOne(Setup setup) {
        try (ClientFixture fixture = client(setup)) {
            for (String anonymous : new String[] {"guest-5f2", null, "", " \t"}) {
                fixture.client().identify("player-77", anonymous).send();
            }
            fixture.client().identify("player-77").send();
            fixture.flush();
        }
        assertThat(collector.events())
                .hasSize(5)
                .extracting(event -> event.properties().get("$anon_distinct_id"))
                .containsExactly("guest-5f2", null, null, null, null);
        assertThat(collector.events().subList(1, 5))
                .noneMatch(event -> event.properties().containsKey("$anon_distinct_id"));
    }

    @ParameterizedTest
    @EnumSource
    void shouldSendEveryIdentify(Setup setup) {
        try (ClientFixture fixture = client(setup)) {
            for (int i = 0; i < 3; i++) {
                assertThat(fixture.client()
                                .identify("player-77")
                                .setPerson("a", 1)
                                .send())
                        .isEqualTo(CaptureResult.ACCEPTED);
            }
            fixture.flush();
        }
        assertThat(collector.events()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotIdentifyTheIdOfTheContext(Setup setup) {
        assertInvalid(setup, "identify without a distinct id", client -> {
            try (ContextScope scope = client.contexts().enter(REQUEST)) {
                return client.identify(" ").setPerson("a", 1).send();
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void shouldSendWhatHasChangedAboutAPerson(Setup setup) {
        ReceivedEvent event = sentInContext(
                setup,
                client -> client.person("player-77")
                        .setPerson("level", 9)
                        .setPersonOnce("first_map", "Dust")
                        .unsetPerson("trial")
                        .send());

        assertThat(event.event()).isEqualTo("$set");
        assertThat(event.distinctId()).isEqualTo("player-77");
        assertThat(event.properties())
                .containsEntry("$set", Map.of("level", 9L))
                .containsEntry("$set_once", Map.of("first_map", "Dust"))
                .containsEntry("$unset", List.of("trial"))
                .containsEntry("route", "/cart")
                .containsEntry("$feature/beta", true);
    }

    @ParameterizedTest
    @EnumSource
    void shouldSendAPersonWithAnyOneOfTheThree(Setup setup) {
        try (ClientFixture fixture = client(setup)) {
            assertThat(fixture.client().person("p").setPerson("a", null).send()).isEqualTo(CaptureResult.ACCEPTED);
            assertThat(fixture.client().person("p").setPersonOnce("a", 1).send())
                    .isEqualTo(CaptureResult.ACCEPTED);
            assertThat(fixture.client().person("p").unsetPerson("a").send()).isEqualTo(CaptureResult.ACCEPTED);
            fixture.flush();
        }
        assertThat(collector.events()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource
    void shouldIgnoreAPersonWithNothingToSet(Setup setup) {
        try (ClientFixture fixture = client(setup)) {
            CaptureClient client = fixture.client();
            assertThat(client.person("p").send()).isEqualTo(CaptureResult.INVALID);
            assertThat(client.person("p").put("a", 1).send()).isEqualTo(CaptureResult.INVALID);
            assertThat(client.person("p").setPerson(Map.of()).unsetPerson(" ").send())
                    .isEqualTo(CaptureResult.INVALID);
            assertThat(client.person("p").setPerson(null, 1).send()).isEqualTo(CaptureResult.INVALID);
            assertThat(client.person("p").group("company", "northwind").send()).isEqualTo(CaptureResult.INVALID);
            assertThat(client.person("p").setGroup("name", "n").send()).isEqualTo(CaptureResult.INVALID);
            fixture.flush();
            fixture.assertQuiet();
        }
        assertThat(collector.requests()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotSendAPersonWithoutAnId(Setup setup) {
        assertInvalid(
                setup,
                "person without a distinct id",
                client -> client.person(null).setPerson("a", 1).send());
    }

    @ParameterizedTest
    @EnumSource
    void shouldSendAnAlias(Setup setup) {
        ReceivedEvent event = sentInContext(
                setup,
                client -> client.alias()
                        .alias("guest-5f2")
                        .distinctId("player-77")
                        .uuid(ID)
                        .timestamp(TIME)
                        .send());
        Map<String, Object> expected = new LinkedHashMap<>(Map.of("plan", "pro", "alias", "guest-5f2"));
        if (setup.mode == CaptureMode.V0) {
            expected.put("distinct_id", "player-77");
        }

        assertThat(event.event()).isEqualTo("$create_alias");
        assertThat(event.distinctId()).isEqualTo("player-77");
        assertThat(event.uuid()).isEqualTo(ID.toString());
        assertThat(event.timestamp()).isEqualTo(TIME);
        assertThat(own(event)).isEqualTo(expected);
        assertThat(event.fields()).doesNotContainKey("session_id");
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotSendAnAliasThatLacksEitherId(Setup setup) {
        for (String blank : new String[] {null, "", " "}) {
            assertInvalid(
                    setup,
                    "alias without a distinct id",
                    client -> client.alias().distinctId(blank).alias("second").send());
            assertInvalid(
                    setup,
                    "alias without a second id",
                    client -> client.alias().distinctId("first").alias(blank).send());
            assertInvalid(setup, "", client -> {
                try (ContextScope scope = client.contexts().enter(REQUEST)) {
                    return client.alias().distinctId(blank).alias(blank).send();
                }
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldSendAGroupForAnIdMadeOfIt(Setup setup) {
        ReceivedEvent event = sentInContext(
                setup,
                client -> client.groupIdentify("guild", "g-12")
                        .group("company", "northwind")
                        .setGroup("name", "Night Shift")
                        .setGroup(Map.of("members", 41))
                        .send());

        assertThat(event.event()).isEqualTo("$groupidentify");
        assertThat(event.distinctId()).isEqualTo("$guild_g-12");
        assertThat(event.properties())
                .containsEntry("$group_type", "guild")
                .containsEntry("$group_key", "g-12")
                .containsEntry("$group_set", Map.of("name", "Night Shift", "members", 41L))
                .containsEntry("route", "/cart")
                .containsEntry("plan", "pro")
                .doesNotContainKeys("$groups", "$process_person_profile");
    }

    @ParameterizedTest
    @EnumSource
    void shouldSendAGroupOfWhichNothingIsKnown(Setup setup) {
        ReceivedEvent event = sent(
                setup,
                client -> client.groupIdentify("guild", "g-12")
                        .distinctId("admin-1")
                        .send());

        assertThat(event.distinctId()).isEqualTo("admin-1");
        assertThat(own(event)).isEqualTo(Map.of("$group_type", "guild", "$group_key", "g-12", "$group_set", Map.of()));
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotSendAGroupWithoutTypeOrKey(Setup setup) {
        for (String blank : new String[] {null, "", " "}) {
            assertInvalid(
                    setup,
                    "groupIdentify without a group type and key",
                    client -> client.groupIdentify(blank, "g-12")
                            .distinctId("admin-1")
                            .setGroup("name", "n")
                            .send());
            assertInvalid(
                    setup,
                    "groupIdentify without a group type and key",
                    client -> client.groupIdentify("guild", blank).send());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldSendAPageview(Setup setup) {
        ReceivedEvent event = sentInContext(
                setup,
                client -> client.pageview("https://shop.example/cart?step=2")
                        .put("title", "Cart")
                        .send());

        assertThat(event.event()).isEqualTo("$pageview");
        assertThat(event.distinctId()).isEqualTo("of the context");
        assertThat(event.properties())
                .containsEntry("$current_url", "https://shop.example/cart?step=2")
                .containsEntry("title", "Cart")
                .containsEntry("route", "/cart");
        assertThat(setup.mode == CaptureMode.V1 ? event.fields().get("session_id") : event.property("$session_id"))
                .isEqualTo("s-1");
    }

    @ParameterizedTest
    @EnumSource
    void shouldLeaveTheUrlOfAPageviewToTheContextIfThereIsNone(Setup setup) {
        ReceivedEvent event = sent(setup, client -> {
            RequestContext context = RequestContext.builder()
                    .currentUrl("https://of.the/context")
                    .build();
            try (ContextScope scope = client.contexts().enter(context)) {
                return client.pageview(null).distinctId("u-4").send();
            }
        });

        assertThat(event.property("$current_url")).isEqualTo("https://of.the/context");
    }

    @ParameterizedTest
    @EnumSource
    void shouldSendAScreenUnderTheNameItWasGiven(Setup setup) {
        ReceivedEvent event = sent(setup, client -> {
            client.superProperties().register(Map.of("$screen_name", "of a super property"));
            return client.screen("Lobby")
                    .distinctId("u-4")
                    .put("$screen_name", "of the caller")
                    .put(client.propertyKey("$screen_name"), "of a registered key")
                    .putAll(Map.of("$screen_name", "of a map", "other", 1))
                    .send();
        });

        assertThat(event.event()).isEqualTo("$screen");
        assertThat(event.properties()).containsEntry("$screen_name", "Lobby").containsEntry("other", 1L);
    }

    @ParameterizedTest
    @EnumSource
    void shouldLetAPropertyNameAScreenThatHasNoNameOfItsOwn(Setup setup) {
        ReceivedEvent event = sent(
                setup,
                client -> client.screen(null)
                        .distinctId("u-4")
                        .put("$screen_name", "of the caller")
                        .send());

        assertThat(event.property("$screen_name")).isEqualTo("of the caller");
    }

    @ParameterizedTest
    @EnumSource
    void shouldCountANullKeyAlsoWhereSomeKeysAreReserved(Setup setup) {
        try (ClientFixture fixture = client(setup)) {
            fixture.client().screen("Lobby").put((String) null, 1).send();
            fixture.client()
                    .exception(new IllegalStateException(), ExceptionDetails.MANUAL)
                    .put((String) null, "x")
                    .send();

            assertThat(fixture.stats().valuesReplaced()).isEqualTo(2);
        }
    }

    /** Everything that is error tracking's own. */
    private static Map<String, Object> reserved() {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (String name : List.of(
                "list",
                "level",
                "source",
                "fingerprint",
                "handled",
                "types",
                "values",
                "sources",
                "functions",
                "issue_id",
                "fingerprint_version",
                "fingerprint_record",
                "release")) {
            properties.put("$exception_" + name, "mine");
        }
        properties.put("$debug_images", "mine");
        properties.put("$cymbal_errors", "mine");
        return properties;
    }

    private static void assertIsError(ReceivedEvent event) {
        assertThat(event.event()).isEqualTo("$exception");
        assertThat(event.property("$exception_level")).isEqualTo("error");
        assertThat((List<?>) event.property("$exception_list")).hasSize(1);
        assertThat(event.properties().keySet())
                .doesNotContainAnyElementsOf(List.of(
                        "$exception_source",
                        "$exception_fingerprint",
                        "$exception_handled",
                        "$exception_types",
                        "$exception_values",
                        "$exception_sources",
                        "$exception_functions",
                        "$exception_issue_id",
                        "$exception_fingerprint_version",
                        "$exception_fingerprint_record",
                        "$exception_release",
                        "$debug_images",
                        "$cymbal_errors"));
        assertThat(event.properties()).doesNotContainValue("mine");
    }

    @ParameterizedTest
    @EnumSource
    void shouldIgnoreACallersPropertiesThatAreErrorTrackingsOwn(Setup setup) {
        ReceivedEvent event = sent(
                setup, client -> client.captureException("player-77", new IllegalStateException("lost"), reserved()));

        assertIsError(event);
        assertThat(event.distinctId()).isEqualTo("player-77");
    }

    @ParameterizedTest
    @EnumSource
    void shouldIgnoreABuildersPropertiesThatAreErrorTrackingsOwn(Setup setup) {
        ReceivedEvent event = sent(setup, client -> {
            var builder = client.exception(new IllegalStateException("lost"), ExceptionDetails.MANUAL)
                    .distinctId("player-77");
            reserved().forEach((name, value) -> {
                builder.put(name, value).put(client.propertyKey(name), value);
                builder.put(name, (String) value).put(client.propertyKey(name), (String) value);
            });
            return builder.put("kept", 1).send();
        });

        assertIsError(event);
        assertThat(event.property("kept")).isEqualTo(1L);
    }

    private ReceivedEvent sentBeside(Setup setup, Consumer<CaptureClient> sharing, Supplier<RequestContext> context) {
        return sent(setup, client -> {
            sharing.accept(client);
            try (ContextScope scope = client.contexts().enter(context.get())) {
                return client.captureException("player-77", new IllegalStateException("lost"), Map.of());
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void shouldIgnoreSuperPropertiesThatAreErrorTrackingsOwn(Setup setup) {
        assertIsError(
                sentBeside(setup, client -> client.superProperties().register(reserved()), () -> RequestContext.EMPTY));
    }

    @ParameterizedTest
    @EnumSource
    void shouldIgnorePropertiesOfTheContextThatAreErrorTrackingsOwn(Setup setup) {
        assertIsError(sentBeside(
                setup,
                client -> {},
                () -> RequestContext.builder().properties(reserved()).build()));
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepOrdinaryContextOfAnException(Setup setup) {
        ReceivedEvent event = sentInContext(
                setup,
                client -> client.exception(new IllegalStateException("lost"), ExceptionDetails.MANUAL)
                        .group("guild", "g-12")
                        .send());

        assertThat(event.distinctId()).isEqualTo("of the context");
        assertThat(event.properties())
                .containsEntry("plan", "pro")
                .containsEntry("route", "/cart")
                .containsEntry("$feature/beta", true)
                .containsEntry("$groups", Map.of("guild", "g-12"));
    }

    @ParameterizedTest
    @EnumSource
    void shouldSendAnExceptionWithoutAnIdAsPersonless(Setup setup) {
        ReceivedEvent event = sent(setup, client -> client.captureException(new IllegalStateException("lost")));

        assertThat(event.distinctId()).hasSize(36);
        if (setup.mode == CaptureMode.V0) {
            assertThat(event.property("$process_person_profile")).isEqualTo(false);
        } else {
            assertThat(event.fields()).containsEntry("options", Map.of("process_person_profile", false));
        }
    }

    /** Fails the test if anybody asks it anything. */
    private static final class Untouchable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new AssertionError("asked for its message");
        }

        @Override
        public synchronized Throwable getCause() {
            throw new AssertionError("asked for its cause");
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new AssertionError("asked for its stack");
        }

        @Override
        public String toString() {
            throw new AssertionError("asked for its text");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldFilterIgnoredExceptionsWithoutReadingThem(Setup setup) {
        ExceptionSettings settings = ExceptionSettings.DEFAULT.withIgnored(Untouchable.class::isInstance);
        try (ClientFixture fixture = client(setup, settings)) {
            assertThat(fixture.client().captureException(new Untouchable())).isEqualTo(CaptureResult.FILTERED);
            assertThat(fixture.client().captureException("p", new Untouchable(), Map.of("a", 1)))
                    .isEqualTo(CaptureResult.FILTERED);
            assertThat(fixture.client().exception(new Untouchable(), null).send())
                    .isEqualTo(CaptureResult.FILTERED);
            assertThat(fixture.client().captureException(new IllegalStateException()))
                    .isEqualTo(CaptureResult.ACCEPTED);
            fixture.flush();
            assertThat(fixture.stats().results()).containsEntry(CaptureResult.FILTERED, 3L);
            assertThat(fixture.stats().valuesReplaced()).isZero();
        }
        assertThat(collector.events()).hasSize(1);
    }

    @Test
    void shouldAskAnExceptionNothingWhenItCapturesNothing() {
        boolean[] asked = {false};
        ExceptionSettings settings = ExceptionSettings.DEFAULT.withIgnored(thrown -> {
            asked[0] = true;
            return false;
        });
        try (ClientFixture fixture = client(Setup.V0, settings)) {
            CaptureClient client = fixture.client();
            client.setEnabled(false);
            assertThat(client.captureException(new Untouchable())).isEqualTo(CaptureResult.DISABLED);
            client.setEnabled(true);
            client.optOut();
            assertThat(client.captureException("p", new Untouchable(), Map.of("a", 1)))
                    .isEqualTo(CaptureResult.DISABLED);
            client.optIn();
            client.close();
            assertThat(client.exception(new Untouchable(), ExceptionDetails.MANUAL)
                            .put("a", 1)
                            .send())
                    .isEqualTo(CaptureResult.CLOSED);
            assertThat(client.stats().valuesReplaced()).isZero();
        }
        assertThat(asked[0]).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void shouldHintAtAnExceptionThatIsCapturedByHand(Setup setup) {
        try (ClientFixture fixture = client(setup)) {
            fixture.client().capture("p", "$exception", Map.of("$exception_list", List.of()));
            fixture.client().capture("p", "$exceptional", Map.of());
            fixture.client().captureException(new IllegalStateException());
            fixture.flush();
            fixture.client().close();

            assertThat(fixture.logger().from(System.Logger.Level.INFO))
                    .singleElement()
                    .asString()
                    .contains("captureException");
        }
        assertThat(collector.events()).hasSize(3);
    }
}
