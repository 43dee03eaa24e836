package dev.penstock.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The circuit by itself: what opens it, what closes it, and who may ask meanwhile. */
class CircuitTest {

    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Circuit circuit = new Circuit(3, 500 * MS, 30 * SECOND, 20 * SECOND);
    private long now = -5 * SECOND;

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            circuit.failed(now, now, 0);
        }
    }

    @Test
    void shouldOpenAtTheLastOfSoManyFailuresInARow() {
        fail(2);
        assertThat(circuit.allows(now)).isTrue();
        assertThat(circuit.failed(now, now, 0)).isTrue();

        assertThat(circuit.allows(now)).isFalse();
        assertThat(circuit.isAway(now)).isTrue();
    }

    @Test
    void shouldBeginToCountAnewWithEveryAnswer() {
        fail(2);
        assertThat(circuit.succeeded()).isFalse();
        fail(2);

        assertThat(circuit.allows(now)).isTrue();
    }

    @Test
    void shouldLetOneRequestProbeAfterTheWait() {
        fail(3);
        now += 500 * MS - 1;
        assertThat(circuit.tryBegin(now)).isFalse();
        now += 1;

        assertThat(circuit.isAway(now)).isFalse();
        assertThat(circuit.tryBegin(now)).isTrue();
        assertThat(circuit.tryBegin(now)).isFalse();
        assertThat(circuit.allows(now)).isFalse();
    }

    @Test
    void shouldCloseWithTheAnswerOfTheProbe() {
        fail(3);
        now += 500 * MS;
        circuit.tryBegin(now);

        assertThat(circuit.succeeded()).isTrue();
        assertThat(circuit.tryBegin(now)).isTrue();
        assertThat(circuit.tryBegin(now)).isTrue();
    }

    @Test
    void shouldWaitTwiceAsLongAfterEachProbeThatFailsUpTo30Seconds() {
        fail(3);
        long wait = 500 * MS;
        for (int i = 0; i < 10; i++) {
            now += wait - 1;
            assertThat(circuit.isAway(now)).as("probe %d, before", i).isTrue();
            now += 1;
            assertThat(circuit.tryBegin(now)).as("probe %d", i).isTrue();
            assertThat(circuit.failed(now, now, 0)).isFalse();
            wait = Math.min(30 * SECOND, 2 * wait);
        }
        assertThat(wait).isEqualTo(30 * SECOND);
    }

    @Test
    void shouldNotWaitLongerForRequestsThatBeganBeforeItOpened() {
        fail(3);
        now += 499 * MS;
        fail(5);
        now += MS;

        assertThat(circuit.tryBegin(now)).isTrue();
    }

    @Test
    void shouldNotTakeTheLateFailureOfAnEarlierRequestForTheProbes() {
        long earlier = now;
        fail(3);
        now += 500 * MS;
        circuit.tryBegin(now);
        circuit.failed(earlier, now, 0);
        assertThat(circuit.isAway(now)).isFalse();
        assertThat(circuit.tryBegin(now)).as("the probe is still out").isFalse();
        circuit.failed(now, now, 0);

        assertThat(circuit.isAway(now + SECOND - 1)).isTrue();
        assertThat(circuit.isAway(now + SECOND)).isFalse();
    }

    @Test
    void shouldSendAnotherProbeWhenTheFirstOneNeverEnds() {
        fail(3);
        now += SECOND;
        circuit.tryBegin(now);
        now += 20 * SECOND - 1;
        assertThat(circuit.tryBegin(now)).isFalse();
        now += 1;

        assertThat(circuit.tryBegin(now)).isTrue();
    }

    @Test
    void shouldBeginWithTheShortWaitAtTheNextOutage() {
        fail(3);
        now += 500 * MS;
        circuit.tryBegin(now);
        fail(1);
        now += SECOND;
        circuit.tryBegin(now);
        circuit.succeeded();
        fail(3);

        assertThat(circuit.isAway(now + 500 * MS - 1)).isTrue();
        assertThat(circuit.isAway(now + 500 * MS)).isFalse();
    }

    @Test
    void shouldKeepEverybodyAwayForAsLongAsTheServerAsks() {
        circuit.failed(now, now, 2_000);
        circuit.succeeded();

        assertThat(circuit.isAway(now + 2 * SECOND - 1)).isTrue();
        assertThat(circuit.tryBegin(now + 2 * SECOND - 1)).isFalse();
        assertThat(circuit.tryBegin(now + 2 * SECOND)).isTrue();
        assertThat(circuit.tryBegin(now + 2 * SECOND)).isTrue();
    }

    @Test
    void shouldNotShortenAWaitThatWasAskedForNorTakeOneThatIsTooLong() {
        circuit.failed(now, now, 3_000);
        circuit.failed(now, now, 1_000);
        assertThat(circuit.isAway(now + 3 * SECOND - 1)).isTrue();
        circuit.failed(now, now, 3_600_000);

        assertThat(circuit.isAway(now + 30 * SECOND - 1)).isTrue();
        assertThat(circuit.isAway(now + 30 * SECOND)).isFalse();
    }

    @Test
    void shouldNeverOpenWithoutABound() {
        Circuit never = new Circuit(0, MS, SECOND, SECOND);
        for (int i = 0; i < 10_000; i++) {
            assertThat(never.failed(now, now, 0)).isFalse();
        }

        assertThat(never.tryBegin(now)).isTrue();
    }
}
