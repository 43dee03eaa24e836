package dev.penstock.collector;

import static dev.penstock.collector.Batches.utf8;
import static dev.penstock.collector.LogBodies.ATTRIBUTES;
import static dev.penstock.collector.LogBodies.PATH;
import static dev.penstock.collector.LogBodies.TIME;
import static dev.penstock.collector.LogBodies.logs;
import static dev.penstock.collector.LogBodies.pair;
import static dev.penstock.collector.LogBodies.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the logs route, each by a request that breaks just one. */
class LogRulesTest {
    private Collector collector;
    private RawClient client;

    @BeforeEach
    void start() throws IOException {
        collector = Collector.builder().apiKey("phc_demo").start();
        client = new RawClient(collector);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        collector.close();
    }

    private RawClient.Reply post(String body) throws IOException {
        return client.post(PATH, utf8(body));
    }

    static Stream<Arguments> brokenBodies() {
        String good = logs(record("m"));
        return Stream.of(
                row("body is not a JSON object", "[]"),
                row("body is not valid JSON", good.replace("}]}]}]}", "}]}]}]")),
                row("something follows the JSON object", good + "{}"),
                row("Duplicate field", good.replace("\"spanId\"", "").replace("\"version\"", "\"name\"")),
                row("resourceLogs is missing or null", good.replace("resourceLogs", "resourceSpans")),
                row("resourceLogs is not a list", "{\"resourceLogs\":{}}"),
                row("resourceLogs does not have exactly one entry", "{\"resourceLogs\":[]}"),
                row("resourceLogs does not have exactly one entry", "{\"resourceLogs\":[{},{}]}"),
                row("resourceLogs[0] is not an object", "{\"resourceLogs\":[7]}"),
                row("resource is missing or null", good.replace("\"resource\"", "\"source\"")),
                row(
                        "resource.attributes is missing",
                        good.replace("\"attributes\":[{\"key\":\"service", "\"a\":[{\"key\":\"service")),
                row("resource.attributes.service.name is missing", good.replace("service.name", "service")),
                row("resource.attributes.service.name is blank", good.replace("checkout", "")),
                row("resource.attributes.telemetry.sdk.name is miss", good.replace("telemetry.sdk.name", "name")),
                row("resource.attributes.telemetry.sdk.version is m", good.replace("telemetry.sdk.version", "v")),
                row(
                        "telemetry.sdk.version is not a string",
                        good.replace("{\"stringValue\":\"0.1.0\"}", "{\"intValue\":\"1\"}")),
                row(
                        "resource.attributes has the key service.name twice",
                        good.replace("telemetry.sdk.name", "service.name")),
                row("scopeLogs is missing or null", good.replace("scopeLogs", "spans")),
                row("scopeLogs does not have exactly one entry", good.replaceFirst("\\]\\}\\]\\}\\]\\}$", "]},{}]}]}")),
                row("scope is missing or null", good.replace("\"scope\"", "\"library\"")),
                row("scope.name is missing or null", good.replace("\"name\":", "\"title\":")),
                row("scope.version is missing or null", good.replace("\"version\":", "\"v\":")),
                row("logRecords is missing or null", good.replace("logRecords", "records")),
                row("logRecords is empty", logs()),
                row("logRecords[1] is not an object", logs(record("m"), "7")),
                row("has a field trace_id, which does not", with("\"trace_id\":\"x\"")),
                row("logRecords[0].timeUnixNano is missing", changed("\"timeUnixNano\":\"" + TIME + "\",", "")),
                row(
                        "logRecords[0].timeUnixNano is not a string",
                        changed("\"timeUnixNano\":\"" + TIME + "\"", "\"timeUnixNano\":" + TIME)),
                row("logRecords[0].timeUnixNano is not a number", changed(TIME, "2026-02-11T09:30:01Z")),
                row("logRecords[0].timeUnixNano is not a number", changed(TIME, "0")),
                row("logRecords[0].timeUnixNano is not a number", changed(TIME, "9223372036854775808")),
                row(
                        "observedTimeUnixNano is missing",
                        changed("observedTimeUnixNano", "timeUnixNanos")
                                .replace(",\"timeUnixNanos\":\"" + TIME + "\"", "")),
                row(
                        "observedTimeUnixNano differs",
                        changed("\"observedTimeUnixNano\":\"177", "\"observedTimeUnixNano\":\"178")),
                row("severityNumber is not 1, 5, 9", changed("13", "14")),
                row("severityNumber is not 1, 5, 9", changed("13", "\"13\"")),
                row("severityNumber is not 1, 5, 9", changed("13", "13.0")),
                row("severityNumber is not 1, 5, 9", changed("\"severityNumber\":13,", "")),
                row("severityText does not match", changed("WARN", "warn")),
                row("severityText does not match", changed("WARN", "INFO")),
                row("severityText is missing", changed("\"severityText\":\"WARN\",", "")),
                row("logRecords[0].body is missing", changed("\"body\":{\"stringValue\":\"m\"},", "")),
                row("logRecords[0].body is not an object", changed("{\"stringValue\":\"m\"}", "\"m\"")),
                row("logRecords[0].body does not hold exactly one", changed("{\"stringValue\":\"m\"}", "{}")),
                row("logRecords[0].attributes is missing", changed(",\"attributes\":" + ATTRIBUTES, "")),
                row("logRecords[0].attributes is not a list", changed(ATTRIBUTES, "{}")),
                row("attributes has the key sessionId twice", changed("amount", "sessionId")),
                row("attributes has an empty key", changed("amount", "")),
                row("attributes[0].key is missing", changed("\"key\":\"sessionId\",", "")),
                row(
                        "attributes[0] has a field type",
                        changed("\"key\":\"sessionId\"", "\"key\":\"sessionId\",\"type\":1")),
                row("attributes.amount is missing or null", changed("{\"intValue\":\"4999\"}", "null")),
                row("attributes.amount holds bytesValue", value("{\"bytesValue\":\"AA==\"}")),
                row("amount does not hold exactly one value", value("{\"intValue\":\"1\",\"boolValue\":true}")),
                row("attributes.amount.stringValue is missing or null", value("{\"stringValue\":null}")),
                row("attributes.amount.stringValue is not a string", value("{\"stringValue\":1}")),
                row("attributes.amount.boolValue is not a boolean", value("{\"boolValue\":\"true\"}")),
                row("attributes.amount.intValue is not a string", value("{\"intValue\":4999}")),
                row("attributes.amount.intValue is not a whole", value("{\"intValue\":\"49.99\"}")),
                row("attributes.amount.intValue is not a whole", value("{\"intValue\":\"+1\"}")),
                row("attributes.amount.intValue does not fit", value("{\"intValue\":\"9223372036854775808\"}")),
                row("attributes.amount.doubleValue is not a number", value("{\"doubleValue\":\"NaN\"}")),
                row("arrayValue is not an object", value("{\"arrayValue\":[]}")),
                row("arrayValue.values is missing", value("{\"arrayValue\":{}}")),
                row("arrayValue[1] is not an object", value("{\"arrayValue\":{\"values\":[{\"boolValue\":true},7]}}")),
                row("kvlistValue.values is missing", value("{\"kvlistValue\":{}}")),
                row(
                        "kvlistValue has the key a twice",
                        value("{\"kvlistValue\":{\"values\":[" + pair("a", "{\"boolValue\":true}") + ","
                                + pair("a", "{\"boolValue\":true}") + "]}}")),
                row("traceId does not have", with("\"traceId\":\"" + "a".repeat(31) + "\"")),
                row("traceId does not have", with("\"traceId\":\"" + "g".repeat(32) + "\"")),
                row("traceId is missing or null", with("\"traceId\":null")),
                row("spanId does not have", with("\"spanId\":\"" + "a".repeat(17) + "\"")),
                row("flags is not a whole number", with("\"flags\":\"1\"")),
                row("flags is not a whole number", with("\"flags\":1.5")),
                row("flags is not a whole number", with("\"flags\":-1")),
                row("flags is not a whole number", with("\"flags\":4294967296")),
                row("flags is not a whole number", with("\"flags\":null")));
    }

