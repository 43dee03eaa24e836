package dev.penstock.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.DeliveryNotice;
import dev.penstock.client.Outcome;
import dev.penstock.engine.testing.SneakyThrow;
import dev.penstock.engine.transport.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a delivery listener is told about each outcome. */
class OutcomeNoticeTest {

    private final PipelineFixture pipeline = new PipelineFixture();
    private final List<DeliveryNotice> notices = new ArrayList<>();

    OutcomeNoticeTest() {
        pipeline.listener = notices::add;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldTellOfDelivery(boolean gzip) throws Exception {
        pipeline.gzip = gzip;
        pipeline.capture("caf\u00e9 \"1\"", "\u6f22\ud83d\ude00\n");
        pipeline.capture(2);
        pipeline.flush();
        pipeline.settle();

        assertNotices(Outcome.DELIVERED, "status 200", "caf\u00e9 \"1\"", "event-0", "event-1");
    }

    @Test
    void shouldGoOnTellingWhateverAListenerThrows() throws Exception {
        pipeline.listener = notice -> {
            notices.add(notice);
            SneakyThrow.of(new IOException("not declared"));
        };
        pipeline.capture(2);
        pipeline.flush();
        pipeline.settle();

        assertNotices(Outcome.DELIVERED, "status 200", "event-0", "event-1");
    }

    @Test
    void shouldTellOfARefusal() throws Exception {
        pipeline.transport.script(batch -> new Answer(401, 0, null));
        pipeline.capture(2);
        pipeline.flush();
        pipeline.settle();

        assertNotices(Outcome.REFUSED, "status 401", "event-0", "event-1");
    }

    @Test
    void shouldTellOfExpiry() throws Exception {
        pipeline.transport.script(batch -> new Answer(503, 0, null));
        pipeline.capture(2);
        pipeline.flush();
        pipeline.settle();
        pipeline.pass(Duration.ofSeconds(5));

        assertNotices(Outcome.EXPIRED, "3 retries used up, last: status 503", "event-0", "event-1");
    }

    @Test
    void shouldTellWhyNoAnswerCame() throws Exception {
        pipeline.maxRetries = 1;
        pipeline.transport.script(batch -> Answer.failed("connection refused by 127.0.0.1:1"));
        pipeline.capture(1);
        pipeline.flush();
        pipeline.settle();
        pipeline.pass(Duration.ofSeconds(2));

        assertNotices(Outcome.EXPIRED, "1 retries used up, last: connection refused by 127.0.0.1:1", "event-0");
    }

    @Test
    void shouldTellOfATimeout() throws Exception {
        pipeline.maxRetries = 0;
        pipeline.stalling();
        pipeline.capture(1);
        pipeline.flush();
        pipeline.settle();
        pipeline.pass(PipelineFixture.TIMEOUT.plusMillis(10));

        assertNotices(Outcome.EXPIRED, "0 retries used up, last: no answer within 10000 ms", "event-0");
    }

    @Test
    void shouldTellOfWhatIsDiscarded() throws Exception {
        pipeline.stalling();
        pipeline.maxEvents = 1;
        pipeline.capture(3);
        pipeline.settle();
        pipeline.requestClose(Duration.ZERO);
        pipeline.settle();

        assertThat(pipeline.settled(Outcome.DISCARDED)).isEqualTo(3);
        assertNotices(Outcome.DISCARDED, "client closed before delivery", "event-0", "event-1", "event-2");
    }

    @Test
    void shouldTellOfAnEventOverTheLimit() throws Exception {
        pipeline.maxEventBytes = 2_048;
        pipeline.capture("too long", "\"".repeat(1_500));
        pipeline.flush();
        pipeline.settle();
        pipeline.tellListener();

        assertThat(notices).hasSize(1);
        DeliveryNotice notice = notices.get(0);
        assertThat(notice.event()).isEqualTo("too long");
        assertThat(notice.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(notice.reason()).isEqualTo("event of " + notice.json().length() + " bytes is over the limit");
    }

    @Test
    void shouldTellOfHalvesSeparately() throws Exception {
        pipeline.transport.script(batch -> new Answer(batch.names().contains("poison") ? 413 : 200, 0, null));
        pipeline.capture("a");
        pipeline.capture("poison");
        pipeline.capture("b");
        pipeline.flush();
        pipeline.settle();
        pipeline.tellListener();

        List<String> sent = pipeline.transport.sent(0).events();
        assertThat(notices).extracting(DeliveryNotice::event).containsExactlyInAnyOrder("a", "poison", "b");
        assertThat(notices).extracting(DeliveryNotice::json).containsExactlyInAnyOrderElementsOf(sent);
        assertThat(notices)
                .filteredOn(notice -> notice.outcome() == Outcome.REFUSED)
                .extracting(DeliveryNotice::event, DeliveryNotice::reason)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("poison", "status 413"));
    }

    private void assertNotices(Outcome outcome, String reason, String... names) throws InterruptedException {
        pipeline.tellListener();
        List<String> sent = new ArrayList<>();
        pipeline.transport
                .sent()
                .forEach(batch -> batch.events().stream()
                        .filter(event -> !sent.contains(event))
                        .forEach(sent::add));
        assertThat(notices).extracting(DeliveryNotice::event).containsExactlyInAnyOrder(names);
        assertThat(notices).extracting(DeliveryNotice::outcome).containsOnly(outcome);
        assertThat(notices).extracting(DeliveryNotice::reason).containsOnly(reason);
        assertThat(notices).extracting(DeliveryNotice::json).containsExactlyInAnyOrderElementsOf(sent);
        for (DeliveryNotice notice : notices) {
            assertThat(notice.json())
                    .contains("\"uuid\":\"" + notice.uuid() + "\"")
                    .startsWith("{\"event\":\"" + notice.event().replace("\"", "\\\"") + "\"");
        }
    }
}
