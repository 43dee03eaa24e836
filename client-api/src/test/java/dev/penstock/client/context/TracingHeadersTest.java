package dev.penstock.client.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.penstock.client.SlyThrow;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TracingHeadersTest {

    private static final String PAIR = "\uD83D\uDE00";

    static Stream<Arguments> values() {
        return Stream.of(
                arguments("user-123", "user-123"),
                arguments("  user 123\t", "user 123"),
                arguments("\u2003user\u2003", "user"), // an em space
                arguments("us\u0000er\u001F-\u007F1\u0080\u009F2", "user-12"),
                arguments("\r\n user\u0085", "user"),
                arguments(" \u0001 user \u0001 ", "user"),
                arguments("us\ter", "user"),
                arguments("user\u00A1", "user\u00A1"), // the first after C1
                arguments("~user", "~user"), // the last before DEL
                arguments("\uD83Duser", "\uD83Duser"), // a lone surrogate is not ours to judge
                arguments(null, null),
                arguments("", null),
                arguments(" \t\r\n\u0000\u007F\u0090 ", null),
                arguments("x".repeat(999), "x".repeat(999)),
                arguments("x".repeat(1_000), "x".repeat(1_000)),
                arguments("x".repeat(1_001), "x".repeat(1_000)),
                arguments("x".repeat(1_000) + "\u0000 ", "x".repeat(1_000)),
                arguments("\u0000".repeat(500) + "x".repeat(1_001), "x".repeat(1_000)),
                arguments("x".repeat(998) + " y" + "z", "x".repeat(998) + " y"),
                arguments("x".repeat(999) + " yz", "x".repeat(999)),
                arguments("x".repeat(998) + PAIR, "x".repeat(998) + PAIR),
                arguments("x".repeat(999) + PAIR, "x".repeat(999)),
                arguments("x".repeat(998) + PAIR + "y", "x".repeat(998) + PAIR),
                arguments("x".repeat(999) + "\uD83D", "x".repeat(999) + "\uD83D"),
                arguments("x".repeat(100_000), "x".repeat(1_000)),
                arguments("\u0000".repeat(15_999) + "x", "x"),
                arguments("\u0000".repeat(15_999) + PAIR, null),
                arguments("\u0000".repeat(100_000) + "x", null));
    }

    @ParameterizedTest
    @MethodSource("values")
    void shouldCleanValues(String sent, String kept) {
        RequestContext context = TracingHeaders.fromGetter(name -> sent).build();

        assertThat(context.distinctId()).isEqualTo(kept);
        assertThat(context.sessionId()).isEqualTo(kept);
        assertThat(context.properties()).isEmpty();
    }

    @Test
    void shouldAskTheGetterForBothNames() {
        Map<String, String> headers = Map.of("X-POSTHOG-DISTINCT-ID", "user", "X-POSTHOG-SESSION-ID", "session");

        RequestContext context = TracingHeaders.fromGetter(headers::get).build();

        assertThat(context.distinctId()).isEqualTo("user");
        assertThat(context.sessionId()).isEqualTo("session");
    }

    @Test
    void shouldTakeAHeaderThatThrowsForMissingAndStillReadTheOther() {
        RequestContext context = TracingHeaders.fromGetter(name -> {
                    if (name.equals(TracingHeaders.DISTINCT_ID)) {
                        throw new IllegalStateException("the request is over");
                    }
                    return "session";
                })
                .build();

        assertThat(context.distinctId()).isNull();
        assertThat(context.sessionId()).isEqualTo("session");
    }

    @Test
    void shouldTakeAnythingThatIsNoSourceOfHeadersForNone() {
        assertThat(TracingHeaders.fromGetter(null).build().distinctId()).isNull();
        assertThat(TracingHeaders.fromMap(null).build().distinctId()).isNull();
        assertThat(TracingHeaders.fromMultiMap(null).build().distinctId()).isNull();
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldFindNamesInAnyLetterCase(String distinctId, String sessionId) {
        Map<String, String> headers = new HashMap<>(Map.of("Accept", "text/html", "X-POSTHOG-DISTINCT", "wrong"));
        headers.put(null, "HTTP/1.1 200"); // as URLConnection has it
        headers.put(distinctId, " user ");
        headers.put(sessionId, "session");
        Map<String, List<String>> lists = new HashMap<>();
        headers.forEach((name, value) -> lists.put(name, List.of(value)));

        for (RequestContext.Builder read :
                List.of(TracingHeaders.fromMap(headers), TracingHeaders.fromMultiMap(lists))) {
            assertThat(read.build().distinctId()).isEqualTo("user");
            assertThat(read.build().sessionId()).isEqualTo("session");
        }
    }

    static Stream<Arguments> names() {
        return Stream.of(
                arguments("X-POSTHOG-DISTINCT-ID", "X-POSTHOG-SESSION-ID"),
                arguments("x-posthog-distinct-id", "x-posthog-session-id"),
                arguments("X-Posthog-Distinct-Id", "X-PostHog-Session-Id"));
    }

    @Test
    void shouldTakeTheFirstUsableOfManyValues() {
        Map<String, List<String>> headers =
                Map.of(TracingHeaders.DISTINCT_ID, Arrays.asList(null, " ", "\u0000", "first", "second"));

        assertThat(TracingHeaders.fromMultiMap(headers).build().distinctId()).isEqualTo("first");
    }

    @Test
    void shouldPassOverANameThatHasNoUsableValue() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("x-posthog-session-id", " ");
        headers.put("X-PostHog-Session-Id", "session");

        assertThat(TracingHeaders.fromMap(headers).build().sessionId()).isEqualTo("session");
    }

    @Test
    void shouldLookAtSixteenValuesAndNoMore() {
        List<String> blanks = Collections.nCopies(15, " ");
        Map<String, List<String>> sixteenth = Map.of(TracingHeaders.SESSION_ID, with(blanks, "session"));
        Map<String, List<String>> seventeenth = Map.of(TracingHeaders.SESSION_ID, with(with(blanks, " "), "session"));

        assertThat(TracingHeaders.fromMultiMap(sixteenth).build().sessionId()).isEqualTo("session");
        assertThat(TracingHeaders.fromMultiMap(seventeenth).build().sessionId()).isNull();
    }

    private static List<String> with(List<String> values, String last) {
        return Stream.concat(values.stream(), Stream.of(last)).toList();
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void shouldPassOverValuesThatAreNoText() {
        Map<String, List<String>> headers = (Map) Map.of(TracingHeaders.DISTINCT_ID, List.of(7, "user"));

        assertThat(TracingHeaders.fromMultiMap(headers).build().distinctId()).isEqualTo("user");
    }

    @Test
    void shouldTakeAHeaderThatThrowsACheckedExceptionForNotSent() {
        RequestContext context = TracingHeaders.fromGetter(name -> {
                    throw SlyThrow.of(new IOException());
                })
                .build();

        assertThat(context.distinctId()).isNull();
        assertThat(context.sessionId()).isNull();
    }
}
