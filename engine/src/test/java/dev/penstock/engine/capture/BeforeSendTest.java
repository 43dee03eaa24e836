package dev.penstock.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.client.BeforeSend;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.OutgoingEvent;
import dev.penstock.client.context.ContextScope;
import dev.penstock.client.context.RequestContext;
import dev.penstock.client.flags.FlagValue;
import dev.penstock.client.testing.EventRecorder;
import dev.penstock.engine.record.TestSeed;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.FixedFlags;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What hooks see, may do, and cannot do any harm with. */
@Timeout(60)
@SuppressWarnings("try") // scopes are only closed
class BeforeSendTest {

    private static final UUID ID = UUID.fromString("0195514d-6f10-7c3a-9d2e-5b1f0a7c4e21");

    /** A hook that hands every event on. */
    private static final BeforeSend SAME = event -> event;

    /** Numbers are equal if they have the same value, whatever their notation. */
    private static final Comparator<JsonNode> BY_VALUE =
            (a, b) -> a.isNumber() && b.isNumber() ? a.decimalValue().compareTo(b.decimalValue()) : a.equals(b) ? 0 : 1;

    private static BeforeSend changing(Consumer<OutgoingEvent> change) {
        return event -> {
            change.accept(event);
            return event;
        };
    }

    /** The event as a rig with this hook writes it. */
    private static JsonNode tree(BeforeSend hook, Consumer<EventScratch> filling) {
        return CaptureRig.hooked(null, hook).tree(filling);
    }

    private static JsonNode properties(BeforeSend hook, Consumer<EventScratch> filling) {
        return tree(hook, filling).get("properties");
    }

    private static void assertNothingWasSent(CaptureRig rig, CaptureResult expected) {
        assertThat(rig.counters().count(expected)).isEqualTo(1);
        assertThat(rig.counters().count(CaptureResult.ACCEPTED)).isZero();
        assertThat(rig.drain()).isEmpty();
    }

    @Test
    void shouldShowTheWholeEvent() {
        AtomicReference<OutgoingEvent> seen = new AtomicReference<>();
        CaptureRig rig = CaptureRig.hooked(null, changing(seen::set));
        rig.superProperties().register(Map.of("from super", 1));
        Instant time = Instant.parse("2025-03-09T21:00:00.000000001Z");
        try (ContextScope scope = rig.contexts()
                .enter(RequestContext.builder()
                        .sessionId("s-1")
                        .property("from context", 2)
                        .build())) {
            rig.json(e -> e.event("bid won")
                    .distinctId("player-77")
                    .uuid(ID)
                    .timestamp(time)
                    .flags(FixedFlags.of("beta", FlagValue.variant("v")))
                    .put("own", 3)
                    .setPerson("email", "p77@example.org")
                    .group("guild", "g-12"));
        }
        OutgoingEvent event = seen.get();
        Map<String, Object> expected = new LinkedHashMap<>(CaptureRig.allSystemProperties());
        expected.put("from super", 1L);
        expected.put("$session_id", "s-1");
        expected.put("from context", 2L);
        expected.put("$feature/beta", "v");
        expected.put("$active_feature_flags", List.of("beta"));
        expected.put("own", 3L);
        expected.put("$set", Map.of("email", "p77@example.org"));
        expected.put("$groups", Map.of("guild", "g-12"));

        assertThat(event.name()).isEqualTo("bid won");
        assertThat(event.distinctId()).isEqualTo("player-77");
        assertThat(event.uuid()).isEqualTo(ID);
        assertThat(event.timestamp()).isEqualTo(time);
        assertThat(event.properties()).isEqualTo(expected);
    }

    @Test
    void shouldShowAPersonlessEventWithItsIdAndSwitch() {
        AtomicReference<OutgoingEvent> seen = new AtomicReference<>();
        JsonNode event = tree(changing(seen::set), e -> e.distinctId(null));

        assertThat(event.get("distinct_id").textValue())
                .hasSize(36)
                .isEqualTo(seen.get().distinctId());
        assertThat(seen.get().properties()).containsEntry("$process_person_profile", false);
        assertThat(event.get("properties").get("$process_person_profile").booleanValue())
                .isFalse();
    }

