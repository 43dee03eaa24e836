package dev.penstock.collector;

import static dev.penstock.collector.Batches.batch;
import static dev.penstock.collector.Batches.event;
import static dev.penstock.collector.Batches.one;
import static dev.penstock.collector.Batches.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AiRouteTest {
    private static final String PATH = "/i/v0/ai/batch/";

    private Collector collector;
    private RawClient client;

    @BeforeEach
    void start() throws IOException {
        collector = Collector.builder().apiKey("phc_demo").start();
        client = new RawClient(collector);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        collector.close();
    }

    @Test
    void shouldTakeAiEventsAndTellWhichRouteAnEventCameBy() throws IOException {
        RawClient.Reply reply = client.post(PATH, utf8(batch(event("$ai_generation", 1), event("$ai_span", 2))));
        client.post(batch(event("$ai_generation", 3)));
        AnalyticsRequests.request(AnalyticsRequests.event("a", 4)).postTo(collector);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("{\"status\":1}");
        collector.awaitEventsBy(Route.AI, 2, Duration.ofSeconds(10));
        assertThat(collector.eventsBy(Route.AI))
                .extracting(ReceivedEvent::event)
                .containsExactly("$ai_generation", "$ai_span");
        assertThat(collector.events())
                .extracting(ReceivedEvent::route)
                .containsExactly(Route.AI, Route.AI, Route.BATCH, Route.ANALYTICS);
        assertThat(collector.requests())
                .extracting(ReceivedRequest::route)
                .containsExactly(Route.AI, Route.BATCH, Route.ANALYTICS);
        assertThat(collector.requestsTo(Route.AI)).hasSize(1);
        assertThat(collector.stats().aiEvents()).isEqualTo(2);
        assertThat(collector.stats().analyticsEvents()).isEqualTo(1);
        assertThat(collector.stats().events()).isEqualTo(4);
        collector.reset();
        assertThat(collector.stats().aiEvents()).isZero();
    }

    @Test
    void shouldRedirectToThePathWithASlash() throws IOException {
        RawClient.Reply reply = client.post("/i/v0/ai/batch?a=b", utf8(one(1)));
        assertThat(reply.status()).isEqualTo(308);
        assertThat(reply.headers()).containsEntry("location", "/i/v0/ai/batch/?a=b");
        assertThat(collector.invalidReasons()).containsExactly("the AI route without the slash at its end");
        assertThat(collector.stats().events()).isZero();
    }

    @Test
    void shouldHoldAiEventsToTheRulesOfTheBatchRoute() throws IOException {
        assertThat(client.post(PATH, utf8(one(1).replace("\"$lib\":", "\"lib\":")))
                        .status())
                .isEqualTo(400);
        assertThat(client.post(PATH, utf8(one(1).replace("phc_demo", "phc_other")))
                        .status())
                .isEqualTo(401);
        assertThat(client.post(PATH, utf8(one(1)), "Authorization: Bearer phc_demo")
                        .status())
                .isEqualTo(400);
        assertThat(collector.invalidReasons())
                .containsExactly(
                        "batch[0]: $lib is missing",
                        "api_key is not the one expected",
                        "Authorization header on the AI route");
    }
}
