package dev.penstock.stress.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventIdsTest {

    @Test
    void shouldFindEveryEventByItsId() {
        EventIds ids = new EventIds(42, 9);
        for (int producer : new int[] {0, 1, 8}) {
            for (int number : new int[] {0, 1, 12_345, Integer.MAX_VALUE}) {
                long place = ids.find(ids.high(), ids.low(producer, number));
                assertThat(EventIds.producer(place)).isEqualTo(producer);
                assertThat(EventIds.number(place)).isEqualTo(number);
            }
        }
    }

    @Test
    void shouldMakeIdsOfVersionFourThatDiffer() {
        EventIds ids = new EventIds(-1, 4);
        Set<UUID> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            UUID id = new UUID(ids.high(), ids.low(i % 4, i / 4));
            assertThat(id.version()).isEqualTo(4);
            assertThat(id.variant()).isEqualTo(2);
            assertThat(seen.add(id)).isTrue();
        }
    }

    @Test
    void shouldKnowNoIdOfAnotherRunOrProducer() {
        EventIds ids = new EventIds(1, 4);
        EventIds others = new EventIds(2, 4);
        EventIds wider = new EventIds(1, 5);
        assertThat(ids.find(others.high(), others.low(0, 0))).isEqualTo(EventIds.NONE);
        assertThat(ids.find(wider.high(), wider.low(4, 0))).isEqualTo(EventIds.NONE);
        assertThat(ids.find(0, 0)).isEqualTo(EventIds.NONE);
    }
}
