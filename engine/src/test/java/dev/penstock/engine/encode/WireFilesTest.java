package dev.penstock.engine.encode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureResult;
import dev.penstock.engine.capture.CaptureRig;
import dev.penstock.engine.capture.EventScratch;
import dev.penstock.engine.protocol.Attempt;
import dev.penstock.engine.protocol.PostHogV0;
import dev.penstock.engine.protocol.PostHogV1;
import dev.penstock.engine.protocol.Protocol;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whole events and bodies, byte for byte, against the files in {@code wire}. Ids, times and system properties are fixed
 * by the rig and by the scenario.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WireFilesTest {

    private static final UUID ID = UUID.fromString("0195514d-6f10-7c3a-9d2e-5b1f0a7c4e21");
    private static final Instant TIME = Instant.parse("2026-03-01T10:00:04.871Z");
    private static final long SENT_AT =
            Instant.parse("2026-03-01T10:00:05.120Z").toEpochMilli();

    private record Item(String sku, int amount) {}

    private enum Place {
        TOP
    }

    /** One file each, named like the scenario. */
    private enum Scenario {
        PLAIN_CAPTURE(e -> e.put("score", 1210).put("won", true).put("map", "Dust")),
        NO_PROPERTIES(e -> {}),
        VALUE_TYPES(e -> e.put("null", (String) null)
                .put("string", "text")
                .put("true", true)
                .put("false", false)
                .put("int", 42)
                .put("long", Long.MIN_VALUE)
                .put("double", 2.35)
                .put("whole double", 3.0)
                .put("large double", 1e300)
                .put("float", 0.1f)
                .put("nan", Double.NaN)
                .put("big integer", new BigInteger("123456789012345678901234567890"))
                .put("big decimal", new BigDecimal("12.50"))
                .put("char", 'c')
                .put("enum", Place.TOP)
                .put("uuid", new UUID(1, 2))
                .put("uri", URI.create("https://example.org/"))
                .put("locale", Locale.GERMANY)
                .put("instant", Instant.parse("2026-03-01T00:00:00Z"))
                .put("offset date", OffsetDateTime.parse("2026-03-01T01:00:00.25+01:00"))
                .put("date", LocalDate.of(2026, 3, 1))
                .put("time", LocalTime.of(1, 2))
                .put("date time", LocalDateTime.of(2026, 3, 1, 1, 2))
                .put("duration", Duration.ofMinutes(90))
                .put("optional", Optional.of("there"))
                .put("no optional", Optional.empty())
                .put("bytes", new byte[] {1, 2, 3})),
        UNICODE(e -> e.event("試合終了")
                .distinctId("プレイヤー-😀")
                .put("latin", "café")
                .put("kanji", "漢字")
                .put("emoji", "👩‍🚀")
                .put("lone", "a\ud800b")
                .put("鍵 \"quoted\"", "\\ \" / \b\f\n\r\t \u0000\u001f\u007f")),
        NESTED(e -> e.put("items", List.of(new Item("sword-3", 1), new Item("potion", 12)))
                .put("matrix", new int[][] {{1, 2}, {}, {3}})
                .put("holes", Arrays.asList(1, null, Double.NaN, "x"))
                .put("tree", ordered("left", ordered("leaf", 1), "right", ordered()))),
        PERSONLESS(e -> e.distinctId(null).put("page", "/pricing")),
        GROUPS(e -> e.put("$groups", Map.of("company", "ignored"))
                .group("company", "northwind")
                .put("plan", "team")
                .group("guild", "g-12")),
        PERSON_PROPERTIES(e -> e.event("bid won")
                .put("price_micros", 4200)
                .put("$set", ordered("last_country", "SE"))
                .put("$set_once", ordered("first_seen_build", 118))),
        OVERRIDES(e -> e.put("$lib", "mine")
                .put("$lib_version", "0")
                .put("$is_server", false)
                .put("$os", "TempleOS")
                .put("twice", 1)
                .put("twice", 2)),
        GEO_IP_ALLOWED(e -> e.put("$geoip_disable", false).put("$ip", "203.0.113.9")),
        TIMESTAMP_WITH_NANOSECONDS(e ->
                e.timestamp(Instant.parse("2025-03-09T21:00:00.000000120Z")).put("a", 1)),
        TIMESTAMP_PROPERTY(e -> e.timestamp(null)
                .put("$timestamp", "2025-03-09T14:00:00-07:00")
                .put("looks_like_a_date", "2025-03-09T14:00:00-07:00"));

        @SuppressWarnings("ImmutableEnumChecker") // the lambdas keep nothing
        private final Consumer<EventScratch> filling;

        Scenario(Consumer<EventScratch> filling) {
            this.filling = filling;
        }

        String file() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-') + ".json";
        }
    }

    private static Map<String, Object> ordered(Object... entries) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            map.put((String) entries[i], entries[i + 1]);
        }
        return map;
    }

    private static String file(String name) throws IOException {
        try (InputStream in = WireFilesTest.class.getResourceAsStream("/wire/" + name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), UTF_8).stripTrailing();
        }
    }

    private static EventScratch begin(CaptureRig rig) {
        return rig.event()
                .event("match finished")
                .distinctId("player-77")
                .uuid(ID)
                .timestamp(TIME);
    }

    private static String event(Scenario scenario) {
        return CaptureRig.create().json(e -> {
            e.event("match finished").distinctId("player-77").uuid(ID);
            if (scenario != Scenario.TIMESTAMP_PROPERTY) {
                e.timestamp(TIME);
            }
            scenario.filling.accept(e);
        });
    }

    @ParameterizedTest
    @EnumSource
    void shouldWriteTheEventOfTheFile(Scenario scenario) throws IOException {
        // The id of a personless event is random.
        String json = event(scenario).replaceFirst("\"distinct_id\":\"[-0-9a-f]{36}\"", "\"distinct_id\":\"RANDOM\"");

        CaptureRig.parse(json);
        assertThat(json).isEqualTo(file(scenario.file()));
    }

    private static String body(Protocol protocol) {
        CaptureRig rig = CaptureRig.create();
        List<String> events = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            assertThat(begin(rig)
                            .uuid(0x0195514d6f107000L, 0x8000000000000000L + i)
                            .put("n", i)
                            .send())
                    .isEqualTo(CaptureResult.ACCEPTED);
            events.addAll(rig.drain());
        }
        return new String(protocol.head(Attempt.first(ID, SENT_AT)), UTF_8)
                + String.join(",", events)
                + new String(protocol.tail(), UTF_8);
    }

    @Test
    void shouldWriteTheBodyOfTheFile() throws IOException {
        String body = body(new PostHogV0("phc_demo", false, true));

        CaptureRig.parse(body);
        assertThat(body).isEqualTo(file("body.json"));
    }

    @Test
    void shouldWriteTheHistoricalBodyOfTheFile() throws IOException {
        String body = body(new PostHogV0("phc_demo", true, true));

        CaptureRig.parse(body);
        assertThat(body).isEqualTo(file("body-historical.json"));
    }

    private static String v1Events() {
        CaptureRig rig = CaptureRig.shaped(EventShape.OPTIONS, Map.of("$is_server", true));
        List<String> events = new ArrayList<>();
        begin(rig)
                .put("n", 0)
                .put("$session_id", "s-20260211-44")
                .put("$process_person_profile", false)
                .put("$set_once", ordered("first_export", "2026-02-11"))
                .send();
        events.addAll(rig.drain());
        begin(rig).uuid(0x0195514d6f107000L, 0x8000000000000001L).put("n", 1).send();
        events.addAll(rig.drain());
        return String.join(",", events);
    }

    /** The third try of a batch: the body is that of the first, the headers are not. */
    @Test
    void shouldWriteTheV1RequestOfTheFiles() throws IOException {
        Protocol v1 = new PostHogV1("phc_demo", "penstock/1.2.3", false, true);
        Attempt third = Attempt.first(ID, SENT_AT).next(SENT_AT + 500).next(SENT_AT + 1_500);
        String body = new String(v1.head(third), UTF_8) + v1Events() + new String(v1.tail(), UTF_8);
        String headers = v1.headers(third).entrySet().stream()
                .map(header -> header.getKey() + ": " + header.getValue())
                .collect(Collectors.joining("\n"));

        CaptureRig.parse(body);
        assertThat(body).isEqualTo(file("body-v1.json"));
        assertThat(headers).isEqualTo(file("headers-v1.txt"));
    }

    @Test
    void shouldWriteTheHistoricalV1EnvelopeOfTheFile() throws IOException {
        Protocol v1 = new PostHogV1("phc_demo", "penstock/1.2.3", true, true);
        String body =
                new String(v1.head(Attempt.first(ID, SENT_AT)), UTF_8) + v1Events() + new String(v1.tail(), UTF_8);

        assertThat(body).isEqualTo(file("body-v1-historical.json"));
    }
}
