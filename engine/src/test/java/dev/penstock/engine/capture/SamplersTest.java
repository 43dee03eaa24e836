package dev.penstock.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.engine.record.TestSeed;
import java.util.UUID;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplersTest {

    private static final int MANY = 200_000;

    /** Five standard deviations of the worst case, a share of a half. */
    private static final double TOLERANCE = 5 * Math.sqrt(0.25 / MANY);

    private static double kept(IntToLongFunction admit) {
        int kept = 0;
        for (int i = 0; i < MANY; i++) {
            kept += admit.applyAsLong(i) == EventSampler.LEFT_OUT ? 0 : 1;
        }
        return (double) kept / MANY;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.1, 0.5, 0.9})
    void shouldKeepTheShareOfPersonsWhateverTheirIdsLookLike(double rate) {
        TestSeed.run(random -> {
            PersonSampler sampler = new PersonSampler(rate);
            String prefix = "user-" + random.nextInt(1_000) + "-";

            assertThat(kept(i -> sampler.admit(prefix + i, 0, 0))).isCloseTo(rate, within(TOLERANCE));
            assertThat(kept(i -> sampler.admit(Integer.toHexString(random.nextInt()) + random.nextInt(), 0, 0)))
                    .isCloseTo(rate, within(TOLERANCE));
            assertThat(kept(i -> sampler.admit(new UUID(random.nextLong(), random.nextLong()).toString(), 0, 0)))
                    .isCloseTo(rate, within(TOLERANCE));
        });
    }

    @Test
    void shouldKeepAPersonAtEveryHigherRate() {
        TestSeed.run(random -> {
            for (int i = 0; i < 10_000; i++) {
                String id = Long.toString(random.nextLong(), 36);
                double rate = random.nextDouble();
                boolean in = new PersonSampler(rate).admit(id, random.nextLong(), 1) == 0;
                assertThat(new PersonSampler(rate).admit(id, random.nextLong(), 2) == 0)
                        .isEqualTo(in);
                double higher = rate + (1 - rate) * random.nextDouble();
                assertThat(in && new PersonSampler(higher).admit(id, 3, 4) != 0).isFalse();
            }
        });
    }

    /** Worked out by hand from what is documented; restarts and releases must not move anybody. */
    @ParameterizedTest
    @CsvSource({"'', 0", "a, 0.8758410869631916", "user-77, 0.12726070545613766", "漢字, 0.021546163130551577"})
    void shouldPlaceAPersonWhereTheDocumentationSays(String id, double position) {
        assertThat(PersonSampler.position(id)).isEqualTo(position);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.1, 0.5, 0.9})
    void shouldKeepTheShareOfEventsWhateverTheirUuidsLookLike(double rate) {
        TestSeed.run(random -> {
            ChanceSampler sampler = new ChanceSampler(rate);
            long high = random.nextLong();

            assertThat(kept(i -> sampler.admit("one", high, i))).isCloseTo(rate, within(TOLERANCE));
            assertThat(kept(i -> sampler.admit("one", high + i, 0))).isCloseTo(rate, within(TOLERANCE));
            assertThat(kept(i -> sampler.admit("one", i << 16, random.nextLong())))
                    .isCloseTo(rate, within(TOLERANCE));
            assertThat(kept(i -> new PersonSampler(rate).admit(null, high, i))).isCloseTo(rate, within(TOLERANCE));
        });
    }

    @Test
    void shouldDecideOnAUuidTheSameWayTwice() {
        ChanceSampler sampler = new ChanceSampler(0.5);
        for (int i = 0; i < 1_000; i++) {
            assertThat(sampler.admit("a", 7, i)).isEqualTo(sampler.admit("b", 7, i));
        }
    }

    @Test
    void shouldKeepAllAtOneAndNoneAtZero() {
        assertThat(kept(i -> new PersonSampler(1).admit("p" + i, 0, i))).isEqualTo(1);
        assertThat(kept(i -> new PersonSampler(0).admit("p" + i, 0, i))).isZero();
        assertThat(kept(i -> new ChanceSampler(1).admit("p", 0, i))).isEqualTo(1);
        assertThat(kept(i -> new ChanceSampler(0).admit("p", 0, i))).isZero();
        assertThat(new PersonSampler(0).admit("", 0, 0)).isEqualTo(EventSampler.LEFT_OUT);
    }
}
