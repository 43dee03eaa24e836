package dev.penstock.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.Outcome;
import dev.penstock.engine.listener.SettledEvents;
import dev.penstock.engine.listener.SettlementSink;
import dev.penstock.engine.pipeline.LaneCounters.Figure;
import dev.penstock.engine.record.TestSeed;
import dev.penstock.engine.testing.SentBatch;
import dev.penstock.engine.testing.StallingTransport;
import dev.penstock.engine.transport.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a server answers, and when, each event gets one outcome, and none is sent again that has a final verdict. */
class DeliveryAccountTest {

    private static final String[] WORDS = {"ok", "ok", "warning", "limited", "drop", "retry", "retry", "strange", null};
    private static final int[] STATUSES = {200, 400, 401, 408, 413, 429, 500, 502, 503, 504, 501};

    private final PipelineFixture pipeline = new PipelineFixture();
    private final StallingTransport transport = pipeline.stalling();
    private final Outcomes outcomes = new Outcomes();

    /** Requests that the server has not answered. */
    private final List<SentBatch> open = new ArrayList<>();

    private final Set<String> judged = new HashSet<>();
    private final Map<String, String> jsonById = new HashMap<>();
    private int seen;
    private int captured;

    /** Every outcome as it is told. */
    private static final class Outcomes implements SettlementSink {
        private final Map<String, Outcome> byId = new HashMap<>();
        private final Map<String, String> jsonById = new HashMap<>();
        private boolean wanted;

        @Override
        public boolean wantsOutcomes() {
            return wanted;
        }

