package dev.penstock.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.Outcome;
import dev.penstock.engine.spool.AppendSink;
import dev.penstock.engine.spool.SpoolRecord;
import dev.penstock.engine.testing.SentBatch;
import dev.penstock.engine.testing.StallingTransport;
import dev.penstock.engine.transport.Answer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a lane makes of batches that an earlier run has left. */
class SpoolReplayTest {

    private final SpoolingFixture lane = new SpoolingFixture(false);
    private final PipelineFixture pipeline = lane.pipeline;

    /** Leaves batches of one event each, as a run without a server does. */
    private List<String> leave(int batches) {
        SpoolingFixture earlier = new SpoolingFixture(false);
        earlier.up = false;
        earlier.pipeline.spooling = new Spooling(lane.store, true, earlier.pipeline.spooling.replays());
        List<String> uuids = new java.util.ArrayList<>();
        for (int i = 0; i < batches; i++) {
            UUID uuid = new UUID(7, i);
            uuids.add(uuid.toString());
            earlier.pipeline.capture("left-" + i, "", uuid);
        }
        earlier.pipeline.flush();
        earlier.pipeline.settle();
        earlier.pipeline.requestClose(Duration.ZERO);
        earlier.pipeline.settle();
        assertThat(earlier.pipeline.hasEnded()).isTrue();
        assertThat(lane.store.records()).isEqualTo(batches);
        lane.store.restart();
        return uuids;
    }

    @Test
    void shouldSendWhatWasLeftInOrderWithTheSameIds() {
        List<String> left = leave(30);
        pipeline.maxRequests = 1;
        pipeline.settle();

        assertThat(lane.delivered(0)).isEqualTo(left);
        pipeline.assertOutcomes(30, 0, 0, 0);
        assertThat(lane.store.records()).isZero();
    }

    @Test
    void shouldKeepARequestFreeForLiveBatches() {
        StallingTransport stalling = pipeline.stalling();
        leave(30);
        pipeline.settle();
        assertThat(stalling.open()).isEqualTo(3);

        pipeline.capture("live");
        pipeline.flush();
        pipeline.settle();

        assertThat(stalling.open()).isEqualTo(4);
        assertThat(stalling.sent(3).tree().get("batch").get(0).get("event").textValue())
                .isEqualTo("live");
    }

    @Test
    void shouldTakeARecordASecondWhileLiveBatchesWait() {
        leave(30);
        StallingTransport stalling = pipeline.stalling();
        pipeline.maxRequests = 1;
        pipeline.capture(40);
        pipeline.settle();
        int replayed = 0;
        for (int i = 0; i < 40; i++) {
            SentBatch last = stalling.sent(stalling.requests() - 1);
            replayed += last.tree().get("batch").get(0).get("event").textValue().startsWith("left-") ? 1 : 0;
            last.answer(200);
            lane.pass(Duration.ofMillis(100));
        }

        assertThat(replayed).isBetween(2, 5);
    }

    @Test
    void shouldLeaveWhatIsOfAnotherProtocol() {
        leave(1);
        SpoolRecord known = lane.store.record(0);
        lane.store.append(
                new SpoolRecord(
                        5,
                        false,
                        known.encoding(),
                        new byte[0],
                        known.events(),
                        known.offset(),
                        known.length(),
                        known.plainLength(),
                        known.checksum(),
                        known.starts(),
                        known.uuids()),
                new AppendSink() {
                    @Override
                    public void stored(long recordId) {
                        lane.store.release(recordId, 1, 0);
                    }

                    @Override
                    public void notStored(String reason) {
                        throw new AssertionError(reason);
                    }
                });
        lane.pass(Duration.ofSeconds(5));

        pipeline.assertOutcomes(1, 0, 0, 0);
        assertThat(lane.store.pendingEvents()).isEqualTo(1);
        assertThat(pipeline.transport.requests()).isEqualTo(1);
        assertThat(pipeline.logger.lines())
                .anyMatch(line -> line.text().contains("does not speak the protocol of; they stay there"));
    }

    @Test
    void shouldSplitAndSettleWhatWasLeftAsIfItWereLive() {
        lane.pipeline.transport.script(batch -> new Answer(batch.uuids().size() > 1 ? 413 : 200, 0, null));
        SpoolingFixture earlier = new SpoolingFixture(true);
        earlier.pipeline.maxEvents = 8;
        earlier.pipeline.spooling = new Spooling(lane.store, true, null);
        earlier.up = false;
        earlier.pipeline.capture(8);
        earlier.pipeline.requestClose(Duration.ZERO);
        earlier.pipeline.settle();
        lane.store.restart();
        pipeline.settle();

        pipeline.assertOutcomes(8, 0, 0, 0);
        assertThat(lane.store.records()).isZero();
    }

    @Test
    void shouldTakeNothingWhileTheServerIsAway() {
        leave(5);
        lane.up = false;
        pipeline.capture(4);
        pipeline.flush();
        lane.pass(Duration.ofMillis(300));
        int takes = lane.store.takes();
        lane.pass(Duration.ofMillis(100));
        assertThat(lane.store.takes()).isEqualTo(takes);

        lane.up = true;
        lane.pass(Duration.ofSeconds(40));

        assertThat(pipeline.settled(Outcome.DELIVERED)).isEqualTo(9);
        assertThat(lane.store.records()).isZero();
    }

    @Test
    void shouldGiveBackWhatComesAfterTheCloseHasBegun() {
        leave(5);
        lane.store.hold();
        pipeline.turn();
        pipeline.requestClose(Duration.ofSeconds(5));
        pipeline.turn();
        assertThat(pipeline.hasEnded()).isFalse();
        lane.store.goOn();
        pipeline.settle();

        assertThat(pipeline.hasEnded()).isTrue();
        assertThat(lane.store.pendingEvents()).isEqualTo(5);
        assertThat(pipeline.transport.requests()).isZero();
    }
}
