package dev.penstock.engine.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CoarseClockTest {

    private final AtomicLong source = new AtomicLong(1_000);
    private final CoarseClock clock = new CoarseClock(() -> Instant.ofEpochMilli(source.get()));

    @Test
    void shouldReadItsSourceWhenMade() {
        assertThat(clock.millis()).isEqualTo(1_000);
    }

    @Test
    void shouldStandStillUntilItIsUpdated() {
        source.set(2_000);
        assertThat(clock.millis()).isEqualTo(1_000);

        clock.update();
        assertThat(clock.millis()).isEqualTo(2_000);
    }

    @Test
    void shouldFollowItsSourceBackwards() {
        for (long millis : new long[] {500, 0, -1, Long.MAX_VALUE / 1_000_000}) {
            source.set(millis);
            clock.update();
            assertThat(clock.millis()).isEqualTo(millis);
        }
    }

    @Test
    void shouldStayWithinTheYearsThatTheWireHasRoomFor() {
        source.set(Instant.parse("0000-01-01T00:00:00Z").toEpochMilli() - 1);
        clock.update();
        assertThat(Instant.ofEpochMilli(clock.millis())).isEqualTo("0000-01-01T00:00:00Z");

        source.set(Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli() + 1);
        clock.update();
        assertThat(Instant.ofEpochMilli(clock.millis())).isEqualTo("9999-12-31T23:59:59.999Z");
    }
}
