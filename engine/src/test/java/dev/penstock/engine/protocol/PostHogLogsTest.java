package dev.penstock.engine.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.penstock.client.logs.LogSettings;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostHogLogsTest {

    private static final Attempt FIRST = new Attempt(new UUID(1, 1), 1, 1_772_359_204_871L, 1_772_359_204_871L);
    private static final Attempt SECOND = new Attempt(new UUID(1, 1), 2, 1_772_359_209_000L, 1_772_359_204_871L);

    private static PostHogLogs protocol(LogSettings.Builder settings) {
        return new PostHogLogs("phc_abc", settings.build(), "client", "penstock-java", "1.2.3");
    }

    private static PostHogLogs protocol() {
        return protocol(LogSettings.builder());
    }

    private static JsonNode parse(Protocol protocol, String records) throws IOException {
        return JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build()
                .readTree(new String(protocol.head(FIRST), UTF_8) + records + new String(protocol.tail(), UTF_8));
    }

    private static JsonNode resource(LogSettings.Builder settings, String key) throws IOException {
        JsonNode found = null;
        for (JsonNode attribute : parse(protocol(settings), "{}").at("/resourceLogs/0/resource/attributes")) {
            if (attribute.get("key").textValue().equals(key)) {
                assertThat(found).as("attribute %s given twice", key).isNull();
                found = attribute.get("value");
            }
        }
        return found;
    }

    private static String text(LogSettings.Builder settings, String key) throws IOException {
        JsonNode value = resource(settings, key);
        return value == null ? null : value.get("stringValue").textValue();
    }

    @Test
    @DisplayName("Logs: endpoint and auth")
    void shouldPostToTheLogsRouteWithTheKeyInTheQuery() {
        assertThat(protocol().path()).isEqualTo("/i/v1/logs?token=phc_abc");
        assertThat(protocol().headers(FIRST)).isEqualTo(Map.of("Content-Type", "application/json"));
    }

    @ParameterizedTest
    @CsvSource({
        "a b, a%20b",
        "a+b, a%2Bb",
        "a&token=c, a%26token%3Dc",
        "a#b?c/d, a%23b%3Fc%2Fd",
        "100%, 100%25",
        "é漢, %C3%A9%E6%BC%A2"
    })
    void shouldEncodeTheKeyForTheQuery(String key, String encoded) {
        PostHogLogs protocol = new PostHogLogs(key, LogSettings.DEFAULT, "client", "penstock-java", "1.2.3");

        assertThat(protocol.path()).isEqualTo("/i/v1/logs?token=" + encoded);
        assertThat(URI.create("http://h" + protocol.path()).getQuery()).isEqualTo("token=" + key);
    }

    @Test
    @DisplayName("Logs: one batch one envelope")
    void shouldPutAllRecordsIntoOneScopeOfOneResource() throws IOException {
        JsonNode body = parse(protocol(), "{},".repeat(19) + "{}");

        assertThat(body).hasSize(1);
        assertThat(body.get("resourceLogs")).hasSize(1);
        assertThat(body.at("/resourceLogs/0/scopeLogs")).hasSize(1);
        assertThat(body.at("/resourceLogs/0/scopeLogs/0/logRecords")).hasSize(20);
    }

    @Test
    @DisplayName("Logs: scope identifies the SDK")
    void shouldNameItselfAsTheScope() throws IOException {
        JsonNode scope = parse(protocol(), "{}").at("/resourceLogs/0/scopeLogs/0/scope");

        assertThat(scope).hasSize(2);
        assertThat(scope.get("name").textValue()).isEqualTo("penstock-java");
        assertThat(scope.get("version").textValue()).isEqualTo("1.2.3");
    }

    @Test
    void shouldDescribeTheServiceTheLibraryAndTheMachine() throws IOException {
        LogSettings.Builder settings = LogSettings.builder()
                .serviceName("checkout")
                .serviceVersion("7")
                .environment("production");

        assertThat(text(settings, "service.name")).isEqualTo("checkout");
        assertThat(text(settings, "service.version")).isEqualTo("7");
        assertThat(text(settings, "deployment.environment")).isEqualTo("production");
        assertThat(text(settings, "telemetry.sdk.name")).isEqualTo("penstock-java");
        assertThat(text(settings, "telemetry.sdk.version")).isEqualTo("1.2.3");
        assertThat(text(settings, "os.name")).isEqualTo(System.getProperty("os.name"));
        assertThat(text(settings, "os.version")).isEqualTo(System.getProperty("os.version"));
    }

    @Test
    void shouldNameTheServiceLikeTheClientUnlessTold() throws IOException {
        LogSettings.Builder settings = LogSettings.builder();

        assertThat(text(settings, "service.name")).isEqualTo("client");
        assertThat(resource(settings, "service.version")).isNull();
        assertThat(resource(settings, "deployment.environment")).isNull();
    }

    @Test
    @DisplayName("Logs: SDK identity keys protected")
    void shouldNotLetAttributesReplaceItsIdentity() throws IOException {
        LogSettings.Builder settings = LogSettings.builder()
                .serviceName("checkout")
                .serviceVersion("7")
                .resourceAttribute("service.name", "evil")
                .resourceAttribute("service.version", "evil")
                .resourceAttribute("telemetry.sdk.name", "evil")
                .resourceAttribute("telemetry.sdk.version", "evil")
                .resourceAttribute("service.instance.id", "i-1")
                .resourceAttribute("os.name", "TempleOS");

        assertThat(text(settings, "service.name")).isEqualTo("checkout");
        assertThat(text(settings, "service.version")).isEqualTo("7");
        assertThat(text(settings, "telemetry.sdk.name")).isEqualTo("penstock-java");
        assertThat(text(settings, "telemetry.sdk.version")).isEqualTo("1.2.3");
        assertThat(text(settings, "service.instance.id")).isEqualTo("i-1");
        assertThat(text(settings, "os.name")).isEqualTo("TempleOS");
        assertThat(text(LogSettings.builder().resourceAttribute("service.name", "evil"), "service.name"))
                .isEqualTo("client");
    }

    @Test
    void shouldWriteResourceAttributesOfEveryKind() throws IOException {
        JsonMapper mapper = JsonMapper.builder().build();
        LogSettings.Builder settings = LogSettings.builder()
                .resourceAttribute("text", "a \"b\" 漢")
                .resourceAttribute("int", 7)
                .resourceAttribute("bool", true)
                .resourceAttribute("double", 2.5)
                .resourceAttribute("float", 0.5f)
                .resourceAttribute("nan", Double.NaN)
                .resourceAttribute("other", URI.create("http://h"))
                .resourceAttribute("list", Arrays.asList(1, null, Map.of("k", "v")));

        assertThat(text(settings, "text")).isEqualTo("a \"b\" 漢");
        assertThat(resource(settings, "int")).isEqualTo(mapper.readTree("{\"intValue\":\"7\"}"));
        assertThat(resource(settings, "bool")).isEqualTo(mapper.readTree("{\"boolValue\":true}"));
        assertThat(resource(settings, "double")).isEqualTo(mapper.readTree("{\"doubleValue\":2.5}"));
        assertThat(resource(settings, "float")).isEqualTo(mapper.readTree("{\"doubleValue\":0.5}"));
        assertThat(text(settings, "nan")).isEqualTo("NaN");
        assertThat(text(settings, "other")).isEqualTo("http://h");
        assertThat(resource(settings, "list"))
                .isEqualTo(mapper.readTree("{\"arrayValue\":{\"values\":[{\"intValue\":\"1\"},"
                        + "{\"kvlistValue\":{\"values\":[{\"key\":\"k\",\"value\":{\"stringValue\":\"v\"}}]}}]}}"));
    }

    @Test
    void shouldEndWhereAResourceAttributeContainsItself() throws IOException {
        List<Object> list = new ArrayList<>(List.of("once"));
        list.add(list);

        assertThat(resource(LogSettings.builder().resourceAttribute("list", list), "list")
                        .toString())
                .contains("once");
    }

    @Test
    void shouldHaveOneEnvelopeForAllTries() {
        PostHogLogs protocol = protocol();
        protocol.head(FIRST)[0] = 'x';
        protocol.tail()[0] = 'x';

        assertThat(protocol.head(SECOND)).isEqualTo(protocol().head(FIRST)).hasSize(protocol.headLength());
        assertThat(new String(protocol.tail(), UTF_8)).isEqualTo("]}]}]}");
    }

    @Test
    void shouldKeepTheKeyOutOfTheBody() {
        assertThat(new String(protocol().head(FIRST), UTF_8)).doesNotContain("phc_abc");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    @DisplayName("Logs: success response")
    void shouldTakeEveryStatusOfSuccessAsDelivered(int status) {
        assertThat(protocol().verdict(status)).isEqualTo(Verdict.DELIVERED);
    }

    @Test
    @DisplayName("Logs: 413 shrinks the batch")
    void shouldSplitABatchThatIsTooLarge() {
        assertThat(protocol().verdict(413)).isEqualTo(Verdict.SPLIT);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 408, 429, 500, 501, 502, 503, 504, 520, 599})
    void shouldTryAgainAfterWhatMayPass(int status) {
        assertThat(protocol().verdict(status)).isEqualTo(Verdict.RETRY);
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 304, 400, 401, 402, 403, 404, 412, 414, 415, 422, 499})
    @DisplayName("Logs: poison 4xx dropped")
    void shouldGiveUpWhatTheServerWillNeverTake(int status) {
        assertThat(protocol().verdict(status)).isEqualTo(Verdict.REFUSED);
    }
}
