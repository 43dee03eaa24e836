package dev.penstock.engine.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What pays is done, and what does not is tried now and then. */
class FieldTrialsTest {

    private final FieldTrials trials = new FieldTrials();

    /** Looks whenever it is due, with every so manieth look a hit. Tells how often it was due. */
    private int due(int field, int times, int every) {
        int looks = 0;
        for (int i = 0; i < times; i++) {
            if (trials.isDue(field)) {
                looks++;
                trials.count(field, every > 0 && looks % every == 0);
            }
        }
        return looks;
    }

    @Test
    void shouldGoOnWhereItPays() {
        assertThat(due(3, 10_000, 4)).isEqualTo(10_000);
    }

    @Test
    void shouldStopWhereItHardlyEverPays() {
        assertThat(due(3, 33, 0)).isEqualTo(32);
        assertThat(due(4, 33, 16)).isEqualTo(32);
    }

    @Test
    void shouldStopWhereItPaysNoLonger() {
        assertThat(due(3, 64, 1)).isEqualTo(64);
        assertThat(due(3, 33, 0)).isEqualTo(32);
    }

    @Test
    void shouldTryAgainAfterARest() {
        int looks = due(3, 32 + 1_024 + 32 + 1_024, 0);
        assertThat(looks).isEqualTo(64);
        assertThat(due(3, 5_000, 1)).as("it pays now").isEqualTo(5_000);
    }

    @Test
    void shouldKeepFieldsApart() {
        due(0, 100, 0);
        assertThat(trials.isDue(0)).isFalse();
        assertThat(trials.isDue(1)).isTrue();
        assertThat(due(ValueMarks.MAX_VALUES - 1, 100, 1)).isEqualTo(100);
    }

    @Test
    void shouldForgetRestsAndCounts() {
        due(0, 100, 0);
        due(1, 31, 0);
        trials.reset();

        assertThat(due(0, 32, 1)).isEqualTo(32);
        assertThat(due(1, 32, 4)).as("the misses before do not count").isEqualTo(32);
        assertThat(trials.isDue(1)).isTrue();
    }
}