    @Test
    void shouldSendTheSameEventAsWithoutHooks() {
        Consumer<EventScratch> filling = e -> e.uuid(ID)
                .put("a", 1)
                .put("text", "漢字 \u0001 \"q\" a\ud800b")
                .put("list", Arrays.asList(1, null, Map.of("deep", List.of())))
                .put("$geoip_disable", false)
                .put("$session_id", "s")
                .setPerson("n", Double.NaN)
                .unsetPerson("u")
                .disableGeoIp(true);

        assertThat(tree(SAME, filling)).isEqualTo(CaptureRig.create().tree(filling));
    }

    @Test
    void shouldSendWhatTheHookHasChanged() {
        Instant time = Instant.parse("2020-01-02T03:04:05.000000006Z");
        JsonNode event = tree(
                changing(e -> {
                    e.setName("renamed");
                    e.setDistinctId("somebody else");
                    e.setUuid(ID);
                    e.setTimestamp(time);
                    e.properties().remove("secret");
                    e.properties().remove("$os");
                    e.properties().put("added", List.of(1, "x"));
                    e.properties().put("changed", "漢");
                }),
                e -> e.put("secret", 1).put("changed", 1).put("kept", 1));

        assertThat(event.get("event").textValue()).isEqualTo("renamed");
        assertThat(event.get("distinct_id").textValue()).isEqualTo("somebody else");
        assertThat(event.get("uuid").textValue()).isEqualTo(ID.toString());
        assertThat(event.get("timestamp").textValue()).isEqualTo(time.toString());
        JsonNode properties = event.get("properties");
        assertThat(properties.has("secret")).isFalse();
        assertThat(properties.has("$os")).isFalse();
        assertThat(properties.get("added")).isEqualTo(CaptureRig.parse("[1,\"x\"]"));
        assertThat(properties.get("changed").textValue()).isEqualTo("漢");
        assertThat(properties.get("kept").intValue()).isEqualTo(1);
    }

    @Test
    void shouldSendAnotherEventThatTheHookReturns() {
        JsonNode event = tree(
                e -> new OutgoingEvent("other", "o-1", ID, Instant.EPOCH, Map.of("only", true)),
                e -> e.put("original", 1).setPerson("a", 1).group("g", "k").flags(FixedFlags.of("f", FlagValue.TRUE)));

        assertThat(event)
                .isEqualTo(CaptureRig.parse("{\"event\":\"other\",\"distinct_id\":\"o-1\",\"uuid\":\"" + ID
                        + "\",\"timestamp\":\"1970-01-01T00:00:00Z\",\"properties\":{\"$lib\":\"penstock-java\","
                        + "\"$lib_version\":\"1.2.3\",\"only\":true}}"));
    }

    @Test
    void shouldAddItsIdentityAgainAndNothingElse() {
        JsonNode properties = properties(
                changing(e -> e.properties().clear()), e -> e.distinctId(null).put("a", 1));

        assertThat(properties).isEqualTo(CaptureRig.parse("{\"$lib\":\"penstock-java\",\"$lib_version\":\"1.2.3\"}"));
        assertThat(properties(changing(e -> e.properties().put("$lib", "mine")), e -> {})
                        .get("$lib")
                        .textValue())
                .isEqualTo("penstock-java");
    }

    @Test
    void shouldLetAHookSetPropertiesThatACallerMayNot() {
        CaptureRig rig = CaptureRig.hooked(null, changing(e -> e.properties().put("reserved", "hook")));
        JsonNode properties = rig.properties(
                e -> e.put("reserved", "client").reserve("reserved"::equals).put("reserved", "caller"));

        assertThat(properties.get("reserved").textValue()).isEqualTo("hook");
    }

