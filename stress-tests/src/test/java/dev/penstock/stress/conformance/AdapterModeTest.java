package dev.penstock.stress.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.penstock.collector.Answer;
import dev.penstock.collector.Collector;
import dev.penstock.collector.CollectorExtension;
import dev.penstock.collector.EventVerdict;
import dev.penstock.collector.EventVerdicts;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.collector.ReceivedRequest;
import dev.penstock.collector.Route;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What depends on the form and encoding that an adapter is started with. */
@Timeout(60)
class AdapterModeTest {
    /** No batch is sent because of its age. */
    private static final String NEVER_BY_TIME = ",\"flush_interval_ms\":3600000";

    private static final String SUPPLIED = "0198c0de-0000-7000-8000-000000000abc";

    @RegisterExtension
    static final CollectorExtension collectors = new CollectorExtension();

    private final Collector collector = collectors.collector();
    private AdapterServer adapter;

    @AfterEach
    void stop() {
        adapter.close();
    }

    @ParameterizedTest
    @CsvSource({
        "V0, GZIP,    capture_v0, encoding_gzip",
        "V1, GZIP,    capture_v1, encoding_gzip",
        "V1, DEFLATE, capture_v1, encoding_deflate",
    })
    void shouldAnnounceItsFormAndEncoding(CaptureForm form, BodyEncoding encoding, String first, String last)
            throws Exception {
        Reply reply = harness(form, encoding, "").get("/health");

        assertThat(reply.fields()).containsEntry("capabilities", List.of(first, "capture_ai_v0", last));
    }

    @Test
    void shouldSendOptionsApartFromPropertiesInV1() throws Exception {
        Harness harness = harness(CaptureForm.V1, BodyEncoding.GZIP, "");
        harness.init(collector.uri(), "");
        Reply reply = harness.post(
                "/capture",
                "{\"event\":\"e\",\"distinct_id\":\"u\",\"properties\":{\"plan\":\"pro\"},"
                        + "\"options\":{\"cookieless_mode\":true,\"process_person_profile\":false}}");
        harness.flush();

        assertThat(onlyRequest().route()).isEqualTo(Route.ANALYTICS);
        ReceivedEvent event = onlyEvent();
        assertThat(reply.fields()).containsOnly(entry("success", true), entry("uuid", event.uuid()));
        assertThat(event.fields())
                .containsEntry("options", Map.of("cookieless_mode", true, "process_person_profile", false));
        assertThat(event.properties())
                .containsEntry("plan", "pro")
                .doesNotContainKeys("$cookieless_mode", "$process_person_profile");
    }

    @Test
    void shouldAnswerAFlushAfterTheRetryOfASingleEvent() throws Exception {
        collector.answerNext(Answer.verdicts(EventVerdicts.ok().at(1, EventVerdict.RETRY)));
        Harness harness = harness(CaptureForm.V1, BodyEncoding.GZIP, "");
        harness.init(collector.uri(), NEVER_BY_TIME);
        harness.capture("stored at once");
        harness.capture("stored later");
        Reply reply = harness.flush();

        assertThat(reply.fields()).containsOnly(entry("success", true), entry("events_flushed", 2));
        assertThat(collector.requests())
                .extracting(request -> request.events().size())
                .containsExactly(2, 1);
    }

    @ParameterizedTest
    @CsvSource({
        "V0, GZIP,    '',                             gzip",
        "V1, GZIP,    '',                             gzip",
        "V1, GZIP,    ',\"enable_compression\":false',",
        "V1, DEFLATE, '',",
        "V1, DEFLATE, ',\"enable_compression\":true', deflate",
    })
    void shouldCompressByDefaultOnlyWhatTheHarnessReads(
            CaptureForm form, BodyEncoding encoding, String settings, String expected) throws Exception {
        Harness harness = harness(form, encoding, "");
        harness.init(collector.uri(), settings);
        harness.capture("one");
        harness.flush();

        assertThat(onlyRequest().header("content-encoding")).isEqualTo(Optional.ofNullable(expected));
        assertThat(onlyEvent().event()).isEqualTo("one");
    }

    @ParameterizedTest
    @EnumSource(CaptureForm.class)
    void shouldSendAiEventsTheirOwnWayInEveryForm(CaptureForm form) throws Exception {
        Harness harness = harness(form, BodyEncoding.GZIP, "t-1");
        harness.init(collector.uri(), NEVER_BY_TIME);
        Reply reply = harness.post(
                "/capture_ai",
                "{\"event\":\"$ai_generation\",\"distinct_id\":\"u\",\"properties\":{\"$ai_model\":\"m\"},"
                        + "\"timestamp\":\"2025-01-02T08:34:05+05:30\"}");
        Reply flushed = harness.flush();

        assertThat(flushed.fields()).containsOnly(entry("success", true), entry("events_flushed", 1));
        assertThat(onlyRequest().route()).isEqualTo(Route.AI);
        assertThat(onlyRequest().header("x-test-id")).contains("t-1");
        ReceivedEvent event = onlyEvent();
        assertThat(reply.fields()).containsOnly(entry("success", true), entry("uuid", event.uuid()));
        assertThat(event.timestampText()).startsWith("2025-01-02T03:04:05");
        assertThat(event.properties()).containsEntry("$ai_model", "m");
    }

    @Test
    void shouldKeepTheUuidGiven() throws Exception {
        Harness harness = harness(CaptureForm.V0, BodyEncoding.GZIP, "");
        harness.init(collector.uri(), "");
        Reply reply = harness.post(
                "/capture_ai", "{\"event\":\"$ai_trace\",\"distinct_id\":\"u\",\"uuid\":\"" + SUPPLIED + "\"}");
        harness.flush();

        assertThat(reply.fields()).containsEntry("uuid", SUPPLIED);
        assertThat(onlyEvent().uuid()).isEqualTo(SUPPLIED);
    }

    @Test
    void shouldDropPendingAiEventsOnReset() throws Exception {
        Harness harness = harness(CaptureForm.V1, BodyEncoding.GZIP, "");
        harness.init(collector.uri(), NEVER_BY_TIME);
        harness.post("/capture_ai", "{\"event\":\"$ai_span\",\"distinct_id\":\"u\"}");
        harness.reset();
        harness.init(collector.uri(), "");
        harness.capture("sent");
        harness.flush();

        assertThat(onlyEvent().event()).isEqualTo("sent");
    }

    private Harness harness(CaptureForm form, BodyEncoding encoding, String testId) throws Exception {
        adapter = AdapterServer.start(0, new AdapterSetup(form, encoding), new PrintWriter(new StringWriter(), true));
        return new Harness(adapter.uri(), testId);
    }

    private ReceivedRequest onlyRequest() {
        assertThat(collector.requests()).hasSize(1);
        return collector.requests().get(0);
    }

    private ReceivedEvent onlyEvent() {
        assertThat(collector.invalidReasons()).isEmpty();
        assertThat(collector.events()).hasSize(1);
        return collector.events().get(0);
    }
}
