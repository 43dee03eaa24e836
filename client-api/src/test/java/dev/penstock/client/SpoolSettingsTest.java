package dev.penstock.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SpoolSettingsTest {

    private static final Path DIRECTORY = Path.of("var", "spool");

    private static SpoolSettings.Builder builder() {
        return SpoolSettings.builder(DIRECTORY);
    }

    @Test
    void shouldHaveTheDocumentedDefaults() {
        SpoolSettings settings = builder().build();

        assertThat(settings.directory()).isEqualTo(DIRECTORY);
        assertThat(settings.mode()).isEqualTo(SpoolMode.ON_OUTAGE);
        assertThat(settings.sync()).isEqualTo(SpoolSync.INTERVAL);
        assertThat(settings.syncInterval()).isEqualTo(Duration.ofMillis(200));
        assertThat(settings.maxBytes()).isEqualTo(1_073_741_824);
        assertThat(settings.segmentBytes()).isEqualTo(16_777_216);
        assertThat(settings.overflow()).isEqualTo(SpoolOverflow.STOP_SPILLING);
        assertThat(SpoolSettings.OFF.mode()).isEqualTo(SpoolMode.OFF);
    }

    @Test
    void shouldKeepWhatIsSet() {
        SpoolSettings settings = builder()
                .mode(SpoolMode.ALWAYS)
                .sync(SpoolSync.BATCH)
                .syncInterval(Duration.ofSeconds(1))
                .maxBytes(1L << 40)
                .segmentBytes(1 << 30)
                .overflow(SpoolOverflow.DROP_OLDEST)
                .build();

        assertThat(settings.toString())
                .contains("var", "ALWAYS", "BATCH", "PT1S", "1099511627776", "1073741824", "DROP_OLDEST");
        assertThat(settings.mode()).isEqualTo(SpoolMode.ALWAYS);
        assertThat(settings.sync()).isEqualTo(SpoolSync.BATCH);
        assertThat(settings.syncInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.maxBytes()).isEqualTo(1L << 40);
        assertThat(settings.segmentBytes()).isEqualTo(1 << 30);
        assertThat(settings.overflow()).isEqualTo(SpoolOverflow.DROP_OLDEST);
    }

    @Test
    void shouldRefuseWhatIsOutOfRange() {
        refused(builder().syncInterval(Duration.ofMillis(9)), "spool syncInterval must be between");
        refused(builder().syncInterval(Duration.ofMillis(60_001)), "spool syncInterval must be between");
        refused(builder().segmentBytes(64 * 1024 - 1), "spool segmentBytes must be between");
        refused(builder().segmentBytes((1 << 30) + 1), "spool segmentBytes must be between");
        refused(builder().maxBytes(2L * 16 * 1024 * 1024 - 1), "spool maxBytes must be between 33554432 and");
        refused(builder().maxBytes((1L << 40) + 1), "spool maxBytes must be between");
        assertThat(builder()
                        .syncInterval(Duration.ofMillis(10))
                        .segmentBytes(64 * 1024)
                        .maxBytes(128 * 1024)
                        .build())
                .isNotNull();
        assertThat(builder().syncInterval(Duration.ofMinutes(1)).build()).isNotNull();
    }

    @Test
    void shouldRefuseWhatIsMissing() {
        refused(SpoolSettings.builder(null), "spool directory must not be null");
        refused(builder().mode(null), "spool mode must not be null");
        refused(builder().sync(null), "spool sync must not be null");
        refused(builder().syncInterval(null), "spool syncInterval must not be null");
        refused(builder().overflow(null), "spool overflow must not be null");
    }

    private static void refused(SpoolSettings.Builder builder, String message) {
        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageStartingWith(message);
    }
}