    @Test
    void shouldDropTheEventOfAHookThatReturnsNothing() {
        CaptureRig rig = CaptureRig.hooked(null, e -> null);

        assertThat(rig.event().send()).isEqualTo(CaptureResult.FILTERED);
        assertNothingWasSent(rig, CaptureResult.FILTERED);
        rig.warnings();
        assertThat(rig.logger().lines()).noneMatch(line -> line.level().compareTo(System.Logger.Level.INFO) >= 0);
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                new IllegalStateException("secret"),
                new StackOverflowError("secret"),
                new AssertionError("secret"),
                new NoClassDefFoundError("secret"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void shouldDropTheEventOfAHookThatThrowsAndRunNoLaterHook(Throwable failure) {
        AtomicInteger later = new AtomicInteger();
        CaptureRig rig = CaptureRig.hooked(
                null,
                changing(e -> e.properties().put("half", "changed")),
                e -> {
                    if (failure instanceof Error error) {
                        throw error;
                    }
                    throw (RuntimeException) failure;
                },
                changing(e -> later.incrementAndGet()));

        assertThat(rig.event().put("a", "secret").send()).isEqualTo(CaptureResult.FILTERED);
        assertNothingWasSent(rig, CaptureResult.FILTERED);
        assertThat(later).hasValue(0);
        assertThat(rig.warnings())
                .singleElement()
                .asString()
                .contains(failure.getClass().getName())
                .doesNotContain("secret");
    }

    @Test
    void shouldGoOnAfterAHookHasThrown() {
        AtomicInteger calls = new AtomicInteger();
        CaptureRig rig = CaptureRig.hooked(null, changing(e -> {
            if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("the first time");
            }
        }));

        assertThat(rig.event().send()).isEqualTo(CaptureResult.FILTERED);
        assertThat(rig.event().send()).isEqualTo(CaptureResult.ACCEPTED);
    }

    @Test
    void shouldRunHooksInOrderEachOnTheResultOfTheOneBefore() {
        CaptureRig rig = CaptureRig.hooked(
                null,
                changing(e -> e.setName(e.name() + "1")),
                e -> new OutgoingEvent(e.name() + "2", e.distinctId(), e.uuid(), e.timestamp(), e.properties()),
                changing(e -> e.setName(e.name() + "3")));

        assertThat(rig.tree(e -> e.event("e")).get("event").textValue()).isEqualTo("e123");
    }

    @Test
    void shouldStopTheChainAtTheFirstHookThatDrops() {
        List<String> ran = new ArrayList<>();
        CaptureRig rig = CaptureRig.hooked(
                null,
                changing(e -> ran.add("first")),
                e -> {
                    ran.add("second");
                    return null;
                },
                changing(e -> ran.add("third")));

        assertThat(rig.event().send()).isEqualTo(CaptureResult.FILTERED);
        assertThat(ran).containsExactly("first", "second");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\t\n"})
    void shouldDropAnEventThatTheHookLeavesIncomplete(String blank) {
        for (BeforeSend hook : List.of(changing(e -> e.setName(blank)), changing(e -> e.setDistinctId(blank)))) {
            CaptureRig rig = CaptureRig.hooked(null, hook);

            assertThat(rig.event().send()).isEqualTo(CaptureResult.FILTERED);
            assertNothingWasSent(rig, CaptureResult.FILTERED);
            assertThat(rig.warnings()).singleElement().asString().contains("before-send");
        }
    }

    @Test
    void shouldLetALaterHookCompleteTheEvent() {
        CaptureRig rig = CaptureRig.hooked(null, changing(e -> e.setName(null)), changing(e -> e.setName("completed")));

        assertThat(rig.tree(e -> {}).get("event").textValue()).isEqualTo("completed");
    }

    @Test
    void shouldGiveANewIdAndTheTimeOfTheClockWhereTheHookHasTakenThemAway() {
        JsonNode event = tree(
                changing(e -> {
                    e.setUuid(null);
                    e.setTimestamp(null);
                }),
                e -> e.uuid(ID).timestamp(Instant.EPOCH).put("$timestamp", "2025-03-09T21:00:00Z"));

        assertThat(event.get("timestamp").textValue()).isEqualTo(CaptureRig.NOW.toString());
        assertThat(event.get("uuid").textValue()).hasSize(36).isNotEqualTo(ID.toString());
    }

    @Test
    void shouldKeepTheTimeThatAPropertyHasGiven() {
        assertThat(tree(SAME, e -> e.put("$timestamp", "2025-03-09T21:00:00.5Z"))
                        .get("timestamp")
                        .textValue())
                .isEqualTo("2025-03-09T21:00:00.5Z");
    }

    @Test
    void shouldGiveTheTimeOfTheClockForOneThatCannotBeWritten() {
        CaptureRig rig = CaptureRig.hooked(null, changing(e -> e.setTimestamp(Instant.MAX)));

        assertThat(rig.tree(e -> {}).get("timestamp").textValue()).isEqualTo(CaptureRig.NOW.toString());
        assertThat(rig.counters().valuesReplaced()).isEqualTo(1);
    }

    @Test
    void shouldNotSeeWhatHappensToAnEventAfterTheHook() {
        List<OutgoingEvent> kept = new ArrayList<>();
        CaptureRig rig = CaptureRig.hooked(null, changing(kept::add));
        List<String> shared = new ArrayList<>(List.of("before"));
        assertThat(rig.event().put("list", shared).send()).isEqualTo(CaptureResult.ACCEPTED);
        kept.get(0).setName("changed later");
        kept.get(0).properties().put("later", 1);
        ((List<?>) kept.get(0).properties().get("list")).clear();
        shared.add("later");
        JsonNode event = CaptureRig.parse(rig.drain().get(0));

        assertThat(event.get("event").textValue()).isEqualTo("rig event");
        assertThat(event.get("properties").has("later")).isFalse();
        assertThat(event.get("properties").get("list")).isEqualTo(CaptureRig.parse("[\"before\"]"));
        assertThat(shared).containsExactly("before", "later");
    }

    @Test
    void shouldHandOutMapsAndListsThatMayBeChanged() {
        JsonNode properties = properties(
                changing(e -> {
                    nested(e.properties(), "map").put("added", 1);
                    nested(e.properties(), "$set").remove("email");
                    @SuppressWarnings("unchecked")
                    List<Object> list = (List<Object>) e.properties().get("list");
                    list.add(nested(e.properties(), "map"));
                }),
                e -> e.put("map", Map.of()).put("list", List.of()).setPerson(Map.of("email", "x", "level", 1)));

        assertThat(properties.get("map")).isEqualTo(CaptureRig.parse("{\"added\":1}"));
        assertThat(properties.get("list")).isEqualTo(CaptureRig.parse("[{\"added\":1}]"));
        assertThat(properties.get("$set")).isEqualTo(CaptureRig.parse("{\"level\":1}"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> nested(Map<String, Object> properties, String name) {
        return (Map<String, Object>) properties.get(name);
    }

    @Test
    void shouldTreatWhatAHookAddsLikeACallersProperties() {
        Map<String, Object> self = new LinkedHashMap<>();
        self.put("self", self);
        CaptureRig rig = CaptureRig.hooked(null, changing(e -> {
            e.properties().put(null, "dropped");
            e.properties().put("nan", Double.NaN);
            e.properties().put("cycle", self);
            e.properties().put("throwing", (Iterable<Object>) () -> {
                throw new IllegalStateException("of an iterable");
            });
            e.properties().put("$timestamp", Instant.EPOCH);
        }));
        JsonNode event = rig.tree(e -> {});

        assertThat(event.get("properties").get("nan").isNull()).isTrue();
        assertThat(event.get("properties").get("cycle")).isEqualTo(CaptureRig.parse("{\"self\":null}"));
        assertThat(event.get("properties").get("$timestamp").textValue()).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(event.get("timestamp").textValue()).isEqualTo(CaptureRig.NOW.toString());
        assertThat(rig.counters().valuesReplaced()).isGreaterThanOrEqualTo(4);
    }

    @Test
    void shouldAnswerTooLargeWhenTheHookHasMadeItSo() {
        CaptureRig rig = CaptureRig.hooked(
                null, changing(e -> e.properties().put("secret", "secret".repeat(2 * 1024 * 1024 / 6))));

        assertThat(rig.event().send()).isEqualTo(CaptureResult.TOO_LARGE);
        assertNothingWasSent(rig, CaptureResult.TOO_LARGE);
        assertThat(rig.warnings())
                .singleElement()
                .asString()
                .contains("rig event", "over the limit")
                .doesNotContain("secret");
    }

    static Stream<Object> numbers() {
        return Stream.of(
                0L,
                -1L,
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                1L << 53,
                (1L << 53) + 1,
                BigInteger.TWO.pow(63),
                BigInteger.TWO.pow(63).negate().subtract(BigInteger.ONE),
                BigInteger.TWO.pow(70),
                BigInteger.TEN.pow(300).add(BigInteger.ONE),
                0.1,
                0.1f,
                1.0 / 3,
                1e308,
                -1e308,
                Double.MAX_VALUE,
                Double.MIN_VALUE,
                Double.MIN_NORMAL,
                3.0,
                1e21,
                Float.MAX_VALUE,
                Float.MIN_VALUE,
                new BigDecimal("0.123456789012345678901234567890"),
                new BigDecimal("123456789012345678901234567890.5"),
                new BigDecimal("1e400"),
                new BigDecimal("1e-400"),
                new BigDecimal("-0.1"));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void shouldKeepEveryDigitOfANumber(Object number) {
        JsonNode plain = CaptureRig.create().properties(e -> e.put("n", number)).get("n");
        JsonNode hooked = properties(SAME, e -> e.put("n", number)).get("n");

        assertThat(hooked.decimalValue()).isEqualByComparingTo(plain.decimalValue());
        assertThat(hooked.isIntegralNumber()).isEqualTo(plain.isIntegralNumber());
    }

    @Test
    void shouldShowNumbersAsTheSmallestTypeThatHoldsThem() {
        AtomicReference<OutgoingEvent> seen = new AtomicReference<>();
        BigDecimal precise = new BigDecimal("0.123456789012345678901234567890");
        tree(
                changing(seen::set),
                e -> e.put("int", 7)
                        .put("long", Long.MIN_VALUE)
                        .put("big", BigInteger.TWO.pow(70))
                        .put("double", 0.1)
                        .put("decimal", precise));

        assertThat(seen.get().properties())
                .containsEntry("int", 7L)
                .containsEntry("long", Long.MIN_VALUE)
                .containsEntry("big", BigInteger.TWO.pow(70))
                .containsEntry("double", 0.1)
                .containsEntry("decimal", precise);
    }

    @Test
    void shouldShowEveryDoubleAsADouble() {
        AtomicReference<OutgoingEvent> seen = new AtomicReference<>();
        BeforeSend hook = changing(seen::set);
        // The platform's own text of some of these has a digit more than it needs.
        for (String text :
                List.of("2.480879475049389E18", "2.0E-3", "2.2E-322", "1.0E23", "4.8726570057E288", "9.2E18")) {
            double number = Double.parseDouble(text);
            tree(hook, e -> e.put("n", number));

            assertThat(seen.get().properties()).containsEntry("n", number);
        }
    }

    @Test
    void shouldKeepTheOrderOfPropertiesAndOfNestedNames() {
        AtomicReference<OutgoingEvent> seen = new AtomicReference<>();
        Map<String, Object> nested = new LinkedHashMap<>();
        List<String> names = new ArrayList<>();
        for (int i = 40; i > 0; i--) {
            names.add("n" + i * 7919 % 100);
            nested.put("n" + i * 7919 % 100, i);
        }
        JsonNode properties =
                properties(changing(seen::set), e -> e.putAll(nested).put("nested", nested));

        assertThat(properties.fieldNames()).toIterable().containsSubsequence(names);
        assertThat(properties.get("nested").fieldNames()).toIterable().containsExactlyElementsOf(nested.keySet());
        assertThat(seen.get().properties().keySet()).containsSubsequence(names);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 49_999, 50_000, 50_001, 140_000})
    void shouldShowAndSendNamesAndTextOfAnyLength(int length) {
        AtomicReference<OutgoingEvent> seen = new AtomicReference<>();
        String filler = "x".repeat(length);
        Consumer<EventScratch> filling = e -> e.uuid(ID)
                .event("e" + filler)
                .distinctId("d" + filler)
                .put("k" + filler, "v" + filler)
                .put("nested", Map.of("k" + filler, List.of("v" + filler)));

        assertThat(CaptureRig.hooked(null, changing(seen::set)).json(filling))
                .isEqualTo(CaptureRig.create().json(filling));
        assertThat(seen.get().properties()).containsEntry("k" + filler, "v" + filler);
    }

    @Test
    void shouldShowAndSendTheDeepestNestingThereIs() {
        Object nested = "innermost";
        for (int i = 0; i < 40; i++) {
            nested = i % 2 == 0 ? List.of(nested) : Map.of("n", nested);
        }
        Object value = nested;

        assertThat(properties(SAME, e -> e.put("n", value)))
                .isEqualTo(CaptureRig.create().properties(e -> e.put("n", value)));
    }

    @Test
    void shouldShowAndSendManyNamesThatAHashTableWouldPutInOnePlace() {
        Map<String, Object> colliding = new LinkedHashMap<>();
        for (int i = 0; i < 4_096; i++) {
            StringBuilder name = new StringBuilder();
            for (int bit = 0; bit < 12; bit++) {
                name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            colliding.put(name.toString(), i);
        }
        assertThat(colliding.keySet().stream()
                        .mapToInt(String::hashCode)
                        .distinct()
                        .count())
                .isEqualTo(1);

        assertThat(properties(SAME, e -> e.putAll(colliding)))
                .isEqualTo(CaptureRig.create().properties(e -> e.putAll(colliding)));
    }

    @Test
    void shouldShowTheSuperPropertiesToAHookThatMayDropThem() {
        CaptureRig rig = CaptureRig.hooked(null, changing(e -> e.properties().remove("plan")));
        rig.superProperties().register(Map.of("plan", "pro", "kept", 1));
        JsonNode properties = rig.properties(e -> {});

        assertThat(properties.has("plan")).isFalse();
        assertThat(properties.get("kept").intValue()).isEqualTo(1);
    }

    @Test
    void shouldNotRunHooksForEventsThatAreRefusedAnyway() {
        AtomicInteger calls = new AtomicInteger();
        CaptureRig rig = CaptureRig.hooked(null, changing(e -> calls.incrementAndGet()));
        rig.event().event(null).send();
        rig.event().put("text", "x".repeat(1 << 20)).send();
        rig.gate().setEnabled(false);
        rig.event().send();
        rig.gate().setEnabled(true);
        rig.gate().close();
        rig.event().send();

        assertThat(calls).hasValue(0);
    }

    @Test
    void shouldDropWhatAHookCapturesAndSendTheHooksOwnEvent() {
        AtomicReference<CaptureRig> rig = new AtomicReference<>();
        List<CaptureResult> inner = new ArrayList<>();
        rig.set(CaptureRig.hooked(null, changing(e -> {
            inner.add(rig.get().event().event("inner").send());
            e.properties().put("seen", true);
        })));
        JsonNode event = rig.get().tree(e -> e.put("a", 1));

        assertThat(inner).containsExactly(CaptureResult.FILTERED);
        assertThat(event.get("event").textValue()).isEqualTo("rig event");
        assertThat(event.get("properties").get("a").intValue()).isEqualTo(1);
        assertThat(event.get("properties").get("seen").booleanValue()).isTrue();
        assertThat(rig.get().warnings()).singleElement().asString().contains("captured by a before-send hook");
        assertThat(rig.get().tree(e -> {}).get("event").textValue()).isEqualTo("rig event");
    }

    @Test
    void shouldLetAHookOfOneClientCaptureOnAnother() {
        CaptureRig other = CaptureRig.hooked(null, SAME);
        CaptureRig rig = CaptureRig.hooked(
                null, changing(e -> other.event().event("copy").send()));
        rig.json(e -> {});

        assertThat(CaptureRig.parse(other.drain().get(0)).get("event").textValue())
                .isEqualTo("copy");
    }

    @Test
    void shouldDelayNobodyButItsOwnCaller() throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        CaptureRig rig = CaptureRig.hooked(null, changing(e -> {
            if (e.name().equals("slow")) {
                entered.countDown();
                Await.latch(leave, "the test lets the hook go on");
            }
        }));
        Thread slow = new Thread(() -> rig.event().event("slow").send(), "slow capture");
        slow.start();
        Await.latch(entered, "the hook runs");
        for (int i = 0; i < 100; i++) {
            assertThat(rig.event().event("fast").send()).isEqualTo(CaptureResult.ACCEPTED);
        }
        assertThat(rig.drain()).hasSize(100);
        leave.countDown();
        Await.end(slow);

        assertThat(rig.drain()).singleElement().asString().contains("slow");
    }

    @Test
    void shouldNotAnswerFilteredEventsAsPersonless() {
        CaptureRig rig = CaptureRig.hooked(null, e -> null);
        rig.event().distinctId(null).send();

        assertThat(rig.counters().personless()).isZero();
    }

    @Test
    void shouldRecordAcceptedEventsAsTheHooksHaveLeftThem() {
        EventRecorder recorder = new EventRecorder();
        CaptureRig rig = CaptureRig.hooked(recorder, e -> {
            e.properties().put("hooked", true);
            e.properties().remove("$lib");
            return e.name().equals("dropped") ? null : e;
        });
        rig.event().event("first").put("n", 1).send();
        rig.event().event("dropped").send();
        rig.event().event(" ").send();
        rig.gate().setEnabled(false);
        rig.event().event("refused").send();

        assertThat(recorder.events()).singleElement().satisfies(event -> {
            assertThat(event.name()).isEqualTo("first");
            assertThat(event.properties())
                    .containsEntry("n", 1L)
                    .containsEntry("hooked", true)
                    .containsEntry("$lib", "penstock-java");
        });
    }

    @Test
    void shouldRecordWithoutAnyHookWhatIsSent() {
        EventRecorder recorder = new EventRecorder();
        CaptureRig rig = CaptureRig.hooked(recorder);
        rig.superProperties().register(Map.of("plan", "pro"));
        JsonNode sent = rig.tree(e -> e.uuid(ID).put("n", 0.5).setPerson("a", 1));
        OutgoingEvent recorded = recorder.eventsNamed("rig event").get(0);

        assertThat(recorded.uuid()).isEqualTo(ID);
        assertThat(recorded.distinctId()).isEqualTo("rig-1");
        assertThat(recorded.timestamp()).isEqualTo(CaptureRig.NOW);
        assertThat(recorded.properties().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        () -> sent.get("properties").fieldNames());
        assertThat(recorded.properties())
                .containsEntry("plan", "pro")
                .containsEntry("n", 0.5)
                .containsEntry("$set", Map.of("a", 1L));
    }

    @Test
    void shouldRecordACopyThatLaterChangesDoNotReach() {
        EventRecorder recorder = new EventRecorder();
        List<OutgoingEvent> kept = new ArrayList<>();
        CaptureRig rig = CaptureRig.hooked(recorder, changing(kept::add));
        rig.event().put("n", 1).send();
        kept.get(0).properties().put("n", 2);
        recorder.events().get(0).properties().put("own", 1);

        assertThat(recorder.events().get(0).properties()).containsEntry("n", 1L);
        assertThat(rig.drain()).singleElement().asString().doesNotContain("own");
    }

    @Test
    void shouldGiveTheRecordersEventsTheIdThatIsSent() {
        EventRecorder recorder = new EventRecorder();
        CaptureRig rig = CaptureRig.hooked(recorder, changing(e -> e.setUuid(null)));
        JsonNode sent = rig.tree(e -> e.uuid(ID));

        assertThat(sent.get("uuid").textValue())
                .isEqualTo(recorder.events().get(0).uuid().toString())
                .isNotEqualTo(ID.toString());
    }

    @Test
    void shouldForgetTheOldestEventsBeyondTheCapacityOfTheRecorder() {
        EventRecorder recorder = new EventRecorder(2);
        CaptureRig rig = CaptureRig.hooked(recorder);
        for (int i = 0; i < 5; i++) {
            rig.event().event("event-" + i).send();
        }
        assertThat(recorder.events()).extracting(OutgoingEvent::name).containsExactly("event-3", "event-4");
        recorder.clear();
        assertThat(recorder.events()).isEmpty();
    }

    @Test
    void shouldNeverChangeAnEventThatEveryHookHandsOn() {
        TestSeed.run(random -> {
            CaptureRig hooked = CaptureRig.hooked(null, SAME, SAME);
            CaptureRig plain = CaptureRig.create();
            for (int i = 0; i < 200; i++) {
                Map<String, Object> properties = new LinkedHashMap<>();
                for (int n = random.nextInt(8); n > 0; n--) {
                    properties.put(text(random), value(random, 0));
                }
                Consumer<EventScratch> filling =
                        e -> e.uuid(ID).putAll(properties).setPerson(properties);
                assertThat(hooked.tree(filling).equals(BY_VALUE, plain.tree(filling)))
                        .as("%s", properties)
                        .isTrue();
            }
        });
    }

    private static String text(java.util.SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(
                    switch (random.nextInt(5)) {
                        case 0 -> (char) random.nextInt(0x80);
                        case 1 -> (char) random.nextInt(0x100);
                        case 2 -> (char) (0xD800 + random.nextInt(0x800));
                        case 3 -> "😀";
                        default -> (char) random.nextInt(0x1_0000);
                    });
        }
        return text.toString();
    }

    private static Object value(java.util.SplittableRandom random, int depth) {
        return switch (random.nextInt(depth > 4 ? 6 : 8)) {
            case 0 -> random.nextLong();
            case 1 -> Double.longBitsToDouble(random.nextLong());
            case 2 -> random.nextBoolean();
            case 3 -> null;
            case 4 -> new BigDecimal(BigInteger.valueOf(random.nextLong()), random.nextInt(40) - 20);
            case 5 -> text(random);
            case 6 -> Arrays.asList(value(random, depth + 1), value(random, depth + 1));
            default -> Map.of(text(random), List.of(1), "a longer name", Arrays.asList(value(random, depth + 1)));
        };
    }
}
