package dev.penstock.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.Outcome;
import dev.penstock.engine.listener.SettledEvents;
import dev.penstock.engine.listener.SettlementSink;
import dev.penstock.engine.protocol.StoredEnvelope;
import dev.penstock.engine.spool.RecordIds;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What listeners hear of records that the spool gives up. */
class SpoolLossesTest {

    private final List<SettledEvents> told = new ArrayList<>();

    private final SpoolLosses losses = new SpoolLosses(new SettlementSink() {
        @Override
        public boolean wantsOutcomes() {
            return true;
        }

        @Override
        public void settled(SettledEvents events) {
            told.add(events);
        }
    });

    @Test
    void shouldTellOfEventsByTheirIds() {
        losses.lost(new RecordIds(StoredEnvelope.POSTHOG_V0, new long[] {1, 2, 3, 4}), 2, "the spool was full");

        assertThat(told).singleElement().satisfies(events -> {
            assertThat(events.count()).isEqualTo(2);
            assertThat(events.count(Outcome.DISCARDED)).isEqualTo(2);
        });
    }

    @Test
    void shouldTellNobodyOfLogRecordsOrOfWhatCannotBeRead() {
        losses.lost(new RecordIds(StoredEnvelope.POSTHOG_LOGS, new long[] {1, 2}), 1, "the spool was full");
        losses.lost(null, 7, "the spool was full");

        assertThat(told).isEmpty();
    }
}
