package dev.penstock.engine.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostHogV1Test {

    private static final UUID ID = UUID.fromString("4d3c2b1a-0000-4000-8000-0123456789ab");
    private static final long NOW = Instant.parse("2026-02-11T09:30:02.400Z").toEpochMilli();

    private static PostHogV1 protocol() {
        return new PostHogV1("phc_demo", "penstock/1.2.3", false, true);
    }

    private static String head(Protocol protocol, Attempt attempt) {
        return new String(protocol.head(attempt), UTF_8);
    }

    @Test
    void shouldPutTheTimeOfTheBatchInFrontOfTheEventsAndNoKey() {
        assertThat(head(protocol(), Attempt.first(ID, NOW)))
                .isEqualTo("{\"created_at\":\"2026-02-11T09:30:02.400Z\",\"batch\":[");
        assertThat(new String(protocol().tail(), UTF_8)).isEqualTo("]}");
        assertThat(protocol().path()).isEqualTo("/i/v1/analytics/events");
        assertThat(protocol().headLength()).isEqualTo(protocol().head(Attempt.first(ID, NOW)).length);
    }

    @Test
    void shouldMarkAnImport() {
        PostHogV1 historical = new PostHogV1("phc_demo", "penstock/1", true, true);

        assertThat(head(historical, Attempt.first(ID, NOW)))
                .isEqualTo("{\"created_at\":\"2026-02-11T09:30:02.400Z\",\"historical_migration\":true,\"batch\":[");
        assertThat(historical.headLength()).isEqualTo(historical.head(Attempt.first(ID, NOW)).length);
    }

    @Test
    void shouldSendItsHeadersOnEveryTry() {
        assertThat(protocol().headers(Attempt.first(ID, NOW)))
                .containsOnly(
                        entry("Authorization", "Bearer phc_demo"),
                        entry("Content-Type", "application/json"),
                        entry("PostHog-Sdk-Info", "penstock/1.2.3"),
                        entry("PostHog-Request-Id", "4d3c2b1a-0000-4000-8000-0123456789ab"),
                        entry("PostHog-Attempt", "1"),
                        entry("PostHog-Request-Timestamp", "2026-02-11T09:30:02.400Z"));
    }

    @Test
    void shouldTellTriesApartButNotTheirBodies() {
        Attempt first = Attempt.first(ID, NOW);
        Attempt second = first.next(NOW + 1_007);
        Attempt third = second.next(NOW + 1_007);

        assertThat(head(protocol(), second)).isEqualTo(head(protocol(), first));
        assertThat(protocol().headers(second))
                .containsEntry("PostHog-Request-Id", ID.toString())
                .containsEntry("PostHog-Attempt", "2")
                .containsEntry("PostHog-Request-Timestamp", "2026-02-11T09:30:03.407Z");
        assertThat(protocol().headers(third))
                .containsEntry("PostHog-Attempt", "3")
                .as("a clock that stands still is helped on")
                .containsEntry("PostHog-Request-Timestamp", "2026-02-11T09:30:03.408Z");
    }

    // The analytics route's column of the retry table.
    @ParameterizedTest
    @CsvSource({
        "200, PER_EVENT",
        "201, PER_EVENT",
        "204, PER_EVENT",
        "299, PER_EVENT",
        "0, RETRY",
        "408, RETRY",
        "500, RETRY",
        "502, RETRY",
        "503, RETRY",
        "504, RETRY",
        "429, REFUSED",
        "501, REFUSED",
        "505, REFUSED",
        "520, REFUSED",
        "599, REFUSED",
        "401, REFUSED",
        "402, REFUSED",
        "403, REFUSED",
        "404, REFUSED",
        "415, REFUSED",
        "422, REFUSED",
        "400, SPLIT",
        "413, SPLIT",
        "301, REFUSED",
        "308, REFUSED",
    })
    void shouldJudgeAnAnswerByItsStatus(int status, Verdict verdict) {
        assertThat(protocol().verdict(status)).isEqualTo(verdict);
    }

    @Test
    void shouldRefuseABadRequestWhenSplittingIsOff() {
        PostHogV1 whole = new PostHogV1("k", "penstock/1", false, false);

        assertThat(whole.verdict(400)).isEqualTo(Verdict.REFUSED);
        assertThat(whole.verdict(413)).isEqualTo(Verdict.SPLIT);
    }

    @Test
    void shouldBeTheOnlyOneThatReadsAnswers() {
        assertThat(protocol().verdicts()).isNotNull();
        assertThat(new PostHogV0("k", false, true).verdicts()).isNull();
        assertThat(new PostHogAi("k", false, true).verdicts()).isNull();
    }

    @Test
    void shouldSendAiEventsAsV0ButElsewhere() {
        PostHogV0 v0 = new PostHogV0("phc_demo", false, true);
        PostHogAi ai = new PostHogAi("phc_demo", false, true);
        Attempt attempt = Attempt.first(ID, NOW);

        assertThat(ai.path()).isEqualTo("/i/v0/ai/batch/");
        assertThat(ai.headers(attempt)).isEqualTo(v0.headers(attempt));
        assertThat(head(ai, attempt)).isEqualTo(head(v0, attempt));
        assertThat(ai.headLength()).isEqualTo(v0.headLength());
        assertThat(ai.tail()).isEqualTo(v0.tail());
        for (int status = 0; status < 600; status++) {
            assertThat(ai.verdict(status)).isEqualTo(v0.verdict(status));
        }
    }
}
