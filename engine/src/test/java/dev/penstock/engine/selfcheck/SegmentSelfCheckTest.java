package dev.penstock.engine.selfcheck;

import static dev.penstock.client.SelfCheckStatus.FAILED;
import static dev.penstock.client.SelfCheckStatus.PASSED;
import static dev.penstock.client.SelfCheckStatus.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.collector.Answer;
import dev.penstock.collector.Collector;
import dev.penstock.engine.testing.SegmentFixture;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SegmentSelfCheckTest {

    private static Checked check(SegmentFixture fixture) {
        return Checked.of(fixture.client().selfCheck(Duration.ofSeconds(20)), SegmentFixture.WRITE_KEY);
    }

    @Test
    void shouldNotTakeSilenceForConsent() {
        try (Collector collector =
                        Collector.builder().apiKey(SegmentFixture.WRITE_KEY).start();
                SegmentFixture fixture = SegmentFixture.of(collector)) {
            Checked checked = check(fixture)
                    .has("client", PASSED, "/v1/batch")
                    .has("key", WARNING, "no proof")
                    .has("body", WARNING, "500,000 bytes", "cannot be told")
                    .has("clock", PASSED);

            assertThat(checked.report().passed()).isTrue();
            assertThat(collector.stats().requests()).isEqualTo(2);
            assertThat(collector.flags().requests()).isEmpty();
            assertThat(collector.events()).isEmpty();
        }
    }

    @Test
    void shouldSayThatTheKeyIsRefused() {
        try (Collector collector = Collector.builder().apiKey("another").start();
                SegmentFixture fixture = SegmentFixture.of(collector)) {
            Checked checked = check(fixture).has("key", FAILED, "refuses the key (status 401)");

            assertThat(checked.step("key").remedy()).contains("write key");
        }
    }

    @Test
    void shouldPassWhereEmptyBatchesAreWelcome() {
        try (Collector collector = Collector.start();
                SegmentFixture fixture = SegmentFixture.of(collector)) {
            collector.answerAll(Answer.status(200));

            check(fixture).has("key", WARNING, "status 200").has("body", PASSED, "500,000 bytes");
        }
    }

    @Test
    void shouldTakeBadRequestForTheLimitWhereEmptyBatchesAreWelcome() {
        try (Collector collector = Collector.start();
                SegmentFixture fixture = SegmentFixture.of(collector)) {
            collector.answerWhen(request -> request.wireBytes() <= 200_000, Answer.status(200));

            check(fixture).has("body", WARNING, "500,000 bytes", "status 400", "The limit is between 19");
        }
    }

    @Test
    void shouldSayThatTheClientIsClosed() {
        try (Collector collector = Collector.start();
                SegmentFixture fixture = SegmentFixture.of(collector)) {
            fixture.client().close();

            check(fixture).has("client", FAILED, "is closed");
            assertThat(collector.stats().requests()).isZero();
        }
    }
}
