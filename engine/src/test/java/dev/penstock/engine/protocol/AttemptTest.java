package dev.penstock.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class AttemptTest {

    private static final long NOW = 1_772_359_204_871L;

    private final Attempt first = Attempt.first(new UUID(1, 2), NOW);

    @Test
    void shouldTellTriesApartThoughTheClockHasNotMoved() {
        Attempt second = first.next(NOW);
        Attempt third = second.next(NOW);
        Attempt fourth = third.next(NOW + 1);

        assertThat(second.epochMillis()).isEqualTo(NOW + 1);
        assertThat(third.epochMillis()).isEqualTo(NOW + 2);
        assertThat(fourth.epochMillis()).isEqualTo(NOW + 3);
        assertThat(fourth.number()).isEqualTo(4);
        assertThat(fourth.firstMillis()).isEqualTo(NOW);
    }

    @Test
    void shouldBelieveAClockThatMovesOrWasSetBack() {
        assertThat(first.next(NOW + 1).epochMillis()).isEqualTo(NOW + 1);
        assertThat(first.next(NOW - 99).epochMillis()).isEqualTo(NOW + 1);
        assertThat(first.next(NOW - 100).epochMillis()).isEqualTo(NOW - 100);
    }
}
