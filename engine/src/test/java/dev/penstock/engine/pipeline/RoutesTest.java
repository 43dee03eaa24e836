package dev.penstock.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.penstock.engine.encode.BodyWriter;
import dev.penstock.engine.protocol.PostHogV0;
import dev.penstock.engine.testing.SentBatch;
import dev.penstock.engine.testing.StallingTransport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A lane with two routes: AI events one way, the others another. */
class RoutesTest {

    private static final String V0 = "/batch";
    private static final String V1 = "/i/v1/analytics/events";

    private final PipelineFixture pipeline = new PipelineFixture();
    private final StallingTransport transport = pipeline.stalling();

    RoutesTest() {
        pipeline.v1 = true;
    }

    private List<SentBatch> sentTo(String path) {
        return transport.sent().stream()
                .filter(batch -> batch.request().path().equals(path))
                .toList();
    }

    @Test
    void shouldPartEventsByTheirNameAndKeepTheirOrder() {
        List<String> ai = List.of("$ai_generation", "$ai_", "$ai_\u00e9", "$ai_\u6f22\u5b57");
        List<String> others = List.of("$ai", "a", "$AI_generation", "x$ai_span", "$pageview", "\u6f22$ai_", "$ai-x");
        for (int i = 0; i < others.size(); i++) {
            pipeline.capture(others.get(i));
            if (i < ai.size()) {
                pipeline.capture(ai.get(i));
            }
        }
        pipeline.flush();
        pipeline.settle();

        assertThat(sentTo(V0)).extracting(SentBatch::names).containsExactly(ai);
        assertThat(sentTo(V1)).extracting(SentBatch::names).containsExactly(others);
    }

    @Test
    void shouldGiveEachRouteItsOwnShape() {
        pipeline.capture("$ai_span");
        pipeline.capture("a");
        pipeline.flush();
        pipeline.settle();

        SentBatch v0 = sentTo(V0).get(0);
        assertThat(v0.request().headers()).containsOnlyKeys("Content-Type", "Content-Encoding");
        assertThat(v0.tree().get("api_key").textValue()).isEqualTo("phc_test");
        assertThat(v0.request().maxAnswerBytes()).isZero();
        SentBatch v1 = sentTo(V1).get(0);
        assertThat(v1.header("Authorization")).isEqualTo("Bearer phc_test");
        assertThat(v1.tree().has("api_key")).isFalse();
    }

    @Test
    void shouldCloseTheOpenBatchOfEachRouteByItself() {
        pipeline.maxEvents = 3;
        for (int i = 0; i < 3; i++) {
            pipeline.capture("$ai_" + i);
            pipeline.capture("a" + i);
        }
        pipeline.capture("b");
        pipeline.settle();
        assertThat(transport.sent())
                .extracting(SentBatch::names)
                .containsExactly(List.of("$ai_0", "$ai_1", "$ai_2"), List.of("a0", "a1", "a2"));

        pipeline.pass(PipelineFixture.LINGER.dividedBy(2));
        pipeline.capture("$ai_late");
        pipeline.pass(PipelineFixture.LINGER.dividedBy(2).plusMillis(5));
        assertThat(sentTo(V1)).hasSize(2);
        assertThat(sentTo(V0)).hasSize(1);
        pipeline.pass(PipelineFixture.LINGER.dividedBy(2));
        assertThat(sentTo(V0)).hasSize(2);
    }

    @Test
    void shouldCoverAllRoutesInAFlush() {
        pipeline.capture("$ai_span");
        pipeline.capture("a");
        CountDownLatch done = pipeline.flush();
        pipeline.settle();
        sentTo(V1).get(0).answer(sentTo(V1).get(0).verdicts(0, name -> "ok"));
        pipeline.settle();
        assertThat(done.getCount()).isEqualTo(1);
        sentTo(V0).get(0).answer(200);
        pipeline.settle();

        assertThat(done.getCount()).isZero();
        pipeline.assertOutcomes(2, 0, 0, 0);
    }

    @Test
    void shouldShareOneWindow() {
        pipeline.maxEvents = 1;
        pipeline.maxRequests = 2;
        pipeline.capture("$ai_1");
        pipeline.capture("a");
        pipeline.capture("$ai_2");
        pipeline.settle();
        assertThat(transport.requests()).isEqualTo(2);
        transport.sent(0).answer(200);
        pipeline.settle();

        assertThat(transport.sent(2).names()).containsExactly("$ai_2");
    }

    @Test
    void shouldFinishAllRoutesOnClose() {
        pipeline.transport.script(batch -> batch.verdicts(0, name -> "ok"));
        pipeline.capture("$ai_span");
        pipeline.capture("a");
        pipeline.requestClose(Duration.ofSeconds(1));
        pipeline.settle();

        assertThat(pipeline.hasEnded()).isTrue();
        pipeline.assertOutcomes(2, 0, 0, 0);
    }

    @Test
    void shouldDiscardOnAllRoutesWhenTimeIsUp() {
        pipeline.capture("$ai_span");
        pipeline.capture("a");
        pipeline.requestClose(Duration.ZERO);
        pipeline.settle();

        assertThat(transport.requests()).isZero();
        pipeline.assertOutcomes(0, 0, 0, 2);
    }

    @Test
    void shouldNotAcceptRoutesThatLeaveRecordsOut() {
        Route some = new Route(
                new PostHogV0("k", false, true),
                (bytes, offset, references, at, out) -> {},
                () -> BodyWriter.plain(),
                new NamePrefix("$ai_"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Outlet(List.of(some), transport, null, null, Spooling.OFF));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Outlet(List.of(), transport, null, null, Spooling.OFF));
    }
}
