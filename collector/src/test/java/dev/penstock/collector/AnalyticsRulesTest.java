package dev.penstock.collector;

import static dev.penstock.collector.AnalyticsRequests.PROPERTIES;
import static dev.penstock.collector.AnalyticsRequests.batch;
import static dev.penstock.collector.AnalyticsRequests.event;
import static dev.penstock.collector.AnalyticsRequests.request;
import static dev.penstock.collector.Batches.uuid;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the analytics route, each by a request that breaks just one; in both modes. */
class AnalyticsRulesTest {
    private static Collector storing;
    private static Collector counting;

    @BeforeAll
    static void start() {
        storing = Collector.builder().apiKey("phc_demo").start();
        counting =
                Collector.builder().apiKey("phc_demo").mode(CollectorMode.COUNT).start();
    }

    @AfterAll
    static void stop() {
        storing.close();
        counting.close();
    }

    @BeforeEach
    void reset() {
        storing.reset();
        counting.reset();
    }

    static Stream<Arguments> brokenBodies() {
        String good = event("a", 1);
        return Stream.of(
                row("body is not a JSON object", "[]"),
                row("body is not valid JSON", batch(good).replace("]}", "]")),
                row("something follows the JSON object", batch(good) + "{}"),
                row("not proper UTF-8", batch(good).replace("pdf", "\\ud83d")),
                row("created_at is missing", batch(good).replace("created_at", "made_at")),
                row("created_at is not a UTC", batch(good).replace("02.400Z", "02.400+01:00")),
                row("created_at is not a string", batch(good).replace("\"2026-02-11T09:30:02.400Z\"", "1")),
                row("batch is missing", batch(good).replace("\"batch\"", "\"events\"")),
                row("batch is empty", batch()),
                row("batch is not an array", batch(good).replace("[", "").replace("]", "")),
                row("batch[1] is not an object", batch(good, "7")),
                row("historical_migration is not true", atRoot("\"historical_migration\":false")),
                row("historical_migration is not true", atRoot("\"historical_migration\":\"true\"")),
                row("historical_migration is null", atRoot("\"historical_migration\":null")),
                row("api_key is in the body", atRoot("\"api_key\":\"phc_demo\"")),
                row("token is in the body", atRoot("\"token\":\"phc_demo\"")),
                row("sent_at is in the body", atRoot("\"sent_at\":\"2026-02-11T09:30:02.400Z\"")),
                row("other is null", atRoot("\"other\":null")),
                row("batch[0]: event is missing", without("\"event\":\"a\",")),
                row("batch[0]: event is blank", batch(event(" ", 1))),
                row("batch[0]: uuid is missing", without("\"uuid\":\"" + uuid(1) + "\",")),
                row("batch[0]: uuid is not a uuid", batch(good.replace(uuid(1), uuid(1).replace("-", "")))),
                row("batch[1]: uuid is used twice in the request", batch(good, event("b", 1))),
                row("batch[0]: distinct_id is missing", without("\"distinct_id\":\"account-7781\",")),
                row("batch[0]: distinct_id is blank", batch(good.replace("account-7781", ""))),
                row("batch[0]: distinct_id is not a string", batch(good.replace("\"account-7781\"", "7"))),
                row("batch[0]: timestamp is missing", without("\"timestamp\":\"2026-02-11T09:30:01.902Z\",")),
                row("batch[0]: timestamp is not a UTC", batch(good.replace("01.902Z", "01.902"))),
                row("batch[0]: options is not an object", options("[]")),
                row("batch[0]: options is null", options("null")),
                row("cookieless_mode in options is not a boolean", options("{\"cookieless_mode\":\"true\"}")),
                row("disable_skew_correction in options is not a b", options("{\"disable_skew_correction\":1}")),
                row("process_person_profile in options is not a bo", options("{\"process_person_profile\":\"\"}")),
                row("process_person_profile is null", options("{\"process_person_profile\":null}")),
                row("product_tour_id in options is not a string", options("{\"product_tour_id\":7}")),
                row("$cookieless_mode is no option", options("{\"$cookieless_mode\":true}")),
                row("cookieless_mode is used twice", options("{\"cookieless_mode\":true,\"cookieless_mode\":true}")),
                row("batch[0]: properties is not an object", batch(good.replace(PROPERTIES, "[]"))),
                row("batch[0]: properties is null", batch(good.replace(PROPERTIES, "null"))),
                row("batch[0]: session_id is not a string", withField("\"session_id\":7")),
                row("batch[0]: session_id is null", withField("\"session_id\":null")),
                row("batch[0]: window_id is not a string", withField("\"window_id\":true")),
                row("batch[0]: $set is at the root", withField("\"$set\":{}")),
                row("batch[0]: $set_once is at the root", withField("\"$set_once\":{}")),
                row("batch[0]: $groups is at the root", withField("\"$groups\":{}")),
                row("batch[0]: $session_id is left in properties", withProperty("\"$session_id\":\"s\"")),
                row("batch[0]: $window_id is left in properties", withProperty("\"$window_id\":\"w\"")),
                row("$process_person_profile is left", withProperty("\"$process_person_profile\":false")),
                row("batch[0]: $cookieless_mode is left", withProperty("\"$cookieless_mode\":null")),
                row("batch[0]: $ignore_sent_at is left", withProperty("\"$ignore_sent_at\":true")),
                row("batch[0]: $product_tour_id is left", withProperty("\"$product_tour_id\":\"t\"")),
                row("batch[0]: distinct_id is repeated", withProperty("\"distinct_id\":\"x\"")),
                row(
                        "distinct_id is repeated",
                        withProperty("\"distinct_id\":\"x\"").replace("\"a\"", "\"$create_alias\"")),
                row("batch[0]: $set is not an object", withProperty("\"$set\":\"{}\"")),
                row("batch[0]: format is used twice", withProperty("\"format\":1")));
    }

