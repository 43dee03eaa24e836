package dev.penstock.collector;

import static dev.penstock.collector.Batches.PROPERTIES;
import static dev.penstock.collector.Batches.batch;
import static dev.penstock.collector.Batches.event;
import static dev.penstock.collector.Batches.gzip;
import static dev.penstock.collector.Batches.one;
import static dev.penstock.collector.Batches.utf8;
import static dev.penstock.collector.Batches.uuid;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the batch route, each by a request that breaks just one; in both modes. */
class BatchRulesTest {
    private static Collector storing;
    private static Collector counting;

    @BeforeAll
    static void start() {
        storing = Collector.start();
        counting = Collector.builder().mode(CollectorMode.COUNT).start();
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
                row("body is not a JSON object", ""),
                row("body is not valid JSON", batch(good).replace("]}", "]")),
                row("body is not valid JSON", batch(good).replace("12900", "012900")),
                row("body is not valid JSON", batch(good).replace("12900", "NaN")),
                row("body is not valid JSON", batch(good, "")),
                row("body is not valid JSON", batch(good).replace("penstock", "pen\nstock")),
                row("something follows the JSON object", batch(good) + "{}"),
                row("not proper UTF-8", batch(good).replace("penstock", "\\ud83d")),
                row("not proper UTF-8", batch(good).replace("penstock", "\\ude00\\ud83d")),
                row("api_key is missing", batch(good).replace("api_key", "token")),
                row("api_key is blank", batch(good).replace("phc_demo", " \\t")),
                row("api_key is not a string", batch(good).replace("\"phc_demo\"", "7")),
                row("api_key is null", batch(good).replace("\"phc_demo\"", "null")),
                row("api_key is used twice", batch(good).replace("\"sent_at\"", "\"api_key\"")),
                row("batch is missing", "{\"api_key\":\"k\"}"),
                row("batch is empty", batch()),
                row("batch is not an array", "{\"api_key\":\"k\",\"batch\":" + good + "}"),
                row("batch[0] is not an object", batch("7")),
                row("batch[1] is not an object", batch(good, "null")),
                row("sent_at is not a UTC", batch(good).replace("02.417Z", "02.417+01:00")),
                row("sent_at is not a string", batch(good).replace("\"2026-02-11T09:30:02.417Z\"", "1770802202")),
                row("historical_migration is not a boolean", migration("\"true\"")),
                row("historical_migration is null", migration("null")),
                row("batch[0]: event is missing", without("\"event\":\"a\",")),
                row("batch[0]: event is blank", batch(event("", 1))),
                row("batch[0]: event is blank", batch(event("  ", 1))),
                row("batch[0]: event is not a string", batch(good.replace("\"a\"", "5"))),
                row("batch[0]: distinct_id is missing", without("\"distinct_id\":\"account-7781\",")),
                row("batch[0]: distinct_id is blank", batch(good.replace("account-7781", ""))),
                row("batch[0]: distinct_id is not a string", batch(good.replace("\"account-7781\"", "7781"))),
                row("batch[0]: uuid is missing", without("\"uuid\":\"" + uuid(1) + "\",")),
                row("batch[0]: uuid is not a uuid", batch(good.replace(uuid(1), uuid(1).replace("-", "")))),
                row("batch[0]: uuid is not a uuid", batch(good.replace(uuid(1), uuid(1).replace('7', 'g')))),
                row("batch[0]: uuid is not a uuid", batch(good.replace(uuid(1), uuid(1).replace('7', 'ş')))),
                row("batch[0]: uuid is not a string", batch(good.replace("\"" + uuid(1) + "\"", "1"))),
                row("batch[1]: uuid is used twice", batch(good, event("b", 1))),
                row("batch[1]: uuid is used twice", batch(event("a", 0xab), upperCaseUuid(event("b", 0xab)))),
                row("batch[0]: timestamp is missing", without("\"timestamp\":\"2026-02-11T09:30:01.902Z\",")),
                row("batch[0]: timestamp is null", batch(good.replace("\"2026-02-11T09:30:01.902Z\"", "null"))),
                row("batch[0]: properties is missing", without(",\"properties\":" + PROPERTIES)),
                row("batch[0]: properties is not an object", batch(good.replace(PROPERTIES, "[]"))),
                row("batch[0]: properties is null", batch(good.replace(PROPERTIES, "null"))),
                row("batch[0]: $lib is missing", batch(good.replace("\"$lib\":", "\"lib\":"))),
                row("batch[0]: $lib is not a string", batch(good.replace("\"penstock\"", "null"))),
                row("batch[0]: $lib_version is missing", batch(good.replace("\"$lib_version\":", "\"v\":"))),
                row("batch[0]: $lib_version is not a string", batch(good.replace("\"0.1.0\"", "0.1"))),
                row("batch[0]: distinct_id is repeated", withProperty("\"distinct_id\":\"x\"")),
                row("batch[0]: $set is not an object", withProperty("\"$set\":\"{}\"")),
                row("batch[0]: $set_once is not an object", withProperty("\"$set_once\":[]")),
                row("batch[0]: $groups is not an object", withProperty("\"$groups\":null")),
                row("batch[0]: $set is not an object", withField("\"$set\":1")),
                row("batch[0]: other is null", withField("\"other\":null")),
                row("batch[0]: event is used twice", withField("\"event\":\"a\"")),
                row("batch[0]: $lib is used twice", withProperty("\"$lib\":\"x\"")),
                row("batch[0]: a is used twice", withProperty("\"deep\":[{\"x\":{\"a\":1,\"b\":2,\"a\":3}}]")),
                row("batch[0]: a is used twice", withProperty("\"deep\":{\"a\":1,\"\\u0061\":3}")),
                row("batch[0]: p7 is used twice", withProperty(manyProperties(60) + ",\"p7\":1")));
    }

    private static Arguments row(String reason, String body) {
        return Arguments.of(reason, body);
    }

    private static String migration(String value) {
        return batch(event("a", 1)).replace("{\"api_key\"", "{\"historical_migration\":" + value + ",\"api_key\"");
    }

    private static String without(String part) {
        String good = event("a", 1);
        assertThat(good).contains(part);
        return batch(good.replace(part, ""));
    }

    private static String withProperty(String property) {
        return batch(event("a", 1).replace("12900}", "12900," + property + "}"));
    }

    private static String withField(String field) {
        return batch(event("a", 1).replace("{\"event\"", "{" + field + ",\"event\""));
    }

    private static String upperCaseUuid(String event) {
        return event.replace(uuid(0xab), uuid(0xab).toUpperCase(Locale.ROOT));
    }

    private static String manyProperties(int count) {
        StringBuilder text = new StringBuilder("\"p0\":0");
        for (int i = 1; i < count; i++) {
            text.append(",\"p").append(i).append("\":").append(i);
        }
        return text.toString();
    }

    @ParameterizedTest
    @MethodSource("brokenBodies")
    void shouldRejectABodyThatBreaksOneRule(String reason, String body) throws IOException {
        for (Collector collector : new Collector[] {storing, counting}) {
            RawClient.Reply reply = RawClient.postOnce(collector, body);
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.body()).startsWith("{\"error\":\"");
            assertThat(collector.invalidReasons()).singleElement().asString().contains(reason);
            assertThat(collector.stats().invalid()).isEqualTo(1);
            assertThat(collector.stats().events()).isZero();
        }
    }

    static Stream<String> goodBodies() {
        String good = event("a", 1);
        return Stream.of(
                batch(good),
                batch(good, event("b", 2)),
                " \n" + batch(good).replace(",", " ,\r\n\t") + "\n",
                migration("true"),
                migration("false"),
                batch(good).replace("\"sent_at\":\"2026-02-11T09:30:02.417Z\",", ""),
                batch(good).replace("02.417Z", "02+00:00"),
                withProperty("\"$set\":{\"plan\":\"team\"},\"$set_once\":{},\"$groups\":{\"company\":\"northwind\"}"),
                withProperty("\"nothing\":null,\"list\":[1,[2,{}],null]"),
                withProperty("\"deep\":{\"distinct_id\":\"x\"}"),
                withProperty("\"text\":\"\\ud83d\\ude00 \\\\ud83d é ş 漢 😀 \\u0000\""),
                withProperty(manyProperties(60)),
                batch(event("$create_alias", 1).replace("12900}", "12900,\"distinct_id\":\"x\"}")),
                batch("{\"properties\":{\"distinct_id\":\"x\",\"$lib\":\"l\",\"$lib_version\":\"1\"},"
                        + good.replace("\"a\"", "\"$create_alias\"")
                                .replace(",\"properties\":" + PROPERTIES, "")
                                .substring(1)),
                batch(upperCaseUuid(event("a", 0xab))));
    }

    @ParameterizedTest
    @MethodSource("goodBodies")
    void shouldAcceptABodyThatKeepsTheRules(String body) throws IOException {
        for (Collector collector : new Collector[] {storing, counting}) {
            RawClient.Reply reply = RawClient.postOnce(collector, body);
            assertThat(reply.status()).as(reply.body()).isEqualTo(200);
            assertThat(reply.body()).isEqualTo("{\"status\":1}");
            assertThat(collector.stats().invalid()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-11T09:30:01Z",
                "2026-02-11T09:30:01.5Z",
                "2026-02-11T09:30:01.123456789012Z",
                "2026-02-11T09:30:01+00:00",
                "2024-02-29T23:59:59.000+00:00"
            })
    void shouldAcceptAUtcTimestamp(String timestamp) throws IOException {
        assertThat(postTimestamp(timestamp)).isEqualTo(200);
        assertThat(storing.events().get(0).timestampText()).isEqualTo(timestamp);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-11T09:30Z",
                "2026-02-11 09:30:01Z",
                "2026-02-11t09:30:01z",
                "2026-02-11T09:30:01",
                "2026-02-11T09:30:01.Z",
                "2026-02-11T09:30:01,5Z",
                "2026-02-11T09:30:01+0000",
                "2026-02-11T09:30:01-00:00",
                "2026-02-11T09:30:01+01:00",
                "2026-02-11T09:30:01ZZ",
                "2026-02-30T09:30:01Z",
                "2025-02-29T09:30:01Z",
                "2026-13-01T09:30:01Z",
                "2026-00-01T09:30:01Z",
                "2026-01-00T09:30:01Z",
                "2026-01-01T24:00:00Z",
                "2026-01-01T09:60:01Z",
                "2026-01-01T09:30:60Z",
                "20260-1-01T09:30:00Z",
                ""
            })
    void shouldRejectATimestampOfAnotherShape(String timestamp) throws IOException {
        assertThat(postTimestamp(timestamp)).isEqualTo(400);
    }

    private static int postTimestamp(String timestamp) throws IOException {
        return RawClient.postOnce(storing, one(1).replace("2026-02-11T09:30:01.902Z", timestamp))
                .status();
    }

    @Test
    void shouldRejectMalformedUtf8() throws IOException {
        for (String hex : new String[] {"80", "c0af", "e080af", "eda080", "f0808080", "f4908080", "ff", "e282"}) {
            byte[] body = utf8(one(1).replace("penstock", "#".repeat(hex.length() / 2)));
            int at = new String(body, StandardCharsets.UTF_8).indexOf('#');
            for (int i = 0; i < hex.length() / 2; i++) {
                body[at + i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
            }
            try (RawClient client = new RawClient(storing)) {
                assertThat(client.post("/batch", body).status()).as(hex).isEqualTo(400);
            }
        }
        assertThat(storing.invalidReasons()).allMatch(reason -> reason.contains("UTF-8"));
    }

    @Test
    void shouldRejectOtherUnicodeEncodings() throws IOException {
        try (RawClient client = new RawClient(storing)) {
            byte[] utf16 = one(1).getBytes(StandardCharsets.UTF_16LE);
            assertThat(client.post("/batch", utf16).status()).isEqualTo(400);
            assertThat(client.post("/batch", utf8("\ufeff" + one(1))).status()).isEqualTo(400);
        }
    }

    @Test
    void shouldCheckTheHeaderFields() throws IOException {
        try (RawClient client = new RawClient(storing)) {
            byte[] body = utf8(one(1));
            assertThat(client.post("/batch", body, "Content-Type: text/plain").status())
                    .isEqualTo(400);
            assertThat(client.post("/batch", body, "Content-Type: application/jsonp")
                            .status())
                    .isEqualTo(400);
            assertThat(client.post("/batch", body, "Authorization: Bearer phc_demo")
                            .status())
                    .isEqualTo(400);
            assertThat(client.post("/batch", body, "Content-Encoding: identity").status())
                    .isEqualTo(400);
            assertThat(client.post("/batch", body, "Content-Type: application/json; charset=utf-8")
                            .status())
                    .isEqualTo(200);
        }
        assertThat(storing.invalidReasons())
                .containsExactly(
                        "Content-Type is not application/json",
                        "Content-Type is not application/json",
                        "Authorization header on the batch route",
                        "Content-Encoding \"identity\" is not accepted here");
    }

    @Test
    void shouldAcceptGzipAndCountBothSizes() throws IOException {
        byte[] plain = utf8(one(1));
        byte[] wire = gzip(plain);
        try (RawClient client = new RawClient(storing)) {
            assertThat(client.post("/batch/", wire, "Content-Encoding: gzip").status())
                    .isEqualTo(200);
        }
        assertThat(storing.stats()).isEqualTo(new CollectorStats(1, 1, 1, 0, 0, wire.length, plain.length, 0, 0, 0, 0));
        assertThat(storing.requests().get(0).body()).isEqualTo(one(1));
        assertThat(storing.requests().get(0).wireBytes()).isEqualTo(wire.length);
    }

    @Test
    void shouldRejectDamagedGzip() throws IOException {
        byte[] good = gzip(utf8(one(1)));
        byte[] wrongSum = good.clone();
        wrongSum[good.length - 8] ^= 1;
        byte[] wrongLength = good.clone();
        wrongLength[good.length - 4] ^= 1;
        byte[] damaged = good.clone();
        damaged[12] ^= 0x55;
        byte[] twoMembers = Arrays.copyOf(good, good.length * 2);
        System.arraycopy(good, 0, twoMembers, good.length, good.length);
        byte[][] bodies = {
            wrongSum,
            wrongLength,
            damaged,
            twoMembers,
            Arrays.copyOf(good, good.length + 1),
            Arrays.copyOf(good, good.length - 1),
            Arrays.copyOf(good, good.length - 12),
            Arrays.copyOf(good, 5),
            utf8(one(1)),
            {}
        };
        for (byte[] body : bodies) {
            try (RawClient client = new RawClient(storing)) {
                assertThat(client.post("/batch", body, "Content-Encoding: gzip").status())
                        .isEqualTo(400);
            }
        }
        assertThat(storing.invalidReasons()).hasSize(bodies.length).allMatch(reason -> reason.contains("gzip"));
        try (RawClient client = new RawClient(storing)) {
            assertThat(client.post("/batch", good).status()).isEqualTo(400);
        }
    }

    @Test
    void shouldReadEveryOptionalGzipHeaderField() throws IOException {
        byte[] good = gzip(utf8(one(1)));
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(good, 0, 3);
        body.writeBytes(new byte[] {2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 0, 3, 0, 1, 2, 3, 'n', 0, 'c', 0, 9, 9});
        body.write(good, 10, good.length - 10);
        try (RawClient client = new RawClient(storing)) {
            assertThat(client.post("/batch", body.toByteArray(), "Content-Encoding: gzip")
                            .status())
                    .isEqualTo(200);
        }
    }
}
