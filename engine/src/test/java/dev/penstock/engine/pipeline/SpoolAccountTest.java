package dev.penstock.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.Outcome;
import dev.penstock.engine.listener.SettledEvents;
import dev.penstock.engine.listener.SettlementSink;
import dev.penstock.engine.record.TestSeed;
import dev.penstock.engine.testing.SentBatch;
import dev.penstock.engine.testing.StallingTransport;
import dev.penstock.engine.transport.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Whatever the server and the disk do, and whenever the client closes, each event gets one outcome or is on disk; both only
 * where the disk has not answered until the end.
 */
class SpoolAccountTest {

    private static final int ROUNDS = 40;
    private static final int STEPS = 150;
    private static final int[] STATUSES = {200, 200, 400, 401, 408, 413, 429, 500, 503};
    private static final String[] WORDS = {"ok", "ok", "drop", "retry", "retry"};

    @Test
    void shouldBalanceWhateverTheServerAndTheDiskDo() {
        TestSeed.run(random -> {
            for (int round = 0; round < ROUNDS; round++) {
                new Round(random.split()).run(round);
            }
        });
    }

    /** One client's life. */
    private static final class Round implements SettlementSink {

        private final SplittableRandom random;
        private final SpoolingFixture lane;
        private final PipelineFixture pipeline;
        private final StallingTransport transport;
        private final List<SentBatch> open = new ArrayList<>();
        private final Map<UUID, Outcome> told = new HashMap<>();
        private int seen;
        private int captured;
        private boolean held;

        Round(SplittableRandom random) {
            this.random = random;
            this.lane = new SpoolingFixture(random.nextBoolean());
            this.pipeline = lane.pipeline;
            this.transport = pipeline.stalling();
            pipeline.settlements = this;
            pipeline.v1 = random.nextBoolean();
            pipeline.maxEvents = random.nextInt(1, 8);
            pipeline.maxRetries = random.nextInt(4);
            pipeline.maxRequests = random.nextInt(1, 5);
            pipeline.maxInFlightBytes = random.nextInt(100_000, 2_000_000);
            pipeline.random = random.split();
            pipeline.circuit =
                    RetryRules.steady(3, 500).circuit(random.nextBoolean() ? 4 : 0, PipelineFixture.TIMEOUT.toNanos());
        }

        @Override
        public boolean wantsOutcomes() {
            return true;
        }

        @Override
        public void settled(SettledEvents events) {
            for (int i = 0; i < events.count(); i++) {
                Outcome before = told.put(events.uuid(i), events.ending(i).outcome());
                assertThat(before)
                        .as("an earlier outcome of %s", events.uuid(i))
                        .isNull();
            }
        }

        void run(int round) {
            for (int step = 0; step < STEPS; step++) {
                capture();
                letTheServerAct();
                letTheDiskAct();
                pass(random.nextInt(1, 400));
                if (!held && step % 10 == 0) {
                    pipeline.settle();
                    lane.assertAccount(captured);
                }
            }
            boolean silent = close();
            assertThat(pipeline.hasEnded()).as("round %d has ended", round).isTrue();
            lane.store.goOn();
            if (silent) {
                assertNothingIsMissing();
            } else {
                assertEverythingIsInOnePlace();
            }
        }

        private void capture() {
            for (int i = random.nextInt(6); i > 0; i--) {
                pipeline.capture("e-" + captured, "x".repeat(random.nextInt(100)), new UUID(7, captured));
                captured++;
            }
        }

        private void pass(int ms) {
            pipeline.pass(Duration.ofMillis(ms), Duration.ofMillis(random.nextInt(4, 30)));
            for (; seen < transport.requests(); seen++) {
                open.add(transport.sent(seen));
            }
        }

        private void letTheServerAct() {
            while (!open.isEmpty() && random.nextInt(3) > 0) {
                SentBatch batch = open.remove(random.nextInt(open.size()));
                if (!batch.isCancelled()) {
                    batch.answer(choose(batch));
                }
            }
        }

        private Answer choose(SentBatch batch) {
            int status = STATUSES[random.nextInt(STATUSES.length)];
            boolean byEvent = batch.request().path().endsWith("/events");
            return status == 200 && byEvent
                    ? batch.verdicts(0, name -> WORDS[random.nextInt(WORDS.length)])
                    : new Answer(status, random.nextInt(1_000), null);
        }

        private void letTheDiskAct() {
            switch (random.nextInt(25)) {
                case 0 -> hold();
                case 1, 2 -> goOn();
                case 3, 4, 5 -> lane.store.letOne();
                case 6 -> lane.store.fail("disk full");
                case 7, 8 -> lane.store.fail(null);
                default -> {
                    // goes on as it was
                }
            }
        }

        private void hold() {
            lane.store.hold();
            held = true;
        }

        private void goOn() {
            lane.store.goOn();
            held = false;
        }

        /** Closes; tells whether the disk was silent to the end. */
        private boolean close() {
            int ms = random.nextInt(4_000);
            if (random.nextInt(4) == 0) {
                ms = 0;
                pipeline.agent().requestDiscard();
            } else {
                pipeline.requestClose(Duration.ofMillis(ms));
            }
            if (random.nextInt(3) == 0) {
                hold();
            }
            long closedNs = pipeline.clock.nanoTime();
            int answersAtMs = held ? random.nextInt(ms + 4_000) : 0;
            boolean silent = answersAtMs > ms + 2_300;
            for (long now = 0; now < ms + 2_700; now = (pipeline.clock.nanoTime() - closedNs) / 1_000_000) {
                if (now >= answersAtMs && !silent) {
                    goOn();
                }
                letTheServerAct();
                pass(50);
            }
            return silent;
        }

        private void assertEverythingIsInOnePlace() {
            Map<UUID, List<String>> places = lane.store.places();
            told.forEach((id, outcome) ->
                    places.computeIfAbsent(id, event -> new ArrayList<>()).add(outcome.name()));
            assertThat(places.values()).as("where an event is").allMatch(each -> each.size() == 1);
            assertThat(lane.store.owned())
                    .as("records that belong to nobody who is there")
                    .isZero();
            assertThat(places).hasSize(captured);
            lane.assertAccount(captured);
        }

        private void assertNothingIsMissing() {
            List<UUID> all = new ArrayList<>(lane.store.places().keySet());
            all.addAll(told.keySet());
            assertThat(all.stream().distinct().count()).isEqualTo(captured);
        }
    }
}
