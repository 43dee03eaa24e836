package dev.penstock.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UuidGeneratorTest {

    private static UUID next(UuidGenerator generator, long millis) {
        generator.next(millis);
        return new UUID(generator.high(), generator.low());
    }

    @Test
    void shouldMakeVersionSevenWithTheTimeInFront() {
        UuidGenerator generator = new UuidGenerator();
        for (long millis : new long[] {0, 1, 1_772_359_204_871L, (1L << 48) - 1}) {
            UUID uuid = next(generator, millis);

            assertThat(uuid.version()).isEqualTo(7);
            assertThat(uuid.variant()).isEqualTo(2);
            assertThat(uuid.getMostSignificantBits() >>> 16).isEqualTo(millis);
        }
    }

    @Test
    void shouldNotRepeatItself() {
        UuidGenerator generator = new UuidGenerator();
        Set<UUID> seen = new HashSet<>();
        for (int i = 0; i < 1_000_000; i++) {
            seen.add(next(generator, 1));
        }

        assertThat(seen.size()).isEqualTo(1_000_000);
    }

    @Test
    void shouldUseEveryRandomBit() {
        UuidGenerator generator = new UuidGenerator();
        long highSet = 0;
        long highClear = 0;
        long lowSet = 0;
        long lowClear = 0;
        for (int i = 0; i < 1_000; i++) {
            UUID uuid = next(generator, 0);
            highSet |= uuid.getMostSignificantBits();
            highClear |= ~uuid.getMostSignificantBits();
            lowSet |= uuid.getLeastSignificantBits();
            lowClear |= ~uuid.getLeastSignificantBits();
        }

        assertThat(highSet & highClear).isEqualTo(0xFFFL);
        assertThat(lowSet & lowClear).isEqualTo(0x3FFF_FFFF_FFFF_FFFFL);
    }

    @Test
    void shouldDifferFromAnotherGenerator() {
        UuidGenerator one = new UuidGenerator();
        UuidGenerator two = new UuidGenerator();
        Set<UUID> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            seen.add(next(one, 5));
            seen.add(next(two, 5));
        }

        assertThat(seen.size()).isEqualTo(20_000);
    }
}
