package dev.penstock.stress.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldEventsTest {
    @TempDir
    Path directory;

    private final Violations violations = new Violations();
    private Account account;

    @BeforeEach
    void begin() {
        account = Account.create(directory.resolve("account"), 5, 2, 100);
    }

    @AfterEach
    void end() {
        account.close();
    }

    @Test
    void shouldNoteEventsOfBothForms() throws IOException, InterruptedException {
        String padding = "x".repeat(200_000);
        assertThat(read("{\"event\":\"e\",\"properties\":{\"n\":7,\"padding\":\"" + padding + "\"},\"uuid\":\""
                        + id(1, 7)
                        + "\"}\n{\"messageId\":\"" + id(0, 12) + "\",\"properties\":{\"n\":12}}\n{\"messageId\":\""
                        + id(0, 12) + "\",\"properties\":{\"n\":12}}\n"))
                .isEqualTo(3);
        assertThat(account.held(1, 7)).isEqualTo(1);
        assertThat(account.held(0, 12)).isEqualTo(2);
        assertThat(violations.lines()).isEmpty();
    }

    @Test
    void shouldReportStrangers() throws IOException, InterruptedException {
        read("{\"uuid\":\"" + UUID.randomUUID() + "\",\"n\":1}\n{\"n\":1}\n{\"uuid\":\"short\"}\n{\"uuid\":\""
                + id(0, 100) + "\",\"n\":100}\n");
        assertThat(violations.of("the host has an event that nobody sent")).isEqualTo(4);
    }

    @Test
    void shouldReportAnEventUnderAnothersId() throws IOException, InterruptedException {
        read("{\"uuid\":\"" + id(1, 7) + "\",\"properties\":{\"n\":8}}\n{\"uuid\":\"" + id(1, 7) + "\"}\n");
        assertThat(violations.of("the host has an event whose id and content differ"))
                .isEqualTo(2);
        assertThat(account.held(1, 7)).isZero();
    }

    private UUID id(int producer, int number) {
        return new UUID(account.ids().high(), account.ids().low(producer, number));
    }

    private long read(String lines) throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("lines"), lines);
        HeldEvents held = new HeldEvents(file, account, violations);
        held.start();
        return held.await();
    }
}