    private static Arguments row(String reason, String body) {
        return Arguments.of(reason, body);
    }

    private static String atRoot(String field) {
        return batch(event("a", 1)).replace("{\"created_at\"", "{" + field + ",\"created_at\"");
    }

    private static String without(String part) {
        String good = event("a", 1);
        assertThat(good).contains(part);
        return batch(good.replace(part, ""));
    }

    private static String options(String value) {
        return batch(event("a", 1).replace("\"options\":{}", "\"options\":" + value));
    }

    private static String withField(String field) {
        return batch(event("a", 1).replace("{\"event\"", "{" + field + ",\"event\""));
    }

    private static String withProperty(String property) {
        return batch(event("a", 1).replace("\"pdf\"}", "\"pdf\"," + property + "}"));
    }

    @ParameterizedTest
    @MethodSource("brokenBodies")
    void shouldRejectABodyThatBreaksOneRule(String reason, String body) throws IOException {
        for (Collector collector : new Collector[] {storing, counting}) {
            RawClient.Reply reply = request().body(body).postTo(collector);
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.body()).startsWith("{\"error\":\"request_parsing_error\",\"error_description\":\"");
            assertThat(reply.headers()).doesNotContainKey("retry-after");
            assertThat(collector.invalidReasons()).singleElement().asString().contains(reason);
            assertThat(collector.stats().invalid()).isEqualTo(1);
            assertThat(collector.stats().events()).isZero();
        }
    }

    static Stream<String> goodBodies() {
        return Stream.of(
                batch(event("a", 1)),
                batch(event("a", 1), event("b", 2)),
                atRoot("\"historical_migration\":true"),
                atRoot("\"other\":[1,{}]"),
                withField("\"session_id\":\"s\",\"window_id\":\"w\""),
                withField("\"other\":{\"distinct_id\":\"x\"}"),
                options("{\"cookieless_mode\":true,\"disable_skew_correction\":false,"
                        + "\"process_person_profile\":false,\"product_tour_id\":\"t\"}"),
                without(",\"properties\":" + PROPERTIES),
                without("\"options\":{},"),
                batch(event("a", 1).replace(PROPERTIES, "{}")),
                batch(event("$create_alias", 1).replace("\"pdf\"", "\"pdf\",\"alias\":\"guest\"")),
                batch(event("a $ai_", 1)),
                batch(event("$ai", 1)),
                withProperty("\"$set\":{\"plan\":\"team\"},\"$set_once\":{},\"$groups\":{\"company\":\"n\"}"),
                withProperty("\"$lib\":\"l\",\"nothing\":null,\"deep\":{\"distinct_id\":\"x\",\"$session_id\":\"s\"}"));
    }

    @ParameterizedTest
    @MethodSource("goodBodies")
    void shouldAcceptABodyThatKeepsTheRules(String body) throws IOException {
        for (Collector collector : new Collector[] {storing, counting}) {
            RawClient.Reply reply = request().body(body).postTo(collector);
            assertThat(reply.status()).as(reply.body()).isEqualTo(200);
            assertThat(reply.body()).startsWith("{\"results\":{\"" + uuid(1) + "\":{\"result\":\"ok\"}");
            assertThat(reply.headers())
                    .containsEntry("posthog-request-id", AnalyticsRequests.ID)
                    .doesNotContainKey("retry-after");
            assertThat(collector.invalidReasons()).isEmpty();
            assertThat(collector.stats().analyticsEvents())
                    .isEqualTo(collector.stats().events())
                    .isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type",
                "User-Agent",
                "PostHog-Sdk-Info",
                "PostHog-Request-Id",
                "PostHog-Attempt",
                "PostHog-Request-Timestamp"
            })
    void shouldRejectARequestWithoutAHeader(String name) throws IOException {
        // The client adds a content type where there is none, so an empty one stands for none.
        RawClient.Reply reply = name.equals("Content-Type")
                ? request().with(name, "").postTo(storing)
                : request().without(name).postTo(storing);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).startsWith("{\"error\":\"missing_required_headers\",");
        assertThat(storing.invalidReasons()).containsExactly(name + " header is missing");
    }

    @ParameterizedTest
    @CsvSource({
        "User-Agent, penstock, name/version",
        "User-Agent, pen stock/1, name/version",
        "User-Agent, penstock/, name/version",
        "PostHog-Sdk-Info, /1.0, name/version",
        "PostHog-Sdk-Info, penstock/1/2, name/version",
        "PostHog-Request-Id, 019c4c0a6f107000800000000000077, a uuid",
        "PostHog-Request-Id, 019c4c0a-6f10-7000-8000-00000000077g, a uuid",
        "PostHog-Attempt, 0, at least 1",
        "PostHog-Attempt, -1, at least 1",
        "PostHog-Attempt, 01, at least 1",
        "PostHog-Attempt, 1.0, at least 1",
        "PostHog-Attempt, one, at least 1",
        "PostHog-Request-Timestamp, 2026-02-11T09:30:02+01:00, UTC timestamp",
        "PostHog-Request-Timestamp, 2026-02-11, UTC timestamp"
    })
    void shouldRejectAMalformedHeader(String name, String value, String reason) throws IOException {
        RawClient.Reply reply = request().with(name, value).postTo(storing);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).startsWith("{\"error\":\"missing_required_headers\",");
        assertThat(storing.invalidReasons())
                .singleElement()
                .asString()
                .startsWith(name + " is not ")
                .contains(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "'', Authorization header is missing",
        "phc_demo, Authorization header is not a bearer key",
        "bearer phc_demo, Authorization header is not a bearer key",
        "Bearer phc_other, the bearer key is not the one expected"
    })
    void shouldRejectAnotherKey(String value, String reason) throws IOException {
        AnalyticsRequests request = request().with("Authorization", value);
        RawClient.Reply reply = (value.isEmpty() ? request.without("Authorization") : request).postTo(storing);
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.body()).startsWith("{\"error\":\"missing_authorization\",");
        assertThat(storing.invalidReasons()).containsExactly(reason);
    }

    @Test
    void shouldTakeAnyKeyWhenNoneIsExpected() throws IOException {
        try (Collector collector = Collector.start()) {
            assertThat(request()
                            .with("Authorization", "Bearer phc_other")
                            .postTo(collector)
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void shouldRejectAnotherContentType() throws IOException {
        RawClient.Reply reply = request().with("Content-Type", "text/plain").postTo(storing);
        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.body()).startsWith("{\"error\":\"unsupported_content_type\",");
        assertThat(storing.invalidReasons()).containsExactly("Content-Type is not application/json");
    }

    @Test
    void shouldServeThePathWithASlashToo() throws IOException {
        RawClient.Reply reply = request().path(AnalyticsRequests.PATH + "/").postTo(storing);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(storing.eventsBy(Route.ANALYTICS)).hasSize(1);
    }

    @Test
    void shouldDropAnAiEventAndTakeItsNeighbours() throws IOException {
        for (Collector collector : new Collector[] {storing, counting}) {
            RawClient.Reply reply =
                    request(event("a", 1), event("$ai_trace", 2), event("b", 3)).postTo(collector);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body())
                    .isEqualTo("{\"results\":{\"" + uuid(1) + "\":{\"result\":\"ok\"},\"" + uuid(2)
                            + "\":{\"result\":\"drop\",\"details\":\"invalid_event\"},\"" + uuid(3)
                            + "\":{\"result\":\"ok\"}}}");
            assertThat(collector.invalidReasons())
                    .containsExactly("batch[1]: event begins with $ai_, which this route does not take");
            assertThat(collector.stats().invalid()).isEqualTo(1);
            assertThat(collector.stats().distinct()).isEqualTo(2);
        }
        assertThat(storing.events()).extracting(ReceivedEvent::event).containsExactly("a", "b");
        assertThat(storing.requests().get(0).events()).hasSize(3);
    }

    @Test
    void shouldRefuseAKeyInTheHeaderOfTheOtherRoutes() throws IOException {
        try (RawClient client = new RawClient(storing)) {
            for (String path : new String[] {"/batch", "/i/v0/ai/batch/"}) {
                byte[] body = Batches.utf8(Batches.one(1));
                assertThat(client.post(path, body, "Authorization: Bearer phc_demo")
                                .status())
                        .isEqualTo(400);
            }
        }
        assertThat(storing.invalidReasons())
                .containsExactly("Authorization header on the batch route", "Authorization header on the AI route");
    }
}
