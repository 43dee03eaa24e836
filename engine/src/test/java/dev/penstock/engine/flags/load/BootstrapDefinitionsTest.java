package dev.penstock.engine.flags.load;

import static dev.penstock.engine.flags.load.PollerFixture.SECRET_KEY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootstrapDefinitionsTest {

    @TempDir
    Path directory;

    @Test
    void shouldStartFromAFileWithoutASecretKeyAndAskNobody() throws IOException {
        Path file = Files.writeString(directory.resolve("flags.json"), "F1");
        PollerFixture fixture = new PollerFixture(null, BootstrapDefinitions.of(file), null);
        fixture.poller.start();

        assertThat(fixture.target.held()).isEqualTo("F1");
        assertThat(fixture.poller.isReady()).isTrue();
        fixture.pass(Duration.ofMinutes(5));
        assertThat(fixture.server.count()).isZero();
        assertThat(fixture.target.calls()).hasSize(1);
    }

    @Test
    void shouldReadTheFileAgainWhenAskedTo() throws IOException {
        Path file = Files.writeString(directory.resolve("flags.json"), "F1");
        PollerFixture fixture = new PollerFixture("", BootstrapDefinitions.of(file), null).start();
        Files.writeString(file, "F2");

        assertThat(fixture.reload()).isCompletedWithValue(true);
        assertThat(fixture.target.held()).isEqualTo("F2");
        Files.writeString(file, "broken");
        assertThat(fixture.reload()).isCompletedWithValue(false);
        assertThat(fixture.target.held()).isEqualTo("F2");
        assertThat(fixture.poller.isReady()).isTrue();
        Files.delete(file);
        assertThat(fixture.reload()).isCompletedWithValue(false);
        assertThat(fixture.reports).hasSize(2);
    }

    @Test
    void shouldLetTheServerReplaceWhatItStartedFrom() {
        byte[] bytes = "F1".getBytes(UTF_8);
        PollerFixture fixture = new PollerFixture(SECRET_KEY, BootstrapDefinitions.of(bytes), null);
        bytes[0] = 'x';
        fixture.start();
        assertThat(fixture.target.held()).isEqualTo("F1");
        assertThat(fixture.sentEtag()).isNull();

        fixture.answer("W/\"1\"", "F2");
        assertThat(fixture.target.held()).isEqualTo("F2");
    }

    @Test
    void shouldGoOnWhenTheFileIsMissing() {
        Path file = directory.resolve("none.json");
        PollerFixture fixture = new PollerFixture(SECRET_KEY, BootstrapDefinitions.of(file), null).start();

        assertThat(fixture.server.count()).isEqualTo(1);
        assertThat(fixture.poller.isReady()).isFalse();
        assertThat(fixture.reports)
                .singleElement()
                .asString()
                .startsWith("flag definitions from file " + file + " cannot be read: ");
    }

    @Test
    void shouldGoOnWhenTheFileIsNoDefinitionsOrTooLong() throws IOException {
        Path broken = Files.writeString(directory.resolve("broken.json"), "broken");
        PollerFixture fixture = new PollerFixture(SECRET_KEY, BootstrapDefinitions.of(broken), null).start();
        assertThat(fixture.reports)
                .containsExactly("flag definitions from file " + broken + " are unusable: not a JSON object");
        assertThat(fixture.server.count()).isEqualTo(1);

        Path exact = Files.writeString(directory.resolve("exact.json"), "F".repeat(1_000));
        assertThat(new PollerFixture(null, BootstrapDefinitions.of(exact), null)
                        .start()
                        .poller
                        .isReady())
                .isTrue();
        Path longer = Files.writeString(directory.resolve("longer.json"), "F".repeat(1_001));
        PollerFixture tooLong = new PollerFixture(null, BootstrapDefinitions.of(longer), null).start();
        assertThat(tooLong.poller.isReady()).isFalse();
        assertThat(tooLong.reports).singleElement().asString().contains("longer than 1000 bytes");
    }

    @Test
    void shouldHaveNothingToLoadWithoutASecretKeyAndAFile() {
        PollerFixture fixture = new PollerFixture(null, null, null).start();

        assertThat(fixture.reload()).isCompletedWithValue(false);
        assertThat(fixture.server.count()).isZero();
        assertThat(fixture.reports).isEmpty();
    }
}