        @Override
        public void settled(SettledEvents events) {
            byte[] json = events.body().readEvents();
            for (int i = 0; i < events.count(); i++) {
                String id = events.uuid(i).toString();
                assertThat(byId.put(id, events.ending(i).outcome()))
                        .as("second outcome of %s", id)
                        .isNull();
                int start = events.start(i);
                jsonById.put(id, new String(json, start, events.end(i) - start, StandardCharsets.UTF_8));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true,true,true", "true,false,false", "false,true,false", "false,false,true"})
    void shouldBalanceWhateverIsAnswered(boolean v1, boolean wanted, boolean gzip) {
        TestSeed.run(random -> {
            pipeline.v1 = v1;
            pipeline.gzip = gzip;
            pipeline.random = random.split();
            pipeline.maxEvents = random.nextInt(1, 40);
            pipeline.maxRetries = random.nextInt(0, 6);
            pipeline.maxRequests = random.nextInt(1, 6);
            pipeline.maxInFlightBytes = random.nextInt(40_000, 1_000_000);
            pipeline.settlements = outcomes;
            outcomes.wanted = wanted;
            CountDownLatch flush = null;
            for (int step = 0; step < 1_500; step++) {
                act(random);
                if (step == 700) {
                    flush = pipeline.flush();
                }
                pipeline.pass(Duration.ofMillis(random.nextInt(1, 40)), Duration.ofMillis(random.nextInt(1, 10)));
                look();
            }
            finish(random);
            assertThat(flush.getCount()).isZero();
            assertBalanced();
        });
    }

    private void act(SplittableRandom random) {
        for (int i = random.nextInt(4); i > 0; i--) {
            captured++;
            pipeline.capture((random.nextInt(5) == 0 ? "$ai_" : "e-") + captured, "\u00e9".repeat(random.nextInt(200)));
        }
        if (!open.isEmpty() && random.nextInt(3) > 0) {
            answer(open.remove(random.nextInt(open.size())), random);
        }
        // The rest is left to its deadline now and then.
        if (random.nextInt(200) == 0) {
            open.clear();
        }
    }

    private void answer(SentBatch batch, SplittableRandom random) {
        if (batch.isCancelled()) {
            batch.answer(200); // too late: nobody listens
            return;
        }
        Answer answer = choose(batch, random);
        noteVerdicts(batch, answer);
        if (random.nextInt(4) == 0) {
            batch.answerWithoutRelease(answer);
        } else {
            batch.answer(answer);
        }
    }

    private static Answer choose(SentBatch batch, SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> Answer.failed("connection reset");
            case 1 -> new Answer(STATUSES[random.nextInt(STATUSES.length)], random.nextInt(2_000), null);
            case 2 -> new Answer(200, 0, null, "{\"results\"".getBytes(StandardCharsets.UTF_8));
            default -> batch.verdicts(random.nextInt(2_000), name -> WORDS[random.nextInt(WORDS.length)]);
        };
    }

    /** What the answer settles for good, as the server sees it. */
    private void noteVerdicts(SentBatch batch, Answer answer) {
        boolean byEvent = batch.request().path().endsWith("/events");
        if (answer.status() == 200 && byEvent && isReadable(answer)) {
            String body = new String(answer.body(), StandardCharsets.UTF_8);
            for (String id : batch.uuids()) {
                if (!body.contains(id + "\":{\"result\":\"retry\"")) {
                    judged.add(id);
                }
            }
        } else if (isFinal(answer.status(), byEvent)) {
            judged.addAll(batch.uuids());
        }
    }

    private static boolean isReadable(Answer answer) {
        return answer.body() != null && answer.body().length > 10;
    }

    private static boolean isFinal(int status, boolean byEvent) {
        return switch (status) {
            case 200, 401 -> true;
            case 429, 501 -> byEvent;
            default -> false;
        };
    }

    /** Looks at the requests made since the last time. */
    private void look() {
        for (; seen < transport.requests(); seen++) {
            SentBatch batch = transport.sent(seen);
            open.add(batch);
            List<String> ids = batch.uuids();
            List<String> events = batch.events();
            assertThat(ids).doesNotHaveDuplicates().noneMatch(judged::contains);
            for (int i = 0; i < ids.size(); i++) {
                String before = jsonById.putIfAbsent(ids.get(i), events.get(i));
                assertThat(before == null ? events.get(i) : before).isEqualTo(events.get(i));
            }
        }
        for (Outcome outcome : Outcome.values()) {
            assertThat(pipeline.settled(outcome)).isNotNegative();
        }
        assertThat(settled() + pending()).isEqualTo(captured);
    }

    private long settled() {
        long settled = 0;
        for (Outcome outcome : Outcome.values()) {
            settled += pipeline.settled(outcome);
        }
        return settled;
    }

    private long pending() {
        return pipeline.ring().countPublished()
                + pipeline.figure(Figure.OPEN_EVENTS)
                + pipeline.figure(Figure.IN_FLIGHT_EVENTS);
    }

    /** Closes in the middle of things, or when all is done. */
    private void finish(SplittableRandom random) {
        if (random.nextBoolean()) {
            pipeline.requestClose(Duration.ofMillis(random.nextInt(500)));
            pipeline.pass(Duration.ofSeconds(1));
        } else {
            pipeline.requestClose(Duration.ofDays(100));
            for (int i = 0; i < 100_000 && !pipeline.hasEnded(); i++) {
                pipeline.pass(Duration.ofSeconds(2), Duration.ofMillis(500));
                look();
                open.forEach(batch -> answer(batch, random));
                open.clear();
            }
        }
        look();
        assertThat(pipeline.hasEnded()).isTrue();
    }

    private void assertBalanced() {
        assertThat(pending()).isZero();
        assertThat(settled()).isEqualTo(captured);
        if (outcomes.wanted) {
            assertThat(outcomes.byId).hasSize(captured);
            for (Outcome outcome : Outcome.values()) {
                assertThat(outcomes.byId.values().stream().filter(outcome::equals))
                        .hasSize((int) pipeline.settled(outcome));
            }
            outcomes.jsonById.keySet().retainAll(jsonById.keySet());
            assertThat(outcomes.jsonById).containsExactlyInAnyOrderEntriesOf(jsonById);
        }
    }
}
