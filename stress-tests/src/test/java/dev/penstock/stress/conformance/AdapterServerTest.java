package dev.penstock.stress.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.penstock.collector.Answer;
import dev.penstock.collector.Collector;
import dev.penstock.collector.CollectorExtension;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.collector.ReceivedRequest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class AdapterServerTest {
    private static final Duration LONG = Duration.ofSeconds(15);
    /** No batch is sent because of its age. */
    private static final String NEVER_BY_TIME = ",\"flush_interval_ms\":3600000";

    @RegisterExtension
    static final CollectorExtension collectors = new CollectorExtension();

    private final Collector collector = collectors.collector();
    private final StringWriter complaints = new StringWriter();
    private AdapterServer adapter;
    private Harness harness;

    @BeforeEach
    void start() throws Exception {
        AdapterSetup setup = new AdapterSetup(CaptureForm.V0, BodyEncoding.GZIP);
        adapter = AdapterServer.start(0, setup, new PrintWriter(complaints, true));
        harness = new Harness(adapter.uri(), "");
    }

    @AfterEach
    void stop() {
        adapter.close();
    }

    @Test
    void shouldAnnounceWhatItCanDo() throws Exception {
        Reply reply = harness.get("/health");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.contentType()).isEqualTo("application/json");
        assertThat(reply.fields())
                .containsOnly(
                        entry("sdk_name", "penstock-java"),
                        entry("sdk_version", "development"),
                        entry("adapter_version", "development"),
                        entry("supports_parallel", true),
                        entry("capabilities", List.of("capture_v0", "capture_ai_v0", "encoding_gzip")));
    }

    @Test
    void shouldCaptureWithPropertiesAndTheTimeGiven() throws Exception {
        harness.init(collector.uri(), NEVER_BY_TIME);
        Reply reply = harness.post(
                "/capture",
                "{\"event\":\"signed up\",\"distinct_id\":\"user-7\",\"timestamp\":\"2025-01-02T08:34:05.5+05:30\","
                        + "\"properties\":{\"plan\":\"pro\",\"seats\":40,\"trial\":false,\"tags\":[\"a\",null],"
                        + "\"share\":0.25}}");
        Reply flushed = harness.flush();

        ReceivedEvent event = onlyEvent();
        assertThat(reply.fields()).containsOnly(entry("success", true), entry("uuid", event.uuid()));
        assertThat(flushed.fields()).containsOnly(entry("success", true), entry("events_flushed", 1));
        assertThat(event.event()).isEqualTo("signed up");
        assertThat(event.distinctId()).isEqualTo("user-7");
        assertThat(event.timestampText()).isEqualTo("2025-01-02T03:04:05.5Z");
        assertThat(event.properties())
                .contains(entry("plan", "pro"), entry("seats", 40L), entry("trial", false), entry("share", 0.25));
        assertThat(event.propertiesJson()).contains("\"tags\":[\"a\",null]");
    }

    @Test
    void shouldTakeNullForWhatIsNotGiven() throws Exception {
        harness.init(collector.uri(), ",\"flush_at\":null");
        Reply reply = harness.post(
                "/capture",
                "{\"event\":\"e\",\"distinct_id\":\"u\",\"properties\":null,\"timestamp\":null,\"options\":null}");
        harness.flush();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(onlyEvent().event()).isEqualTo("e");
    }

    @Test
    void shouldTurnOptionsIntoProperties() throws Exception {
        harness.init(collector.uri(), "");
        harness.post(
                "/capture",
                "{\"event\":\"e\",\"distinct_id\":\"u\",\"properties\":{\"$product_tour_id\":\"given\"},"
                        + "\"options\":{\"cookieless_mode\":true,\"disable_skew_correction\":false,"
                        + "\"process_person_profile\":null,\"product_tour_id\":\"tour-1\"}}");
        harness.flush();

        assertThat(onlyEvent().properties())
                .contains(
                        entry("$cookieless_mode", true),
                        entry("$ignore_sent_at", false),
                        entry("$product_tour_id", "given"))
                .doesNotContainKey("$process_person_profile");
    }

    @Test
    void shouldSendABatchWhenItHoldsTheEventsAskedFor() throws Exception {
        harness.init(collector.uri(), ",\"flush_at\":2" + NEVER_BY_TIME);
        harness.capture("one");
        harness.capture("two");
        harness.capture("three");

        collector.awaitEvents(2, LONG);
        assertThat(collector.events()).extracting(ReceivedEvent::event).containsExactly("one", "two");
        harness.flush();
        assertThat(collector.requests())
                .extracting(request -> request.events().size())
                .containsExactly(2, 1);
    }

    @Test
    void shouldSendABatchAfterTheTimeAskedFor() throws Exception {
        harness.init(collector.uri(), ",\"flush_at\":1000,\"flush_interval_ms\":1");
        harness.capture("one");

        collector.awaitEvents(1, LONG);
    }

    @Test
    void shouldLeaveTheDefaultsWhereTheCallLeavesThemOpen() throws Exception {
        harness.init(collector.uri(), "");
        harness.capture("one");
        harness.flush();

        ReceivedRequest request = collector.requests().get(0);
        assertThat(request.headers()).containsEntry("content-encoding", "gzip").doesNotContainKey("x-test-id");
        assertThat(request.body()).doesNotContain("historical_migration");
        assertThat(onlyEvent().properties()).containsEntry("$geoip_disable", true);
    }

    @Test
    void shouldApplyTheSettingsOfTheCall() throws Exception {
        harness.init(
                collector.uri(), ",\"enable_compression\":false,\"disable_geoip\":false,\"historical_migration\":true");
        harness.capture("one");
        harness.flush();

        ReceivedRequest request = collector.requests().get(0);
        assertThat(request.headers()).doesNotContainKey("content-encoding");
        assertThat(request.body()).contains("\"historical_migration\":true");
        assertThat(onlyEvent().properties()).doesNotContainKey("$geoip_disable");
    }

    @Test
    void shouldAnswerAFlushAfterTheRetries() throws Exception {
        collector.answerNext(Answer.status(503));
        harness.init(collector.uri(), ",\"max_retries\":1" + NEVER_BY_TIME);
        harness.capture("one");
        Reply reply = harness.flush();

        assertThat(collector.requests()).extracting(ReceivedRequest::status).containsExactly(503, 200);
        assertThat(reply.fields()).containsEntry("events_flushed", 1);
        assertThat(harness.get("/state").fields())
                .containsOnly(
                        entry("pending_events", 0),
                        entry("total_events_captured", 1),
                        entry("total_events_sent", 1),
                        entry("total_retries", 1),
                        entry("last_error", null),
                        entry("requests_made", List.of()));
    }

    @Test
    void shouldAnswerAFlushThatDeliversNothing() throws Exception {
        collector.answerAll(Answer.status(503));
        harness.init(collector.uri(), ",\"max_retries\":0");
        harness.capture("one");
        Reply reply = harness.flush();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.fields()).containsOnly(entry("success", true), entry("events_flushed", 0));
        assertThat(collector.requests()).hasSize(1);
        assertThat(harness.get("/state").fields()).containsEntry("last_error", "0 events refused, 1 expired");
    }

    @Test
    void shouldSendNothingWhenThereIsNothingToFlush() throws Exception {
        harness.init(collector.uri(), "");

        assertThat(harness.flush().fields()).containsOnly(entry("success", true), entry("events_flushed", 0));
        assertThat(collector.requests()).isEmpty();
    }

    @Test
    void shouldResetBeforeThereIsAClientAndAgainAfterwards() throws Exception {
        assertThat(harness.reset().fields()).containsOnly(entry("success", true));
        harness.init(collector.uri(), "");

        assertThat(harness.reset().status()).isEqualTo(200);
        assertThat(harness.reset().status()).isEqualTo(200);
        assertThat(harness.flush().status()).isEqualTo(400);
    }

    @Test
    void shouldDropWhatIsPendingOnReset() throws Exception {
        harness.init(collector.uri(), NEVER_BY_TIME);
        harness.capture("never sent");
        harness.reset();

        assertOnlySentNow("sent");
    }

    @Test
    void shouldDropARetryOnReset() throws Exception {
        collector.answerNext(Answer.status(503).header("Retry-After", "3"));
        harness.init(collector.uri(), ",\"flush_at\":1");
        harness.capture("tried once");
        collector.awaitRequests(1, LONG);
        harness.reset();

        assertOnlySentNow("sent");
        assertThat(collector.requests()).hasSize(2);
    }

    @Test
    void shouldReplaceTheClientOnInit() throws Exception {
        harness.init(collector.uri(), NEVER_BY_TIME);
        harness.capture("never sent");

        assertOnlySentNow("sent");
    }

    @Test
    void shouldKeepTestsApart() throws Exception {
        Harness first = new Harness(adapter.uri(), "t-1");
        Harness second = new Harness(adapter.uri(), "t-2");
        first.init(collector.uri(), NEVER_BY_TIME);
        second.init(collector.uri(), NEVER_BY_TIME);
        first.capture("of the first");
        second.capture("of the second");
        second.post("/get_feature_flag", "{\"key\":\"k\",\"distinct_id\":\"u\"}");
        first.reset();
        second.flush();

        assertThat(collector.requests()).hasSize(1);
        ReceivedRequest request = collector.requests().get(0);
        assertThat(request.events()).extracting(ReceivedEvent::event).contains("of the second");
        assertThat(request.headers()).containsEntry("x-test-id", "t-2");
        assertThat(collector.flags().requests().get(0).header("x-test-id")).contains("t-2");
        assertThat(harness.flush().status()).isEqualTo(400);
    }

    @Test
    void shouldCarryOutCallsOfOtherTestsDuringAFlush() throws Exception {
        collector.answerWhen(request -> "t-1".equals(request.headers().get("x-test-id")), Answer.hang());
        Harness first = new Harness(adapter.uri(), "t-1");
        Harness second = new Harness(adapter.uri(), "t-2");
        first.init(collector.uri(), ",\"flush_at\":1,\"max_retries\":0");
        second.init(collector.uri(), NEVER_BY_TIME);
        first.capture("hangs");
        collector.awaitRequests(1, LONG);
        CompletableFuture<HttpResponse<String>> waiting = first.flushInBackground();
        second.capture("passes");
        Reply passed = second.flush();

        assertThat(passed.fields()).containsEntry("events_flushed", 1);
        assertThat(waiting).isNotDone();
        collector.release();
        assertThat(Harness.read(waiting.get(LONG.toSeconds(), TimeUnit.SECONDS)).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"\"variant-a\" | variant-a", "true | true", "false | false", "null |"})
    void shouldAnswerTheValueOfAFlag(String json, String expected) throws Exception {
        collector.flags().answer("{\"featureFlags\":{\"k\":" + json + "}}");
        harness.init(collector.uri(), "");
        Reply reply = harness.post("/get_feature_flag", "{\"key\":\"k\",\"distinct_id\":\"u\",\"force_remote\":true}");

        assertThat(reply.fields()).containsEntry("success", true).containsKey("value");
        Object value = reply.fields().get("value");
        assertThat(value == null ? null : value.toString()).isEqualTo(expected);
        assertThat(value instanceof String).isEqualTo(json.startsWith("\""));
    }

    @Test
    void shouldAskForAFlagWithAllThatTheCallSays() throws Exception {
        harness.init(collector.uri(), "");
        harness.post(
                "/get_feature_flag",
                "{\"key\":\"k\",\"distinct_id\":\"u\",\"person_properties\":{\"plan\":\"pro\"},"
                        + "\"groups\":{\"company\":\"acme\"},\"group_properties\":{\"company\":{\"seats\":40}},"
                        + "\"disable_geoip\":true,\"force_remote\":true}");
        harness.post("/get_feature_flag", "{\"key\":\"k\",\"distinct_id\":\"u\"}");

        assertThat(collector.flags().requests().get(0).fields())
                .contains(
                        entry("token", "phc_demo"),
                        entry("distinct_id", "u"),
                        entry("groups", Map.of("company", "acme")),
                        entry("geoip_disable", true),
                        entry("flag_keys_to_evaluate", List.of("k")));
        assertThat(collector.flags().requests().get(0).body()).contains("\"plan\":\"pro\"", "\"seats\":40");
        assertThat(collector.flags().requests().get(1).fields())
                .contains(entry("groups", Map.of()), entry("geoip_disable", false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/init             | {\"host\":\"http://127.0.0.1\"}                          | api_key is missing",
                "/init             | {\"api_key\":\"k\"}                                      | host is missing",
                "/init             | {\"api_key\":\"k\",\"host\":\"nowhere\"}                 | host",
                "/init             | {\"api_key\":\"k\",\"host\":\"http://h\",\"flush_at\":0} | maxBatchEvents",
                "/init             | {\"api_key\":\"k\",\"host\":\"http://h\",\"flush_at\":\"1\"} | flush_at is not a whole",
                "/init             | {\"api_key\":\"k\",\"host\":\"http://h\",\"disable_geoip\":1} | disable_geoip is not true",
                "/init             | [1]                                                      | not a JSON object",
                "/init             | null                                                     | not a JSON object",
                "/init             | {} {}                                                    | not a JSON object",
                "/capture          | {\"distinct_id\":\"u\"}                                  | event is missing",
                "/capture          | {\"event\":\"e\"}                                        | distinct_id is missing",
                "/capture          | {\"event\":\" \",\"distinct_id\":\"u\"}                  | the client did not take",
                "/capture          | {\"event\":1,\"distinct_id\":\"u\"}                      | event is not a text",
                "/capture          | {\"event\":\"e\",\"distinct_id\":\"u\",\"properties\":[]} | properties is not an object",
                "/capture          | {\"event\":\"e\",\"distinct_id\":\"u\",\"options\":{\"x\":1}} | there is no option x",
                "/capture          | {\"event\":\"e\",\"distinct_id\":\"u\",\"timestamp\":\"now\"} | timestamp is not ISO 8601",
                "/get_feature_flag | {\"distinct_id\":\"u\"}                                  | key is missing",
                "/get_feature_flag | {\"key\":\"k\",\"distinct_id\":\"u\",\"groups\":{\"company\":\"\"}} | a group needs",
                "/get_feature_flag | {\"key\":\"k\",\"distinct_id\":\"u\",\"group_properties\":{\"c\":1}} | c is not an object",
            })
    void shouldRefuseACallItCannotCarryOut(String path, String json, String reason) throws Exception {
        harness.init(collector.uri(), "");
        Reply reply = harness.post(path, json);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.contentType()).isEqualTo("application/json");
        assertThat(reply.fields()).containsEntry("success", false);
        assertThat(reply.fields().get("error")).asString().contains(reason);
        assertThat(complaints.toString()).startsWith("POST " + path + ": ").contains(reason);
        harness.flush();
        assertThat(collector.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /capture, '{\"event\":\"e\",\"distinct_id\":\"u\"}'",
        "POST, /capture_ai, '{\"event\":\"e\",\"distinct_id\":\"u\"}'",
        "POST, /get_feature_flag, '{\"key\":\"k\",\"distinct_id\":\"u\"}'",
        "POST, /flush, ''",
        "GET, /state, ''",
    })
    void shouldRefuseACallThatNeedsAClientWhenThereIsNone(String method, String path, String json) throws Exception {
        Reply reply = harness.call(method, path, json);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.fields().get("error")).asString().startsWith("there is no client");
    }

    @ParameterizedTest
    @CsvSource({"GET, /capture, 405", "POST, /health, 405", "GET, /healthy, 404"})
    void shouldRefuseWhatIsNoCall(String method, String path, int status) throws Exception {
        assertThat(harness.call(method, path, "").status()).isEqualTo(status);
    }

    private void assertOnlySentNow(String event) throws Exception {
        harness.init(collector.uri(), "");
        harness.capture(event);
        harness.flush();
        assertThat(onlyEvent().event()).isEqualTo(event);
    }

    private ReceivedEvent onlyEvent() {
        assertThat(collector.invalidReasons()).isEmpty();
        assertThat(collector.events()).hasSize(1);
        return collector.events().get(0);
    }
}
