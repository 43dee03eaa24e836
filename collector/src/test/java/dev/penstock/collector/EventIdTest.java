package dev.penstock.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventIdTest {
    private final EventId id = new EventId();

    private UUID uuid() {
        return new UUID(id.high(), id.low());
    }

    @Test
    void shouldReadAUuidInLettersOfEitherCase() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            UUID expected = new UUID(random.nextLong(), random.nextLong());
            String text = expected.toString();
            for (String written : new String[] {text, text.toUpperCase(Locale.ROOT)}) {
                assertThat(id.parse(("x" + written).toCharArray(), 1, 36)).isTrue();
                assertThat(uuid()).as("seed %d", seed).isEqualTo(expected);
            }
            id.parseOrName(text.toCharArray(), 0, 36);
            assertThat(uuid()).as("seed %d", seed).isEqualTo(expected);
            assertThat(EventId.of(text)).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "m",
                "order 1",
                "\u6f22\ud83d\ude00",
                "0195514D-6f10-7c3a-9d2e-5b1f0a7c4e40",
                "0195514d-6f10-7c3a-9d2e-5b1f0a7c4e4",
                "0195514d-6f10-7c3a-9d2e-5b1f0a7c4e400",
                "0195514d-6f10-7c3a-9d2e-5b1f0a7c4e4g",
                "0195514d6f107c3a9d2e5b1f0a7c4e40"
            })
    void shouldNameATextThatIsNoUuidAsItIsWritten(String text) {
        UUID expected = UUID.nameUUIDFromBytes(Batches.utf8(text));
        id.parseOrName(("x" + text + "x").toCharArray(), 1, text.length());
        assertThat(uuid()).isEqualTo(expected);
        assertThat(EventId.of(text)).isEqualTo(expected);
    }
}
