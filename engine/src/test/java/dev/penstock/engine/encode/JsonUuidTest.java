package dev.penstock.engine.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.record.TestSeed;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JsonUuidTest {

    private final JsonOutput out = new JsonOutput(JsonUuid.BYTES);

    private String text(UUID uuid) {
        out.clear();
        out.ensure(JsonUuid.BYTES);
        JsonUuid.write(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits(), out);
        return out.toString();
    }

    @Test
    void shouldWriteWhatTheJdkWrites() {
        assertThat(text(new UUID(0, 0))).isEqualTo("00000000-0000-0000-0000-000000000000");
        assertThat(text(new UUID(-1, -1))).isEqualTo("ffffffff-ffff-ffff-ffff-ffffffffffff");
        TestSeed.run(random -> {
            for (int i = 0; i < 100_000; i++) {
                UUID uuid = new UUID(random.nextLong(), random.nextLong());
                if (!text(uuid).equals(uuid.toString())) {
                    assertThat(text(uuid)).isEqualTo(uuid.toString());
                }
            }
        });
    }
}
