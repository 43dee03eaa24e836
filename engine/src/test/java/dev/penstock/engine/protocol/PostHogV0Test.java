package dev.penstock.engine.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostHogV0Test {

    private static final long NOW = Instant.parse("2026-02-11T09:30:02.417Z").toEpochMilli();

    private static PostHogV0 protocol() {
        return new PostHogV0("phc_demo", false, true);
    }

    private static Attempt at(long millis) {
        return Attempt.first(new UUID(1, 2), millis);
    }

    private static String head(Protocol protocol, long millis) {
        return new String(protocol.head(at(millis)), UTF_8);
    }

    private static JsonNode parse(Protocol protocol, String events) throws IOException {
        return new ObjectMapper().readTree(head(protocol, NOW) + events + new String(protocol.tail(), UTF_8));
    }

    @Test
    void shouldPutKeyAndTimeOfTheTryInFrontOfTheEvents() {
        assertThat(head(protocol(), NOW))
                .isEqualTo("{\"api_key\":\"phc_demo\",\"sent_at\":\"2026-02-11T09:30:02.417Z\",\"batch\":[");
        assertThat(new String(protocol().tail(), UTF_8)).isEqualTo("]}");
        assertThat(protocol().path()).isEqualTo("/batch");
    }

    // An import carries no sent_at, so that the server corrects no clock.
    @Test
    void shouldMarkAnImportAndLeaveTheTimeOut() {
        PostHogV0 historical = new PostHogV0("phc_demo", true, true);

        assertThat(head(historical, NOW))
                .isEqualTo("{\"api_key\":\"phc_demo\",\"historical_migration\":true,\"batch\":[");
        assertThat(historical.headLength()).isEqualTo(historical.head(at(NOW)).length);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 999, 1_770_802_202_000L, 1_770_802_202_100L, 1_770_802_202_417L, 253_402_300_799_999L})
    void shouldWriteTheTimeInAFixedWidth(long millis) {
        String head = head(protocol(), millis);
        String time = head.substring(head.indexOf("sent_at") + 10, head.indexOf("\",\"batch"));

        assertThat(time).matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z");
        assertThat(Instant.parse(time)).isEqualTo(Instant.ofEpochMilli(millis));
        assertThat(protocol().head(at(millis))).hasSize(protocol().headLength());
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "quo\"te", "back\\slash", "line\nbreak", "é漢😀", "\u0000"})
    void shouldEscapeTheKey(String key) throws IOException {
        PostHogV0 protocol = new PostHogV0(key, false, true);
        JsonNode body = parse(protocol, "{\"event\":\"e\"},{}");

        assertThat(body.get("api_key").textValue()).isEqualTo(key);
        assertThat(body.get("batch")).hasSize(2);
        assertThat(protocol.headLength()).isEqualTo(protocol.head(at(NOW)).length);
    }

    @Test
    void shouldSayNothingButTheContentType() {
        assertThat(protocol().headers(at(NOW))).isEqualTo(Map.of("Content-Type", "application/json"));
    }

    // The batch route's column of the retry table.
    @ParameterizedTest
    @CsvSource({
        "200, DELIVERED",
        "201, DELIVERED",
        "204, DELIVERED",
        "299, DELIVERED",
        "408, RETRY",
        "500, RETRY",
        "502, RETRY",
        "503, RETRY",
        "504, RETRY",
        "429, RETRY",
        "501, RETRY",
        "505, RETRY",
        "520, RETRY",
        "599, RETRY",
        "401, REFUSED",
        "402, REFUSED",
        "403, REFUSED",
        "404, REFUSED",
        "415, REFUSED",
        "422, REFUSED",
        "499, REFUSED",
        "400, SPLIT",
        "413, SPLIT",
        "0, RETRY",
        "301, REFUSED",
        "302, REFUSED",
        "304, REFUSED",
        "308, REFUSED",
    })
    void shouldJudgeAnAnswerByItsStatus(int status, Verdict verdict) {
        assertThat(protocol().verdict(status)).isEqualTo(verdict);
    }

    @Test
    void shouldRefuseABadRequestWhenSplittingIsOff() {
        PostHogV0 whole = new PostHogV0("k", false, false);

        assertThat(whole.verdict(400)).isEqualTo(Verdict.REFUSED);
        assertThat(whole.verdict(413)).isEqualTo(Verdict.SPLIT);
    }

    @Test
    void shouldNotLetItsTailBeChanged() {
        PostHogV0 protocol = protocol();
        protocol.tail()[0] = 'x';

        assertThat(new String(protocol.tail(), UTF_8)).isEqualTo("]}");
    }
}
