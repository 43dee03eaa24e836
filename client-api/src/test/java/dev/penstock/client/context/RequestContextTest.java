package dev.penstock.client.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import dev.penstock.client.SlyThrow;
import java.io.IOException;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestContextTest {

    @Test
    void shouldKnowNothingWhenEmpty() {
        RequestContext empty = RequestContext.EMPTY;

        assertThat(empty.distinctId()).isNull();
        assertThat(empty.sessionId()).isNull();
        assertThat(empty.deviceId()).isNull();
        assertThat(empty.flags()).isNull();
        assertThat(empty.properties()).isEmpty();
        assertThat(empty.eventProperties()).isEmpty();
        assertThat(empty.personPropertiesForFlags()).isEmpty();
        assertThat(empty.groupPropertiesForFlags()).isEmpty();
    }

    @Test
    void shouldNameWhatServersKnowOfARequest() {
        RequestContext context = RequestContext.builder()
                .currentUrl("https://example.org/a?b")
                .requestMethod("POST")
                .requestPath("/a")
                .userAgent("curl/8")
                .ip("192.0.2.1")
                .responseStatusCode(503)
                .build();

        assertThat(context.properties())
                .containsExactly(
                        entry("$current_url", "https://example.org/a?b"),
                        entry("$request_method", "POST"),
                        entry("$request_path", "/a"),
                        entry("$user_agent", "curl/8"),
                        entry("$ip", "192.0.2.1"),
                        entry("$response_status_code", 503));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " \t"})
    void shouldTakeBlankTextForUnknown(String nothing) {
        RequestContext context = RequestContext.builder()
                .distinctId(nothing)
                .sessionId(nothing)
                .deviceId(nothing)
                .currentUrl(nothing)
                .requestMethod(nothing)
                .requestPath(nothing)
                .userAgent(nothing)
                .ip(nothing)
                .build();

        assertThat(context.distinctId()).isNull();
        assertThat(context.sessionId()).isNull();
        assertThat(context.deviceId()).isNull();
        assertThat(context.properties()).isEmpty();
    }

    @Test
    void shouldKeepNullValuesAndLeaveOutNullNames() {
        Map<String, Object> odd = new HashMap<>();
        odd.put("known to be null", null);
        odd.put(null, "nameless");

        RequestContext context = RequestContext.builder()
                .property(null, 1)
                .properties(odd)
                .properties(null)
                .eventProperties("e", odd)
                .eventProperties(null, odd)
                .eventProperties("f", null)
                .personPropertiesForFlags(odd)
                .personPropertiesForFlags(null)
                .groupPropertiesForFlags("g", odd)
                .groupPropertiesForFlags(null, odd)
                .groupPropertiesForFlags("h", null)
                .build();

        Map<String, Object> kept = Collections.singletonMap("known to be null", null);
        assertThat(context.properties()).isEqualTo(kept);
        assertThat(context.eventProperties()).isEqualTo(Map.of("e", kept));
        assertThat(context.personPropertiesForFlags()).isEqualTo(kept);
        assertThat(context.groupPropertiesForFlags()).isEqualTo(Map.of("g", kept));
    }

    @Test
    void shouldNotSeeWhatHappensToMapsAndBuilderLater() {
        Map<String, Object> given = new HashMap<>(Map.of("a", 1));
        RequestContext.Builder builder = RequestContext.builder()
                .properties(given)
                .eventProperties("e", given)
                .personPropertiesForFlags(given)
                .groupPropertiesForFlags("g", given);
        RequestContext context = builder.build();

        given.put("a", 2);
        builder.property("a", 3)
                .eventProperties("e", Map.of("a", 3))
                .personPropertiesForFlags(Map.of("a", 3))
                .groupPropertiesForFlags("g", Map.of("a", 3));

        assertThat(context.properties()).containsExactly(entry("a", 1));
        assertThat(context.eventProperties().get("e")).containsExactly(entry("a", 1));
        assertThat(context.personPropertiesForFlags()).containsExactly(entry("a", 1));
        assertThat(context.groupPropertiesForFlags().get("g")).containsExactly(entry("a", 1));
    }

    @Test
    void shouldNotLetItsMapsBeChanged() {
        RequestContext context = whole();

        for (Map<String, ?> map : List.of(
                context.properties(),
                context.eventProperties(),
                context.eventProperties().get("e"),
                context.personPropertiesForFlags(),
                context.groupPropertiesForFlags(),
                context.groupPropertiesForFlags().get("g"))) {
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(map::clear);
        }
    }

    @Test
    void shouldInheritEverythingThatIsNotOverridden() {
        RequestContext over = RequestContext.EMPTY.over(whole());

        assertThat(over).usingRecursiveComparison().isEqualTo(whole());
        assertThat(whole().over(RequestContext.EMPTY))
                .usingRecursiveComparison()
                .isEqualTo(whole());
        assertThat(whole().over(null)).usingRecursiveComparison().isEqualTo(whole());
        assertThat(whole().toBuilder().build()).usingRecursiveComparison().isEqualTo(whole());
    }

    @Test
    void shouldOverrideNameByName() {
        RequestContext over = RequestContext.builder()
                .distinctId("inner")
                .sessionId("s2")
                .deviceId("d2")
                .properties(Map.of("b", 20, "c", 30))
                .eventProperties("e", Map.of("b", 20))
                .eventProperties("f", Map.of("b", 20))
                .personPropertiesForFlags(Map.of("b", 20))
                .groupPropertiesForFlags("g", Map.of("b", 20))
                .groupPropertiesForFlags("h", Map.of("b", 20))
                .build()
                .over(whole());

        assertThat(over.distinctId()).isEqualTo("inner");
        assertThat(over.sessionId()).isEqualTo("s2");
        assertThat(over.deviceId()).isEqualTo("d2");
        assertThat(over.properties()).isEqualTo(Map.of("a", 1, "b", 20, "c", 30));
        assertThat(over.eventProperties()).isEqualTo(Map.of("e", Map.of("a", 1, "b", 20), "f", Map.of("b", 20)));
        assertThat(over.personPropertiesForFlags()).isEqualTo(Map.of("a", 1, "b", 20));
        assertThat(over.groupPropertiesForFlags())
                .isEqualTo(Map.of("g", Map.of("a", 1, "b", 20), "h", Map.of("b", 20)));
    }

    @Test
    void shouldReplaceAnInheritedSessionPropertyByANewSession() {
        RequestContext outer = RequestContext.builder()
                .property("$session_id", "old")
                .property("a", 1)
                .eventProperties("e", Map.of("$session_id", "old", "a", 1))
                .build();

        RequestContext over = RequestContext.builder().sessionId("new").build().over(outer);

        assertThat(over.sessionId()).isEqualTo("new");
        assertThat(over.properties()).containsOnlyKeys("a");
        assertThat(over.eventProperties().get("e")).containsOnlyKeys("a");
        assertThat(outer.properties()).containsEntry("$session_id", "old");
    }

    @Test
    void shouldKeepASessionPropertyThatIsNotInherited() {
        RequestContext inner = RequestContext.builder()
                .property("$session_id", "said")
                .sessionId("new")
                .build();

        RequestContext over = inner.over(RequestContext.builder()
                .sessionId("old")
                .property("$session_id", "older")
                .build());

        assertThat(over.properties()).containsEntry("$session_id", "said");
    }

    @Test
    void shouldForgetWhatFlagsWereToKnow() {
        RequestContext.Builder builder = whole().toBuilder().groupPropertiesForFlags("h", Map.of("a", 1));

        assertThat(builder.resetPersonPropertiesForFlags().build().personPropertiesForFlags())
                .isEmpty();
        assertThat(builder.resetGroupPropertiesForFlags("g").build().groupPropertiesForFlags())
                .containsOnlyKeys("h");
        assertThat(builder.resetGroupPropertiesForFlags(null).build().groupPropertiesForFlags())
                .containsOnlyKeys("h");
        assertThat(builder.resetGroupPropertiesForFlags().build().groupPropertiesForFlags())
                .isEmpty();
        assertThat(builder.build().properties()).isNotEmpty();
    }

    @Test
    void shouldSayWhoButNoValues() {
        assertThat(whole()).hasToString("RequestContext{distinctId=user, sessionId=s1, properties=2}");
    }

    private static RequestContext whole() {
        Map<String, Object> some = new HashMap<>(Map.of("a", 1, "b", 2));
        return RequestContext.builder()
                .distinctId("user")
                .sessionId("s1")
                .deviceId("d1")
                .properties(some)
                .eventProperties("e", some)
                .personPropertiesForFlags(some)
                .groupPropertiesForFlags("g", some)
                .build();
    }

    @Test
    @SuppressWarnings({"rawtypes", "unchecked"})
    void shouldTakeNamesThatAreNoTextAsText() {
        Map raw = new LinkedHashMap();
        raw.put(7, "a");
        raw.put(UUID.fromString("0195514d-6f10-7c3a-9d2e-5b1f0a7c4e21"), "b");
        RequestContext context = RequestContext.builder()
                .properties(raw)
                .eventProperties("e", raw)
                .personPropertiesForFlags(raw)
                .groupPropertiesForFlags("g", raw)
                .build();

        Map<String, Object> text = Map.of("7", "a", "0195514d-6f10-7c3a-9d2e-5b1f0a7c4e21", "b");
        assertThat(context.properties()).isEqualTo(text);
        assertThat(context.eventProperties()).isEqualTo(Map.of("e", text));
        assertThat(context.personPropertiesForFlags()).isEqualTo(text);
        assertThat(context.groupPropertiesForFlags()).isEqualTo(Map.of("g", text));
    }

    @Test
    void shouldKeepWhatWasReadOfAMapThatThrows() {
        Map<String, Object> throwing = throwingAfter(entry("a", 1));
        RequestContext context = RequestContext.builder()
                .properties(throwing)
                .eventProperties("e", throwing)
                .personPropertiesForFlags(throwing)
                .groupPropertiesForFlags("g", throwing)
                .build();

        assertThat(context.properties()).containsExactly(entry("a", 1));
        assertThat(context.eventProperties()).isEqualTo(Map.of("e", Map.of("a", 1)));
        assertThat(context.personPropertiesForFlags()).containsExactly(entry("a", 1));
        assertThat(context.groupPropertiesForFlags()).isEqualTo(Map.of("g", Map.of("a", 1)));
    }

    @Test
    void shouldKnowNothingOfAnEventWhoseMapThrowsAtOnce() {
        RequestContext context = RequestContext.builder()
                .eventProperties("e", throwingAfter())
                .groupPropertiesForFlags("g", throwingAfter())
                .build();

        assertThat(context.eventProperties()).isEmpty();
        assertThat(context.groupPropertiesForFlags()).isEmpty();
    }

    @SafeVarargs
    private static Map<String, Object> throwingAfter(Map.Entry<String, Object>... entries) {
        return new AbstractMap<>() {
            @Override
            public Set<Entry<String, Object>> entrySet() {
                return new AbstractSet<>() {
                    @Override
                    public Iterator<Entry<String, Object>> iterator() {
                        return Stream.<Supplier<Entry<String, Object>>>concat(
                                        Stream.of(entries).map(known -> () -> known), Stream.of(() -> {
                                            throw SlyThrow.of(new IOException());
                                        }))
                                .map(Supplier::get)
                                .iterator();
                    }

                    @Override
                    public int size() {
                        throw SlyThrow.of(new IOException());
                    }
                };
            }
        };
    }

    @Test
    void shouldCutTextsThatAnybodyCanSend() {
        String longest = "x".repeat(4_096);
        for (String given : List.of(longest, longest + "x", longest + "\uD83D\uDE00")) {
            assertThat(texts(given).values()).hasSize(5).containsOnly(longest);
        }
    }

    @Test
    void shouldNotCutACharacterInTwo() {
        String most = "x".repeat(4_095);

        assertThat(texts(most + "\uD83D\uDE00").values()).hasSize(5).containsOnly(most);
        assertThat(texts(most + "\uD83Dy").values()).hasSize(5).containsOnly(most + "\uD83D");
    }

    private static Map<String, Object> texts(String text) {
        return RequestContext.builder()
                .currentUrl(text)
                .requestMethod(text)
                .requestPath(text)
                .userAgent(text)
                .ip(text)
                .build()
                .properties();
    }
}
