package dev.penstock.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.Compressor;
import dev.penstock.client.DeliveryNotice;
import dev.penstock.client.Outcome;
import dev.penstock.engine.encode.BodyEncoding;
import dev.penstock.engine.encode.BodyWriter;
import dev.penstock.engine.listener.SettledEvents;
import dev.penstock.engine.listener.SettlementSink;
import dev.penstock.engine.testing.SneakyThrow;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that never come into a closed batch: whoever waits for them hears all the same. */
class LostEventsTest {

    private static final int MORE_THAN_A_STEP_OF_COMPRESSION = 40_000;

    private final PipelineFixture pipeline = new PipelineFixture();
    private final Map<UUID, String> told = new HashMap<>();

    LostEventsTest() {
        pipeline.settlements = new SettlementSink() {
            @Override
            public boolean wantsOutcomes() {
                return true;
            }

            @Override
            public void settled(SettledEvents events) {
                for (int i = 0; i < events.count(); i++) {
                    String ending =
                            events.ending(i).outcome() + ", " + events.ending(i).reason();
                    assertThat(told.put(events.uuid(i), ending)).isNull();
                }
            }
        };
    }

    private static UUID id(int number) {
        return new UUID(0x019c_4c0b_01aa_7b42L, 0x9c7e_55d0_a1f3_0000L + number);
    }

    private void capture(int number, int length) {
        pipeline.capture("event-" + number, "\u6f22".repeat(length), id(number));
    }

    /** Gives bodies out of a writer that the test can break by closing it. */
    private BodyWriter breakable() {
        BodyWriter writer = BodyWriter.create(BodyEncoding.GZIP, Compressor.ZLIB);
        pipeline.bodyWriters = () -> writer;
        return writer;
    }

    @Test
    void shouldTellOfEventsThatCannotBeEncoded() {
        int[] read = {0};
        pipeline.onRead = () -> {
            if (read[0]++ == 1) {
                SneakyThrow.of(new IOException("not declared"));
            }
        };
        for (int i = 0; i < 3; i++) {
            capture(i, 1);
        }
        pipeline.flush();
        pipeline.settle();

        pipeline.assertOutcomes(2, 1, 0, 0);
        assertThat(told)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        id(0), "DELIVERED, status 200",
                        id(1), "REFUSED, could not be encoded",
                        id(2), "DELIVERED, status 200"));
    }

    @Test
    void shouldTellOfWhatACloseHasNoTimeToEncode() {
        int[] encoded = {0};
        pipeline.onRead = () -> encoded[0]++;
        pipeline.stalling();
        for (int i = 0; i < 2_000; i++) {
            capture(i, 1);
        }
        pipeline.requestClose(Duration.ZERO);
        pipeline.turn();
        assertThat(encoded[0]).isBetween(1, 256);
        int before = encoded[0];
        pipeline.clock.advance(Duration.ofSeconds(1));
        pipeline.settle();

        assertThat(pipeline.hasEnded()).isTrue();
        assertThat(encoded[0]).isEqualTo(before);
        pipeline.assertOutcomes(0, 0, 0, 2_000);
        assertThat(told).hasSize(2_000).containsKeys(id(0), id(1_999));
        assertThat(told.values()).containsOnly("DISCARDED, client closed before delivery");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100})
    void shouldTellOfABatchThatCannotBeClosed(int events) {
        pipeline.maxEvents = 100;
        BodyWriter writer = breakable();
        for (int i = 0; i < events - 1; i++) {
            capture(i, 1);
        }
        pipeline.turn();
        capture(events - 1, 1);
        if (events == 1) {
            pipeline.turn();
        }
        writer.close();
        pipeline.flush();
        pipeline.settle();

        pipeline.assertOutcomes(0, 0, 0, events);
        assertThat(told).hasSize(events).containsKeys(id(0), id(events - 1));
        assertThat(told.values()).containsOnly("DISCARDED, batch could not be built");
    }

    @Test
    void shouldTellOfTheEventAtHandToo() {
        BodyWriter writer = breakable();
        capture(0, 1);
        capture(1, 1);
        pipeline.turn();
        writer.close();
        capture(2, MORE_THAN_A_STEP_OF_COMPRESSION);
        pipeline.turn();

        pipeline.assertOutcomes(0, 0, 0, 3);
        assertThat(told).containsOnlyKeys(id(0), id(1), id(2));

        capture(3, 1); // not even begun
        pipeline.turn();
        pipeline.assertOutcomes(0, 0, 0, 4);
        assertThat(told).containsOnlyKeys(id(0), id(1), id(2), id(3));
    }

    @Test
    void shouldCountEvenIfTellingFails() {
        pipeline.settlements = new SettlementSink() {
            @Override
            public boolean wantsOutcomes() {
                return true;
            }

            @Override
            public void settled(SettledEvents events) {
                throw new OutOfMemoryError("for a test");
            }
        };
        BodyWriter writer = breakable();
        pipeline.maxEvents = 2;
        capture(0, 1);
        capture(1, 1);
        pipeline.turn();
        capture(2, 1);
        pipeline.turn();
        writer.close();
        pipeline.flush();
        pipeline.settle();

        pipeline.assertOutcomes(2, 0, 0, 1);
        pipeline.pass(Duration.ofMillis(200));
        assertThat(pipeline.logger.from(System.Logger.Level.WARNING))
                .anyMatch(line -> line.contains("outcomes could not be told"));
    }

    @Test
    void shouldGiveListenersAStub() throws Exception {
        List<DeliveryNotice> notices = new ArrayList<>();
        pipeline.listener = notices::add;
        BodyWriter writer = breakable();
        capture(0, 1);
        capture(1, 1);
        pipeline.turn();
        writer.close();
        pipeline.flush();
        pipeline.settle();
        pipeline.tellListener();

        assertThat(notices).extracting(DeliveryNotice::uuid).containsExactly(id(0), id(1));
        assertThat(notices).extracting(DeliveryNotice::event).containsOnly("");
        assertThat(notices).extracting(DeliveryNotice::outcome).containsOnly(Outcome.DISCARDED);
        assertThat(notices.get(1).json()).isEqualTo("{\"event\":\"\",\"uuid\":\"" + id(1) + "\"}");
    }
}
