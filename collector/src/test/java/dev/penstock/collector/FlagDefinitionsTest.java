package dev.penstock.collector;

import static dev.penstock.collector.FlagClient.DEFINITIONS;
import static dev.penstock.collector.FlagClient.SECRET;
import static dev.penstock.collector.FlagClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlagDefinitionsTest {
    private static final String EMPTY = "{\"flags\":[],\"group_type_mapping\":{},\"cohorts\":{}}";
    private static final String ONE = "{\"flags\":[{\"key\":\"é\",\"active\":true}]}";
    private static final String TWO = "{\"flags\":[{\"key\":\"a\"},{\"key\":\"b\"}]}";

    @TempDir
    private Path folder;

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

    @Test
    void shouldAnswerAnEmptySetUntilOneIsGiven() throws Exception {
        HttpResponse<byte[]> response = client.get(DEFINITIONS);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(text(response)).isEqualTo(EMPTY);
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/flags/definitions?token=phc_demo&send_cohorts",
                "/flags/definitions/?send_cohorts&token=phc_demo",
                "/flags/definitions?token=phc%5fdemo&send_cohorts",
                "/api/feature_flag/local_evaluation/?token=phc_demo&send_cohorts",
                "/api/feature_flag/local_evaluation?token=phc_demo&send_cohorts",
            })
    void shouldAnswerTheDefinitionsItHoldsOnEveryPath(String target) throws Exception {
        collector.flags().definitions(ONE);

        HttpResponse<byte[]> response = client.get(target);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(text(response)).isEqualTo(ONE);
        assertThat(collector.flags().requests()).singleElement().satisfies(request -> {
            assertThat(request.route()).isEqualTo(FlagRoute.DEFINITIONS);
            assertThat(target).isEqualTo(request.path() + "?" + request.query());
            assertThat(request.header("authorization")).contains("Bearer " + SECRET);
            assertThat(request.header("if-none-match")).isEmpty();
            assertThat(request.status()).isEqualTo(200);
        });
    }

    @Test
    void shouldAnswer304OnlyToTheVeryTagItGave() throws Exception {
        collector.flags().definitions(ONE);
        String tag = client.get(DEFINITIONS).headers().firstValue("etag").orElseThrow();
        assertThat(tag).matches("W/\"[0-9a-f]{16}\"");

        HttpResponse<byte[]> same = client.get(DEFINITIONS, "If-None-Match", tag);
        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(same.headers().firstValue("etag")).contains(tag);
        assertThat(client.get(DEFINITIONS, "If-None-Match", tag.substring(2)).statusCode())
                .isEqualTo(200);

        collector.flags().definitions(TWO);
        HttpResponse<byte[]> changed = client.get(DEFINITIONS, "If-None-Match", tag);
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(text(changed)).isEqualTo(TWO);
        assertThat(changed.headers().firstValue("etag"))
                .isPresent()
                .isNotEqualTo(same.headers().firstValue("etag"));

        collector.flags().definitions(ONE);
        assertThat(client.get(DEFINITIONS, "If-None-Match", tag).statusCode()).isEqualTo(304);
        assertThat(collector.flags().requests())
                .extracting(FlagRequest::status)
                .containsExactly(200, 304, 200, 200, 304);
        assertThat(collector.totalConnections()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip                | true",
                "br, GZIP;q=0.5      | true",
                "gzip;q=0            | false",
                "gzip; q=0.0, br     | false",
                "br                  | false",
                "x-gzip              | false",
            })
    void shouldPackForThoseWhoTakeIt(String accepted, boolean packed) throws Exception {
        collector.flags().definitions(ONE);

        HttpResponse<byte[]> response = client.get(DEFINITIONS, "Accept-Encoding", accepted);

        assertThat(response.headers().firstValue("content-encoding").isPresent())
                .isEqualTo(packed);
        assertThat(packed ? unpacked(response.body()) : text(response)).isEqualTo(ONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none                | 401 | Authorization header is missing",
                "Basic phs_secret_1  | 401 | Authorization header is not a bearer key",
                "Bearer              | 401 | Authorization header is not a bearer key",
                "Bearer phs_secret_2 | 401 | the secret key is not the one expected",
            })
    void shouldRefuseOtherSecrets(String authorization, int status, String reason) throws Exception {
        String[] headers = authorization == null ? new String[0] : new String[] {"Authorization", authorization};

        HttpResponse<byte[]> response = client.getWithoutSecret(DEFINITIONS, headers);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(text(response)).isEqualTo("{\"error\":\"" + reason + "\"}");
        assertThat(collector.flags().invalidReasons()).containsExactly(reason);
        assertThat(collector.flags().requests().get(0).invalidReason()).contains(reason);
        assertThat(client.get(DEFINITIONS).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?send_cohorts                              | 400 | query parameter token is missing",
                "?token&send_cohorts                        | 400 | query parameter token is missing",
                "?token=%20&send_cohorts                    | 400 | query parameter token is blank",
                "?token=phc_other&send_cohorts              | 401 | token is not the one expected",
                "?token=phc_demo                            | 400 | query parameter send_cohorts is missing",
                "?token=phc_demo&send_cohorts=              | 400 | query parameter send_cohorts has a value",
                "?token=phc_demo&token=phc_demo             | 400 | query parameter token is given twice",
                "?token=phc%C3&send_cohorts                 | 400 | request target is not properly percent-encoded",
            })
    void shouldRefuseOtherQueries(String query, int status, String reason) throws Exception {
        HttpResponse<byte[]> response = client.get("/flags/definitions" + query);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(collector.flags().invalidReasons()).containsExactly(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%4", "%4g", "%zz", "\u007f"})
    void shouldRefuseATargetThatIsNotPercentEncoded(String token) throws Exception {
        try (RawClient raw = new RawClient(collector)) {
            raw.send("GET /flags/definitions?send_cohorts&token=" + token + " HTTP/1.1\r\nAuthorization: Bearer "
                    + SECRET + "\r\n\r\n");

            assertThat(raw.read().body()).contains("percent-encoded");
        }
    }

    @Test
    void shouldTakeAnyKeyWhenNoneIsExpected() throws Exception {
        try (Collector open = Collector.start()) {
            HttpResponse<byte[]> response = new FlagClient(open)
                    .getWithoutSecret(
                            "/flags/definitions?token=other&send_cohorts", "Authorization", "bearer anything");

            assertThat(response.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void shouldServeGetAndPostOnOneConnection() throws Exception {
        String get = "GET " + DEFINITIONS + " HTTP/1.1\r\nAuthorization: Bearer " + SECRET + "\r\n\r\n";
        try (RawClient raw = new RawClient(collector)) {
            raw.send(get + get);
            assertThat(raw.read().body()).isEqualTo(EMPTY);
            assertThat(raw.read().body()).isEqualTo(EMPTY);
            assertThat(raw.post(Batches.one(1)).status()).isEqualTo(200);
            assertThat(raw.post("/flags/definitions", new byte[0]).headers()).containsEntry("allow", "GET");
            assertThat(raw.get("/flags/").headers()).containsEntry("allow", "POST");
            assertThat(raw.get("/flags/other").status()).isEqualTo(404);
            raw.send(get);
            assertThat(raw.read().body()).isEqualTo(EMPTY);
        }
        assertThat(collector.totalConnections()).isEqualTo(1);
        assertThat(collector.stats().requests()).isEqualTo(1);
        assertThat(collector.requests()).hasSize(1);
        assertThat(collector.flags().requestCount()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{\"flags\":{}}",
                "{\"flags\":[]} x",
                "{\"flags\":[",
                "{\"flags\":[],\"flags\":[]}"
            })
    void shouldRefuseWhatIsNoSetOfDefinitions(String json) {
        assertThatThrownBy(() -> collector.flags().definitions(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not flag definitions: ");
    }

    @Test
    void shouldServeAFileAndReadItAgainWhenItChanges() throws Exception {
        Path file = Files.writeString(folder.resolve("flags.json"), ONE);
        try (Collector serving = Collector.builder().flagDefinitions(file).start()) {
            FlagClient asking = new FlagClient(serving);
            String first = asking.get(DEFINITIONS).headers().firstValue("etag").orElseThrow();

            write(file, TWO, 1);
            HttpResponse<byte[]> second = asking.get(DEFINITIONS, "If-None-Match", first);
            assertThat(second.statusCode()).isEqualTo(200);
            assertThat(text(second)).isEqualTo(TWO);

            write(file, "{\"flags\":[", 2);
            assertThat(text(asking.get(DEFINITIONS))).isEqualTo(TWO);
            assertThat(text(asking.get(DEFINITIONS))).isEqualTo(TWO);
            assertThat(serving.flags().fileProblems())
                    .singleElement()
                    .asString()
                    .startsWith(file + ": not flag definitions: ");

            Files.delete(file);
            assertThat(text(asking.get(DEFINITIONS))).isEqualTo(TWO);
            assertThat(text(asking.get(DEFINITIONS))).isEqualTo(TWO);
            assertThat(serving.flags().fileProblems())
                    .hasSize(2)
                    .last()
                    .asString()
                    .contains(" is gone");

            write(file, ONE, 3);
            assertThat(text(asking.get(DEFINITIONS))).isEqualTo(ONE);
            assertThat(serving.flags().fileProblems()).hasSize(2);

            serving.flags().definitions(EMPTY);
            assertThat(text(asking.get(DEFINITIONS))).isEqualTo(EMPTY);
            serving.reset();
            assertThat(text(asking.get(DEFINITIONS))).isEqualTo(ONE);
        }
    }

    @Test
    void shouldNotStartWithoutAUsableFile() throws IOException {
        Path file = folder.resolve("flags.json");
        Collector.Builder builder = Collector.builder().flagDefinitions(file);
        assertThatThrownBy(builder::start).isInstanceOf(UncheckedIOException.class);
        Files.writeString(file, "{}");
        assertThatThrownBy(builder::start).isInstanceOf(IllegalArgumentException.class);
        Files.writeString(file, EMPTY);
        builder.start().close();
    }

    /** Writes a version with a modification time of its own, however coarse the file system's clock is. */
    private static void write(Path file, String json, int version) throws IOException {
        Files.writeString(file, json);
        Files.setLastModifiedTime(
                file, FileTime.from(Instant.parse("2026-02-11T09:30:00Z").plusSeconds(version)));
    }

    private static String unpacked(byte[] packed) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
