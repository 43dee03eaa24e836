package dev.penstock.engine.logs;

import static dev.penstock.engine.capture.CaptureRig.parse;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.logs.LogLevel;
import dev.penstock.client.logs.LogRecord;
import dev.penstock.client.logs.LogSettings;
import dev.penstock.engine.capture.LogRig;
import dev.penstock.engine.testing.SlyThrow;
import java.io.IOException;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class LogCaptureTest {

    private static LogRecord log(String body) {
        return LogRecord.builder(body).build();
    }

    private static String body(JsonNode record) {
        return record.get("body").get("stringValue").textValue();
    }

    private static String text(JsonNode record, String attribute) {
        JsonNode value = LogRig.attribute(record, attribute);
        return value == null ? null : value.get("stringValue").textValue();
    }

    @Test
    @DisplayName("Logs: captureLog with explicit level")
    void shouldCaptureARecordWithItsLevel() {
        JsonNode record =
                LogRig.create().record(log -> log.body("checkout failed").level(LogLevel.ERROR));

        assertThat(record.get("severityNumber").intValue()).isEqualTo(17);
        assertThat(body(record)).isEqualTo("checkout failed");
    }

    @Test
    @DisplayName("Logs: logger helper delegates to captureLog")
    void shouldCaptureTheSameThroughTheLogger() {
        LogRig rig = LogRig.create();
        assertThat(rig.logs().logger().info("ready", Map.of("region", "us"))).isEqualTo(CaptureResult.ACCEPTED);
        JsonNode brief = rig.drain().get(0);
        rig.move(1);

        JsonNode full = rig.record(log -> log.body("ready").level(LogLevel.INFO).attribute("region", "us"));

        assertThat(brief.get("body")).isEqualTo(full.get("body"));
        assertThat(brief.get("severityNumber")).isEqualTo(full.get("severityNumber"));
        assertThat(brief.get("attributes")).isEqualTo(full.get("attributes"));
        assertThat(rig.logs().logger()).isSameAs(rig.logs().logger());
    }

    @Test
    @DisplayName("Logs: missing level defaults to info")
    void shouldCaptureWithoutALevelAsInfo() {
        LogRig rig = LogRig.create();
        rig.logs().captureLog(log("hello"));
        rig.logs().logger().log(null, "hello", null);

        assertThat(rig.drain()).hasSize(2).allSatisfy(record -> {
            assertThat(record.get("severityNumber").intValue()).isEqualTo(9);
            assertThat(record.get("severityText").textValue()).isEqualTo("INFO");
            assertThat(record.get("attributes")).isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = CaptureResult.class,
            names = {"DISABLED", "CLOSED"})
    @DisplayName("Logs: logger called before the SDK is ready")
    void shouldRefuseWhileTheClientTakesNothing(CaptureResult answer) {
        LogRig rig = LogRig.create();
        rig.refuse(answer);

        assertThat(rig.logs().logger().info("early")).isEqualTo(answer);
        assertThat(rig.logs().captureLog(log("early"))).isEqualTo(answer);
        assertThat(rig.logs().captureLog(null)).isEqualTo(answer);
        assertThat(rig.drain()).isEmpty();
        assertThat(rig.count(answer)).isEqualTo(3);
    }

    @Test
    @DisplayName("Logs: opted-out user drops the log")
    void shouldDropWhileOptedOutAndCaptureAgainAfterwards() {
        LogRig rig = LogRig.create();
        rig.refuse(CaptureResult.DISABLED);
        assertThat(rig.logs().captureLog(log("x"))).isEqualTo(CaptureResult.DISABLED);
        rig.refuse(null);

        assertThat(rig.logs().captureLog(log("y"))).isEqualTo(CaptureResult.ACCEPTED);
        assertThat(rig.drain()).extracting(LogCaptureTest::body).containsExactly("y");
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {" ", "   ", "\t\r\n", "\u2003"})
    @DisplayName("Logs: whitespace-only body is dropped")
    void shouldAnswerInvalidWithoutABody(String body) {
        LogRig rig = LogRig.create();

        assertThat(rig.logs().captureLog(log(body))).isEqualTo(CaptureResult.INVALID);
        assertThat(rig.logs().logger().error(body)).isEqualTo(CaptureResult.INVALID);
        assertThat(rig.drain()).isEmpty();
        assertThat(rig.count(CaptureResult.INVALID)).isEqualTo(2);
    }

    @Test
    void shouldAnswerInvalidWithoutARecord() {
        assertThat(LogRig.create().logs().captureLog(null)).isEqualTo(CaptureResult.INVALID);
    }

    @Test
    @DisplayName("Logs: gates short-circuit in order")
    void shouldAskNoLaterGateOnceOneHasRefused() {
        AtomicInteger hooked = new AtomicInteger();
        LogRig rig = LogRig.with(LogSettings.builder().maxLogs(1).beforeSend(record -> {
            hooked.incrementAndGet();
            return record.body().equals("secret") ? null : record;
        }));

        rig.refuse(CaptureResult.DISABLED);
        assertThat(rig.logs().captureLog(log(" "))).isEqualTo(CaptureResult.DISABLED);
        rig.refuse(null);
        assertThat(rig.logs().captureLog(log(" "))).isEqualTo(CaptureResult.INVALID);
        assertThat(hooked).hasValue(0);

        assertThat(rig.logs().captureLog(log("secret"))).isEqualTo(CaptureResult.FILTERED);
        assertThat(rig.logs().captureLog(log("one"))).isEqualTo(CaptureResult.ACCEPTED);
        assertThat(rig.logs().captureLog(log("two"))).isEqualTo(CaptureResult.SAMPLED);
        assertThat(rig.logs().captureLog(log("secret"))).isEqualTo(CaptureResult.FILTERED);
    }

    @Test
    @DisplayName("Logs: hook drops record")
    void shouldDropWhatAHookAnswersNullFor() {
        AtomicInteger later = new AtomicInteger();
        LogRig rig =
                LogRig.with(LogSettings.builder().beforeSend(record -> null).beforeSend(record -> {
                    later.incrementAndGet();
                    return record;
                }));

        assertThat(rig.logs().captureLog(log("x"))).isEqualTo(CaptureResult.FILTERED);
        assertThat(rig.drain()).isEmpty();
        assertThat(rig.count(CaptureResult.FILTERED)).isEqualTo(1);
        assertThat(later).hasValue(0);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = " \t")
    void shouldDropWhatAHookTakesTheBodyOf(String body) {
        LogRig rig = LogRig.with(LogSettings.builder()
                .beforeSend(record -> record.toBuilder().body(body).build()));

        assertThat(rig.logs().captureLog(log("x"))).isEqualTo(CaptureResult.FILTERED);
    }

    @Test
    void shouldRunHooksFromLeftToRight() {
        LogRig rig = LogRig.with(LogSettings.builder()
                .beforeSend(record ->
                        record.toBuilder().body(record.body() + " one").build())
                .beforeSend(record -> record.toBuilder()
                        .body(record.body() + " two")
                        .level(LogLevel.FATAL)
                        .attribute("hooked", true)
                        .build()));

        JsonNode record = rig.record(log -> log.body("zero"));

        assertThat(body(record)).isEqualTo("zero one two");
        assertThat(record.get("severityNumber").intValue()).isEqualTo(21);
        assertThat(LogRig.attribute(record, "hooked")).isEqualTo(parse("{\"boolValue\":true}"));
    }

    @Test
    @DisplayName("Logs: throwing hook is contained")
    void shouldGoOnWithTheValueBeforeAHookThatThrows() {
        LogRig rig = LogRig.with(LogSettings.builder()
                .beforeSend(record -> record.toBuilder().body("first").build())
                .beforeSend(record -> {
                    throw new IllegalStateException("hunter2");
                })
                .beforeSend(record -> {
                    throw new AssertionError("an error too");
                })
                .beforeSend(record ->
                        record.toBuilder().body(record.body() + " last").build()));

        assertThat(body(rig.record(log -> {}))).isEqualTo("first last");
        assertThat(rig.warnings())
                .hasSize(2)
                .allSatisfy(
                        line -> assertThat(line).contains("before-send hook").doesNotContain("hunter2"));
    }

    @Test
    void shouldDropWhatAHookLogsItself() {
        AtomicReference<LogRig> rig = new AtomicReference<>();
        List<CaptureResult> nested = new ArrayList<>();
        rig.set(LogRig.with(LogSettings.builder().beforeSend(record -> {
            nested.add(rig.get().logs().captureLog(log("within")));
            return record;
        })));

        assertThat(body(rig.get().record(log -> log.body("outer")))).isEqualTo("outer");
        assertThat(body(rig.get().record(log -> log.body("again")))).isEqualTo("again");
        assertThat(nested).containsExactly(CaptureResult.FILTERED, CaptureResult.FILTERED);
    }

    @Test
    @DisplayName("Logs: cap runs after beforeSend")
    void shouldNotCountWhatAHookDrops() {
        LogRig rig = LogRig.with(LogSettings.builder()
                .maxLogs(2)
                .beforeSend(record -> record.body().equals("secret") ? null : record));
        for (int i = 0; i < 10; i++) {
            rig.logs().captureLog(log("secret"));
        }

        assertThat(rig.logs().captureLog(log("one"))).isEqualTo(CaptureResult.ACCEPTED);
        assertThat(rig.logs().captureLog(log("two"))).isEqualTo(CaptureResult.ACCEPTED);
        assertThat(rig.logs().captureLog(log("three"))).isEqualTo(CaptureResult.SAMPLED);
    }

    @Test
    @DisplayName("Logs: cap drops excess logs")
    void shouldAnswerSampledOverTheCapUntilTheWindowIsOver() {
        LogRig rig = LogRig.with(LogSettings.builder().maxLogs(500));
        for (int i = 0; i < 500; i++) {
            assertThat(rig.logs().captureLog(log("log " + i))).isEqualTo(CaptureResult.ACCEPTED);
        }

        assertThat(rig.logs().captureLog(log("the 501st"))).isEqualTo(CaptureResult.SAMPLED);
        assertThat(rig.logs().captureLog(log("the 502nd"))).isEqualTo(CaptureResult.SAMPLED);
        assertThat(rig.drain()).hasSize(500);
        assertThat(rig.count(CaptureResult.SAMPLED)).isEqualTo(2);
        assertThat(rig.warnings()).hasSize(1);
        rig.move(10_000);
        assertThat(rig.logs().captureLog(log("later"))).isEqualTo(CaptureResult.ACCEPTED);
    }

    @Test
    @DisplayName("Logs: timestamp captured at call time")
    void shouldCarryTheTimeOfTheCall() {
        LogRig rig = LogRig.create();
        rig.logs().captureLog(log("x"));
        rig.move(60_000);

        JsonNode record = rig.drain().get(0);

        assertThat(record.get("timeUnixNano").textValue()).isEqualTo("1772359204871000000");
        assertThat(record.get("observedTimeUnixNano")).isEqualTo(record.get("timeUnixNano"));
    }

    @Test
    @DisplayName("Logs: two logs in the same millisecond")
    void shouldTellTheOrderOfRecordsOfOneMillisecond() {
        LogRig rig = LogRig.create();
        rig.logs().captureLog(log("one"));
        rig.logs().captureLog(log("two"));

        List<JsonNode> records = rig.drain();

        assertThat(records.get(0).get("timeUnixNano").textValue()).isEqualTo("1772359204871000000");
        assertThat(records.get(1).get("timeUnixNano").textValue()).isEqualTo("1772359204871000001");
    }

    @Test
    @DisplayName("Logs: context snapshot is frozen at capture")
    void shouldKeepTheContextOfTheCall() {
        LogRig rig = LogRig.create();
        List<Object> mutable = new ArrayList<>(List.of(1));
        rig.context("a", "s-1", "new-search", "dark");
        rig.logs().captureLog(LogRecord.builder("x").attribute("list", mutable).build());
        rig.context("b", "s-2");
        mutable.clear();

        JsonNode record = rig.drain().get(0);

        assertThat(text(record, "posthogDistinctId")).isEqualTo("a");
        assertThat(text(record, "sessionId")).isEqualTo("s-1");
        assertThat(LogRig.attribute(record, "feature_flags"))
                .isEqualTo(parse("{\"arrayValue\":{\"values\":[{\"stringValue\":\"new-search\"},"
                        + "{\"stringValue\":\"dark\"}]}}"));
        assertThat(LogRig.attribute(record, "list").at("/arrayValue/values")).hasSize(1);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = " ")
    @DisplayName("Logs: absent session id omits the key")
    void shouldOmitWhatTheContextDoesNotKnow(String absent) {
        LogRig rig = LogRig.create();
        rig.context(absent, absent);

        assertThat(rig.record(log -> {}).get("attributes")).isEmpty();
        assertThat(rig.personless()).isZero();
    }

    @Test
    @DisplayName("Logs: user attribute overrides auto-context")
    void shouldPreferTheAttributesOfTheRecord() {
        LogRig rig = LogRig.create();
        rig.context("a", "s-1", "flag");

        JsonNode record = rig.record(log -> log.attribute("sessionId", "custom")
                .attribute("feature_flags", 2)
                .attribute("posthogDistinctId", null));

        assertThat(text(record, "sessionId")).isEqualTo("custom");
        assertThat(LogRig.attribute(record, "feature_flags")).isEqualTo(parse("{\"intValue\":\"2\"}"));
        assertThat(LogRig.attribute(record, "posthogDistinctId")).isNull();
        assertThat(record.get("attributes")).hasSize(2);
    }

    @Test
    void shouldPreferTheIdsOfTheRecordToTheContext() {
        LogRig rig = LogRig.create();
        rig.context("a", "s-1");

        JsonNode own = rig.record(log -> log.distinctId("b").sessionId("s-2"));
        JsonNode attribute = rig.record(log -> log.distinctId("b").attribute("posthogDistinctId", "c"));

        assertThat(text(own, "posthogDistinctId")).isEqualTo("b");
        assertThat(text(own, "sessionId")).isEqualTo("s-2");
        assertThat(text(attribute, "posthogDistinctId")).isEqualTo("c");
    }

    @ParameterizedTest
    @CsvSource({
        "0af7651916cd43dd8448eb211c80319, b7ad6b716920333",
        "0af7651916cd43dd8448eb211c80319c0, b7ad6b71692033311",
        "0af7651916cd43dd8448eb211c80319g, b7ad6b716920333g",
        "0af76519-16cd-43dd-8448-eb211c80, b7ad6b7-69203331",
        "0af7651916cd43dd8448eb211c80319é, b7ad6b716920333é"
    })
    @DisplayName("Logs: invalid trace id zeroed")
    void shouldLeaveMalformedIdsOutRatherThanRiskTheBatch(String traceId, String spanId) {
        LogRig rig = LogRig.create();

        JsonNode record = rig.record(log -> log.traceId(traceId).spanId(spanId).traceFlags(1));

        assertThat(record.has("traceId")).isFalse();
        assertThat(record.has("spanId")).isFalse();
        assertThat(record.get("flags").intValue()).isEqualTo(1);
        assertThat(rig.warnings())
                .singleElement()
                .asString()
                .contains("hexadecimal")
                .doesNotContain(traceId)
                .doesNotContain(spanId);
    }

    @Test
    void shouldContainAMapOfAttributesThatThrows() {
        Map<String, Object> failing = new AbstractMap<>() {
            @Override
            public Set<Entry<String, Object>> entrySet() {
                return new AbstractSet<>() {
                    @Override
                    public Iterator<Entry<String, Object>> iterator() {
                        Iterator<Entry<String, Object>> first =
                                Map.<String, Object>of("a", 1).entrySet().iterator();
                        return new Iterator<>() {
                            @Override
                            public boolean hasNext() {
                                return true;
                            }

                            @Override
                            public Entry<String, Object> next() {
                                return first.next();
                            }
                        };
                    }

                    @Override
                    public int size() {
                        return 2;
                    }
                };
            }
        };
        LogRig rig = LogRig.create();

        assertThat(rig.logs().logger().warn("x", failing)).isEqualTo(CaptureResult.ACCEPTED);

        JsonNode record = rig.drain().get(0);
        assertThat(record.get("attributes")).hasSize(1);
        assertThat(LogRig.attribute(record, "a")).isNotNull();
        assertThat(rig.warnings()).singleElement().asString().contains("map of attributes");
    }

    @Test
    void shouldRefuseARecordOverTheSizeLimit() {
        LogRig rig = LogRig.create();

        assertThat(rig.logs().captureLog(log("x".repeat(1_000_000)))).isEqualTo(CaptureResult.TOO_LARGE);
        assertThat(body(rig.record(log -> log.body("small")))).isEqualTo("small");
    }

    @Test
    void shouldCaptureFromManyThreads() throws InterruptedException {
        LogRig rig = LogRig.create();
        Set<String> accepted = ConcurrentHashMap.newKeySet();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        for (int i = 0; i < 4; i++) {
            int thread = i;
            threads.execute(() -> {
                for (int n = 0; n < 500; n++) {
                    String body = thread + "-" + n;
                    if (rig.logs().logger().info(body, Map.of("body", body)) == CaptureResult.ACCEPTED) {
                        accepted.add(body);
                    }
                }
            });
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();

        List<JsonNode> records = rig.drain();

        assertThat(records).hasSize(2_000);
        assertThat(records).extracting(LogCaptureTest::body).containsExactlyInAnyOrderElementsOf(accepted);
        assertThat(records)
                .allSatisfy(record -> assertThat(text(record, "body")).isEqualTo(body(record)));
        assertThat(records)
                .extracting(record -> record.get("timeUnixNano").textValue())
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldAskForNoScratchForWhatIsRefused() {
        LogRig rig = LogRig.with(LogSettings.builder()
                .maxLogs(1)
                .beforeSend(record -> record.body().equals("secret") ? null : record));
        rig.refuse(CaptureResult.DISABLED);
        rig.logs().captureLog(log("x"));
        rig.refuse(null);
        rig.logs().captureLog(null);
        rig.logs().captureLog(log(" "));
        rig.logs().captureLog(log("secret"));
        assertThat(rig.lent()).isEmpty();

        rig.logs().captureLog(log("one"));
        rig.logs().captureLog(log("two"));
        assertThat(rig.lent()).hasSize(1);
        for (CaptureResult answer : List.of(
                CaptureResult.DISABLED, CaptureResult.FILTERED, CaptureResult.SAMPLED, CaptureResult.ACCEPTED)) {
            assertThat(rig.count(answer)).isEqualTo(1);
        }
        assertThat(rig.count(CaptureResult.INVALID)).isEqualTo(2);
    }

    @Test
    void shouldCaptureWithoutFlagsWhereTheyCannotBeRead() {
        LogRig rig = LogRig.create();
        rig.context("a", "s-1");
        rig.flags(() -> {
            throw SlyThrow.of(new IOException("hunter2"));
        });

        JsonNode record = rig.record(log -> {});

        assertThat(text(record, "posthogDistinctId")).isEqualTo("a");
        assertThat(LogRig.attribute(record, "feature_flags")).isNull();
        assertThat(rig.warnings()).singleElement().asString().contains("flags").doesNotContain("hunter2");
    }

    @Test
    void shouldNotReadFlagsThatTheRecordSaysItself() {
        LogRig rig = LogRig.create();
        rig.flags(() -> {
            throw new AssertionError("not asked for");
        });

        rig.record(log -> log.attribute("feature_flags", null));

        assertThat(rig.warnings()).isEmpty();
    }

    @Test
    void shouldGiveTheScratchBackWhenWritingFails() {
        LogRig rig = LogRig.create();
        rig.flags(() -> new AbstractList<>() {
            @Override
            public String get(int index) {
                throw new IndexOutOfBoundsException(index);
            }

            @Override
            public int size() {
                throw SlyThrow.of(new IOException("hunter2"));
            }
        });
        assertThat(rig.logs().captureLog(log("fails"))).isEqualTo(CaptureResult.INVALID);
        assertThat(rig.count(CaptureResult.INVALID)).isEqualTo(1);
        rig.flags(List::of);

        assertThat(body(rig.record(log -> log.body("goes on")))).isEqualTo("goes on");
        assertThat(rig.lent()).hasSize(2);
        assertThat(rig.lent().get(1)).isSameAs(rig.lent().get(0));
        assertThat(rig.warnings())
                .singleElement()
                .asString()
                .contains("IOException")
                .doesNotContain("hunter2");
    }

    @Test
    void shouldContainCheckedExceptionsOfHooksAndAttributes() {
        LogRig rig = LogRig.with(LogSettings.builder().beforeSend(record -> {
            throw SlyThrow.of(new IOException());
        }));
        Map<String, Object> failing = new AbstractMap<>() {
            @Override
            public Set<Entry<String, Object>> entrySet() {
                throw SlyThrow.of(new IOException());
            }
        };

        assertThat(rig.logs().logger().warn("x", failing)).isEqualTo(CaptureResult.ACCEPTED);
        assertThat(rig.drain()).hasSize(1);
        assertThat(rig.warnings())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("java.io.IOException"));
    }
}
