package dev.penstock.client.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageIdsTest {

    private static final String UUID_TEXT = "0195514d-6f10-7c3a-9d2e-5b1f0a7c4e40";

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 1_772_359_204_871L, (1L << 48) - 1})
    void shouldMakeVersionSevenOfTheTime(long millis) {
        UUID uuid = new UUID(MessageIds.newHigh(millis), MessageIds.newLow());

        assertThat(uuid.version()).isEqualTo(7);
        assertThat(uuid.variant()).isEqualTo(2);
        assertThat(uuid.getMostSignificantBits() >>> 16).isEqualTo(millis);
    }

    @Test
    void shouldNotRepeatItselfWithinAMillisecond() {
        Set<UUID> uuids = new HashSet<>();
        long ones = 0;
        long zeros = 0;
        for (int i = 0; i < 10_000; i++) {
            UUID uuid = new UUID(MessageIds.newHigh(1), MessageIds.newLow());
            uuids.add(uuid);
            ones |= uuid.getLeastSignificantBits();
            zeros |= ~uuid.getLeastSignificantBits();
        }

        assertThat(uuids).hasSize(10_000);
        // But for the two bits of the variant, every bit has had both values.
        assertThat(ones & zeros).isEqualTo(-1L >>> 2);
    }

    @Test
    void shouldReadAUuidInLettersOfAnyCase() {
        assertThat(MessageIds.of(UUID_TEXT)).hasToString(UUID_TEXT);
        assertThat(MessageIds.of(UUID_TEXT.toUpperCase(Locale.ROOT))).hasToString(UUID_TEXT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "order/7",
                "漢字",
                "0195514d-6f10-7c3a-9d2e-5b1f0a7c4e4",
                "0195514d-6f10-7c3a-9d2e-5b1f0a7c4e4g",
                // UUID.fromString takes these and reads them as something else.
                "1-1-1-1-1",
                "00195514d-6f10-7c3a-9d2e-b1f0a7c4e40",
                " 195514d-6f10-7c3a-9d2e-5b1f0a7c4e40"
            })
    void shouldNameAnythingElseByItsBytes(String text) {
        assertThat(MessageIds.of(text)).isEqualTo(UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)));
    }
}
