package dev.penstock.collector;

import static dev.penstock.collector.FlagClient.BODY;
import static dev.penstock.collector.FlagClient.EVALUATION;
import static dev.penstock.collector.FlagClient.SECRET;
import static dev.penstock.collector.FlagClient.config;
import static dev.penstock.collector.FlagClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlagEvaluationTest {
    private static final String NONE =
            "\\{\"flags\":\\{},\"errorsWhileComputingFlags\":false,\"requestId\":\"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\"}";

    private Collector collector;
    private FlagClient client;

    @BeforeEach
    void start() {
        collector = Collector.builder().apiKey("phc_demo").secretKey(SECRET).start();
        client = new FlagClient(collector);
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/flags/?v=2", "/flags?v=2", "/flags/", "/flags", "/flags/?v=2&config=false"})
    void shouldAnswerNoFlagsUntilToldOtherwise(String target) throws Exception {
        HttpResponse<byte[]> response = client.post(target, BODY);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(text(response)).matches(NONE);
        assertThat(collector.flags().requests()).singleElement().satisfies(request -> {
            assertThat(request.route()).isEqualTo(FlagRoute.EVALUATION);
            assertThat(request.invalidReason()).isEmpty();
            assertThat(request.body()).isEqualTo(BODY);
            assertThat(request.fields())
                    .containsEntry("distinct_id", "account-7781")
                    .containsEntry("person_properties", Map.of("seats", 40L))
                    .containsEntry("flag_keys_to_evaluate", List.of("new-editor"));
        });
        assertThat(collector.stats().requests()).isZero();
    }

    @Test
    void shouldNumberEachAnswerAnew() throws Exception {
        assertThat(text(client.evaluate())).isNotEqualTo(text(client.evaluate()));
    }

    @Test
    void shouldAnswerWhatIsScripted() throws Exception {
        collector.flags().answer("{\"flags\":{\"é\":1}}");
        assertThat(text(client.evaluate())).isEqualTo("{\"flags\":{\"é\":1}}");
        collector
                .flags()
                .answers(request -> "\"" + request.status() + request.fields().get("distinct_id") + "\"");
        assertThat(text(client.evaluate())).isEqualTo("\"0account-7781\"");
        collector.reset();
        assertThat(text(client.evaluate())).matches(NONE);
        assertThat(collector.flags().requestCount()).isEqualTo(1);
    }

    @Test
    void shouldAnswer500WhenTheScriptThrows() throws Exception {
        collector.flags().answers(request -> {
            throw new IllegalStateException("oops");
        });
        assertThat(text(client.evaluate())).contains("oops");
        assertThat(collector.flags().requests().get(0).status()).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"token\":\"phc_demo\"         | \"token\":\"phc_other\"         | 401 | token is not the one expected",
                "\"token\":\"phc_demo\"         | \"api_key\":\"phc_other\"       | 401 | api_key is not the one expected",
                "\"token\":\"phc_demo\",        |                                 | 400 | token is missing",
                "\"token\":\"phc_demo\"         | \"token\":\" \"                 | 400 | token is blank",
                "\"token\":\"phc_demo\"         | \"token\":7                     | 400 | token is not a string",
                "\"account-7781\"               | \"\"                            | 400 | distinct_id is empty",
                "\"account-7781\"               | 7                               | 400 | distinct_id is not a string",
                "\"distinct_id\"                | \"distinctId\"                  | 400 | distinct_id is missing",
                "\"groups\":                    | \"group\":                      | 400 | groups is missing",
                "\"groups\":{\"company\":\"n\"} | \"groups\":null                 | 400 | groups is not an object",
                "\"company\":\"n\"              | \"company\":7                   | 400 | groups has a value that is not a string",
                "\"person_properties\"          | \"properties\"                  | 400 | person_properties is missing",
                "\"person_properties\":{\"seats\":40} | \"person_properties\":[]  | 400 | person_properties is not an object",
                "\"group_properties\"           | \"x\"                           | 400 | group_properties is missing",
                "\"company\":{\"seats\":40}     | \"seats\":40                    | 400 | group_properties has a value that is not an object",
                "\"geoip_disable\":false,       |                                 | 400 | geoip_disable is missing",
                "\"geoip_disable\":false        | \"geoip_disable\":\"false\"     | 400 | geoip_disable is not a boolean",
                "[\"new-editor\"]               | \"new-editor\"                  | 400 | flag_keys_to_evaluate is not a list of strings",
                "[\"new-editor\"]               | [\"new-editor\",1]              | 400 | flag_keys_to_evaluate is not a list of strings",
                "[\"new-editor\"]               | null                            | 400 | flag_keys_to_evaluate is not a list of strings",
                "\"token\"                      | \"evaluation_contexts\":{},\"token\" | 400 | evaluation_contexts is not a list of strings",
                "\"token\"                      | \"$device_id\":null,\"token\"   | 400 | $device_id is not a string",
                "\"token\"                      | \"device_id\":1,\"token\"       | 400 | device_id is not a string",
                "\"token\"                      | \"groups\":{},\"token\"         | 400 | body is not valid JSON: Duplicate field 'groups'",
            })
    void shouldRefuseABodyThatBreaksARule(String from, String to, int status, String reason) throws Exception {
        String broken = BODY.replace(from, to == null ? "" : to);
        assertThat(broken).isNotEqualTo(BODY);

        assertThat(client.post(EVALUATION, broken).statusCode()).isEqualTo(status);
        assertThat(collector.flags().invalidReasons()).containsExactly(reason);
        assertThat(collector.flags().requests().get(0).body()).isEqualTo(broken);
        assertThat(client.evaluate().statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "7", "{", "{} {}", "\uFEFF{}", "{\"token\":\"\\ud800\"}"})
    void shouldRefuseABodyThatIsNoJsonObject(String body) throws Exception {
        assertThat(client.post(EVALUATION, body).statusCode()).isEqualTo(400);
        assertThat(collector.flags().invalidReasons()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"token\"         | \"api_key\"",
                "\"company\":\"n\" |",
                "\"seats\":40      |",
                "\"company\":{\"seats\":40} |",
                ",\"flag_keys_to_evaluate\":[\"new-editor\"] |",
                "[\"new-editor\"]  | []",
                "\"token\"         | \"$device_id\":\"d\",\"evaluation_contexts\":[\"web\"],\"evaluation_runtime\":\"server\",\"sent_at\":\"2026-02-11T09:30:02Z\",\"new\":null,\"token\"",
            })
    void shouldAcceptEveryFormTheRulesAllow(String from, String to) throws Exception {
        String changed = BODY.replace(from, to == null ? "" : to);
        assertThat(changed).isNotEqualTo(BODY);

        assertThat(text(client.post(EVALUATION, changed))).matches(NONE);
    }

    @Test
    void shouldRefuseAnAuthorizationHeaderAndOtherTypesAndVersions() throws Exception {
        assertThat(client.post(EVALUATION, BODY, "Authorization", "Bearer " + SECRET)
                        .statusCode())
                .isEqualTo(400);
        assertThat(client.post("/flags/?v=3", BODY).statusCode()).isEqualTo(400);
        assertThat(client.post("/flags/?w=2", BODY).statusCode()).isEqualTo(400);
        try (RawClient raw = new RawClient(collector)) {
            byte[] body = Batches.utf8(BODY);
            assertThat(raw.post("/flags/", body, "Content-Type: text/plain").status())
                    .isEqualTo(400);
            assertThat(raw.post("/flags/", body, "Content-Encoding: br").status())
                    .isEqualTo(400);
            assertThat(raw.post("/flags/", Batches.gzip(body), "Content-Encoding: gzip")
                            .status())
                    .isEqualTo(200);
            raw.send("POST /flags/ HTTP/1.1\r\nContent-Type: application/json\r\n\r\n");
            assertThat(raw.read().status()).isEqualTo(411);
        }
        assertThat(collector.flags().invalidReasons())
                .containsExactly(
                        "Authorization header on the flags route",
                        "query parameter v is not 2",
                        "query parameter v is missing",
                        "Content-Type is not application/json",
                        "Content-Encoding \"br\" is not accepted here",
                        "neither Content-Length nor Transfer-Encoding");
        assertThat(collector.invalidReasons()).isEmpty();
    }

    @Test
    void shouldAnswerRemoteConfigsByTheirDecodedKey() throws Exception {
        collector.flags().remoteConfig("a/b é+c", "{\"limit\":1}");

        assertThat(text(client.get(config("a%2Fb%20%C3%A9+c")))).isEqualTo("{\"limit\":1}");
        assertThat(client.get(config("other")).statusCode()).isEqualTo(404);
        assertThat(client.getWithoutSecret(config("other")).statusCode()).isEqualTo(401);
        assertThat(client.get(config("other").replace("phc_demo", "phc_other")).statusCode())
                .isEqualTo(401);
        assertThat(client.get(config("%ff")).statusCode()).isEqualTo(400);
        assertThat(collector.flags().requestsTo(FlagRoute.REMOTE_CONFIG))
                .extracting(FlagRequest::status)
                .containsExactly(200, 404, 401, 401, 400);
        for (String unknown : new String[] {config(""), config("a/b"), "/api/projects/@current/feature_flags/a"}) {
            assertThat(client.get(unknown).statusCode()).as(unknown).isEqualTo(404);
        }
        assertThat(collector.flags().requestCount()).isEqualTo(5);
        collector.reset();
        assertThat(client.get(config("a%2Fb%20%C3%A9+c")).statusCode()).isEqualTo(404);
    }

    @Test
    void shouldOnlyCountInCountingModeAndBeyondTheBounds() throws IOException, InterruptedException {
        try (Collector counting = Collector.builder().mode(CollectorMode.COUNT).start();
                Collector small = Collector.builder().maxStoredEvents(1).start()) {
            for (Collector each : new Collector[] {counting, small}) {
                new FlagClient(each).evaluate();
                new FlagClient(each).evaluate();
                assertThat(each.flags().requestCount()).isEqualTo(2);
            }
            assertThat(counting.flags().requests()).isEmpty();
            assertThat(small.flags().requests()).hasSize(1);
            assertThat(small.storedAll()).isTrue();
        }
    }
}
