package dev.penstock.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.Compressor;
import dev.penstock.client.Outcome;
import dev.penstock.engine.encode.BodyEncoding;
import dev.penstock.engine.encode.BodyWriter;
import dev.penstock.engine.protocol.StoredProtocols;
import dev.penstock.engine.testing.MemoryStore;
import dev.penstock.engine.testing.SentBatch;
import dev.penstock.engine.transport.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A pipeline turned by hand with a spool in memory, and a server that can be away. */
final class SpoolingFixture {

    static final Duration STEP = Duration.ofMillis(4);

    final PipelineFixture pipeline = new PipelineFixture();
    final MemoryStore store = new MemoryStore(pipeline.clock);

    boolean up = true;

    SpoolingFixture(boolean always) {
        pipeline.maxEvents = 1;
        pipeline.circuit = RetryRules.steady(3, 500).circuit(4, PipelineFixture.TIMEOUT.toNanos());
        pipeline.spooling = new Spooling(
                store,
                always,
                new ReplayRoutes(
                        new StoredProtocols.OfPostHog("phc_test", "test/1", true),
                        protocol -> () -> BodyWriter.create(BodyEncoding.GZIP, Compressor.EVENT_AWARE)));
        pipeline.transport.script(batch -> up ? new Answer(200, 0, null) : Answer.failed("connection refused"));
    }

    void pass(Duration duration) {
        pipeline.pass(duration, STEP);
    }

    /** The UUIDs that a server which was up has got, in order. */
    List<String> delivered(int fromRequest) {
        List<String> uuids = new ArrayList<>();
        for (SentBatch batch : pipeline.transport.sent().subList(fromRequest, pipeline.transport.requests())) {
            uuids.addAll(batch.uuids());
        }
        return uuids;
    }

    long delivered() {
        return pipeline.settled(Outcome.DELIVERED);
    }

    /** Fails unless that many events were accepted and each is somewhere. */
    void assertAccount(long accepted) {
        long outcomes = 0;
        for (Outcome outcome : Outcome.values()) {
            outcomes += pipeline.settled(outcome);
        }
        long inMemory = pipeline.figure(LaneCounters.Figure.OPEN_EVENTS)
                + pipeline.figure(LaneCounters.Figure.IN_FLIGHT_EVENTS)
                + pipeline.ring().countPublished();
        assertThat(outcomes + inMemory + store.pendingEvents())
                .as("the account")
                .isEqualTo(accepted);
    }
}
