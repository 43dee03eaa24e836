package dev.penstock.cli.importer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LineIdsTest {

    @Test
    void shouldNeverChangeTheIdOfALineBetweenReleases() {
        LineIds ids = new LineIds();

        assertThat(next(ids, "{}")).isEqualTo(UUID.fromString("cf47881b-3922-8450-8466-f2fda32eafc8"));
        assertThat(next(ids, "{}")).isEqualTo(UUID.fromString("5f1cf7a6-722e-8da8-ba38-aa0017b7a4b8"));
    }

    @Test
    void shouldCountIdenticalLinesAmongManyOthers() {
        LineIds ids = new LineIds();
        Set<UUID> seen = new HashSet<>();

        for (int i = 0; i < 100_000; i++) {
            seen.add(next(ids, "line " + i % 40_000));
        }

        assertThat(seen).hasSize(100_000);
        assertThat(seen).allMatch(id -> id.version() == 8 && id.variant() == 2);
    }

    @Test
    void shouldCountEachHashOnItsOwn() {
        OrdinalTable table = new OrdinalTable();

        for (long round = 0; round < 3; round++) {
            for (long hash = 0; hash < 5_000; hash++) {
                assertThat(table.next(hash << 20)).isEqualTo(round);
            }
        }
    }

    private static UUID next(LineIds ids, String line) {
        byte[] bytes = line.getBytes(UTF_8);
        return ids.next(bytes, bytes.length);
    }
}