    private static Arguments row(String reason, String body) {
        return Arguments.of(reason, body);
    }

    private static String changed(String before, String after) {
        String good = record("m");
        assertThat(good).contains(before);
        return logs(good.replace(before, after));
    }

    private static String with(String field) {
        return changed("{\"timeUnixNano\"", "{" + field + ",\"timeUnixNano\"");
    }

    private static String value(String value) {
        return changed("{\"intValue\":\"4999\"}", value);
    }

    @ParameterizedTest
    @MethodSource("brokenBodies")
    void shouldRejectABodyThatBreaksOneRule(String reason, String body) throws IOException {
        RawClient.Reply reply = post(body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).startsWith("{\"error\":\"");
        assertThat(collector.logs().invalidReasons()).singleElement().asString().contains(reason);
        assertThat(collector.logs().recordCount()).isZero();
        assertThat(collector.logs().requests().get(0).records()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, TRACE", "5, DEBUG", "9, INFO", "13, WARN", "17, ERROR", "21, FATAL"})
    void shouldAcceptEverySeverity(int number, String text) throws IOException {
        assertThat(post(changed("13,\"severityText\":\"WARN\"", number + ",\"severityText\":\"" + text + "\""))
                        .status())
                .isEqualTo(200);
        ReceivedLogRecord log = collector.logs().records().get(0);
        assertThat(log.severityNumber()).isEqualTo(number);
        assertThat(log.severityText()).isEqualTo(text);
    }

    @Test
    void shouldReadEveryKindOfValue() throws IOException {
        String attributes = "["
                + String.join(
                        ",",
                        pair("s", "{\"stringValue\":\"\"}"),
                        pair("t", "{\"boolValue\":true}"),
                        pair("i", "{\"intValue\":\"-9223372036854775808\"}"),
                        pair("d", "{\"doubleValue\":0.5}"),
                        pair("w", "{\"doubleValue\":2}"),
                        pair("a", "{\"arrayValue\":{\"values\":[{\"intValue\":\"1\"},{\"stringValue\":\"x\"}]}}"),
                        pair("e", "{\"arrayValue\":{\"values\":[]}}"),
                        pair("m", "{\"kvlistValue\":{\"values\":[" + pair("inner", "{\"intValue\":\"1\"}") + "]}}"))
                + "]";
        assertThat(post(changed(ATTRIBUTES, attributes)).status()).isEqualTo(200);
        assertThat(collector.logs().records().get(0).attributes())
                .containsExactly(
                        entry("s", ""),
                        entry("t", true),
                        entry("i", Long.MIN_VALUE),
                        entry("d", 0.5),
                        entry("w", 2.0),
                        entry("a", List.of(1L, "x")),
                        entry("e", List.of()),
                        entry("m", Map.of("inner", 1L)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "4294967295"})
    void shouldReadTraceFields(String flags) throws IOException {
        String traceId = "0af7651916cd43dd8448eb211c80319C";
        String spanId = "b7ad6b7169203331";
        String fields = "\"traceId\":\"" + traceId + "\",\"spanId\":\"" + spanId + "\",\"flags\":" + flags;
        assertThat(post(with(fields)).status()).isEqualTo(200);
        ReceivedLogRecord log = collector.logs().records().get(0);
        assertThat(log.traceId()).contains(traceId);
        assertThat(log.spanId()).contains(spanId);
        assertThat(log.flags()).contains(Long.valueOf(flags));
    }

    @Test
    void shouldTakeABodyUpToTheLimit() throws IOException {
        String empty = logs(record(""));
        String most = logs(record("m".repeat(LogRules.MAX_BODY_BYTES - empty.length())));
        assertThat(post(most).status()).isEqualTo(200);
        assertThat(post(most.replace("mmm", "mmmm").substring(0, 10)).status()).isEqualTo(400);
        byte[] more = Batches.gzip(utf8(most + " "));
        assertThat(client.post(PATH, more, "Content-Encoding: gzip").status()).isEqualTo(413);
        assertThat(collector.logs().invalidReasons()).last().isEqualTo("body larger than 2000000 bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "/i/v1/logs, 400, query parameter token is missing",
        "/i/v1/logs?token, 400, query parameter token is missing",
        "/i/v1/logs?token=, 400, query parameter token is blank",
        "/i/v1/logs?token=phc_other, 401, token is not the one expected",
        "/i/v1/logs?token=phc_demo&token=phc_demo, 400, query parameter token is given twice"
    })
    void shouldCheckTheToken(String path, int status, String reason) throws IOException {
        assertThat(client.post(path, utf8(logs(record("m")))).status()).isEqualTo(status);
        assertThat(collector.logs().invalidReasons()).containsExactly(reason);
    }

    @Test
    void shouldDecodeTheToken() throws IOException {
        assertThat(client.post("/i/v1/logs?token=phc%5Fdemo", utf8(logs(record("m"))))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Type: text/plain, Content-Type is not application/json",
        "Authorization: Bearer phc_demo, Authorization header on the logs route",
        "Content-Encoding: deflate, Content-Encoding \"deflate\" is not accepted here",
        "Content-Encoding: identity, Content-Encoding \"identity\" is not accepted here"
    })
    void shouldCheckTheHeaderFields(String header, String reason) throws IOException {
        assertThat(client.post(PATH, utf8(logs(record("m"))), header).status()).isEqualTo(400);
        assertThat(collector.logs().invalidReasons()).containsExactly(reason);
    }
}
