package dev.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureMode;
import dev.penstock.collector.Collector;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.collector.Route;
import dev.penstock.engine.testing.ClientFixture;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The id a caller is told and the one on the wire, and ids that are given as text. */
@Timeout(60)
class EventUuidTest {

    private static final String TEXT = "0195514d-6f10-7c3a-9d2e-5b1f0a7c4e21";
    private static final UUID ID = UUID.fromString(TEXT);

    private final Collector collector = Collector.start();

    @AfterEach
    void closeCollector() {
        collector.close();
    }

    private void assertOnTheWire(Optional<UUID> told) {
        assertThat(collector.events())
                .singleElement()
                .extracting(ReceivedEvent::uuid)
                .isEqualTo(told.orElseThrow().toString());
    }

    @ParameterizedTest
    @EnumSource
    void shouldTellTheIdThatGoesOut(CaptureMode mode) {
        try (ClientFixture fixture = ClientFixture.of(collector, config -> config.captureMode(mode))) {
            Optional<UUID> told = fixture.client().event("e").sendForUuid();
            fixture.flush();

            assertOnTheWire(told);
            assertThat(told.orElseThrow().version()).isEqualTo(7);
        }
    }

    @Test
    void shouldTellTheCallersOwnId() {
        try (ClientFixture fixture = ClientFixture.of(collector)) {
            Optional<UUID> told = fixture.client().event("e").uuid(ID).sendForUuid();
            fixture.flush();

            assertThat(told).contains(ID);
            assertOnTheWire(told);
        }
    }

    @Test
    void shouldTellTheIdOfTheUsersSourceAndAskItOnce() {
        AtomicLong asked = new AtomicLong();
        try (ClientFixture fixture = ClientFixture.of(
                collector, config -> config.idSource(() -> new UUID(0x7000, asked.incrementAndGet())))) {
            Optional<UUID> told = fixture.client().event("e").sendForUuid();
            fixture.flush();

            assertThat(told).contains(new UUID(0x7000, 1));
            assertOnTheWire(told);
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void shouldTellAnIdOfItsOwnWhenTheUsersSourceFails() {
        try (ClientFixture fixture = ClientFixture.of(collector, config -> config.idSource(() -> null))) {
            Optional<UUID> told = fixture.client().event("e").sendForUuid();
            fixture.flush();

            assertOnTheWire(told);
        }
    }

    @Test
    void shouldTellTheIdThatAHookHasGivenTheEvent() {
        try (ClientFixture fixture = ClientFixture.of(
                collector,
                config -> config.beforeSend(event -> {
                    event.setUuid(ID);
                    return event;
                }))) {
            Optional<UUID> told = fixture.client().event("e").sendForUuid();
            fixture.flush();

            assertThat(told).contains(ID);
            assertOnTheWire(told);
        }
    }

    @Test
    void shouldTellTheIdMadeForAnEventWhoseHookHasTakenItAway() {
        AtomicLong asked = new AtomicLong();
        try (ClientFixture fixture = ClientFixture.of(
                collector,
                config -> config.idSource(() -> new UUID(0x7000, asked.incrementAndGet()))
                        .beforeSend(event -> {
                            event.setUuid(null);
                            return event;
                        }))) {
            Optional<UUID> told = fixture.client().event("e").uuid(ID).sendForUuid();
            fixture.flush();

            assertThat(told).contains(new UUID(0x7000, asked.get()));
            assertOnTheWire(told);
        }
    }

    @Test
    void shouldTellTheIdOfAnAiEventThatAHookHasChanged() {
        try (ClientFixture fixture = ClientFixture.of(
                collector,
                config -> config.beforeSend(event -> {
                    event.setUuid(ID);
                    return event;
                }))) {
            assertThat(fixture.client().ai().capture("p", "$ai_span", Map.of())).contains(ID);
            fixture.flush();
        }
        assertThat(collector.eventsBy(Route.AI))
                .singleElement()
                .extracting(ReceivedEvent::uuid)
                .isEqualTo(TEXT);
    }

    @Test
    void shouldTellNoIdOfWhatIsNotAccepted() {
        AtomicInteger asked = new AtomicInteger();
        try (ClientFixture fixture = ClientFixture.of(
                collector,
                config -> config.idSource(() -> new UUID(0x7000, asked.incrementAndGet()))
                        .beforeSend(event -> event.name().equals("dropped") ? null : event))) {
            CaptureClient client = fixture.client();
            assertThat(client.event(" ").sendForUuid()).isEmpty();
            assertThat(client.event("dropped").sendForUuid()).isEmpty();
            assertThat(client.event("e").put("text", "x".repeat(1 << 20)).sendForUuid())
                    .isEmpty();
            assertThat(client.identify(null).sendForUuid()).isEmpty();
            int before = asked.get();
            client.setEnabled(false);
            assertThat(client.event("e").sendForUuid()).isEmpty();
            assertThat(asked).hasValue(before);
            fixture.flush();
        }
        assertThat(collector.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                TEXT,
                "0195514D-6F10-7C3A-9D2E-5B1F0A7C4E21",
                " " + TEXT + "\t",
                "00000000-0000-0000-0000-000000000000"
            })
    void shouldTakeAnIdFromItsText(String text) {
        try (ClientFixture fixture = ClientFixture.of(collector)) {
            Optional<UUID> told = fixture.client().event("e").uuidText(text).sendForUuid();
            fixture.flush();

            assertThat(told).contains(UUID.fromString(text.strip()));
            assertOnTheWire(told);
            fixture.assertQuiet();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "1-1-1-1-1",
                "0195514d6f107c3a9d2e5b1f0a7c4e21",
                "{" + TEXT + "}",
                TEXT + "0",
                "0195514d-6f10-7c3a-9d2e-5b1f0a7c4e2",
                "0195514d-6f10-7c3a-9d2e-5b1f0a7c4e2g",
                "0195514d-6f10-7c3a-9d2e_5b1f0a7c4e21",
                "0195514d6-f10-7c3a-9d2e-5b1f0a7c4e21",
                "0195514d-6f107-c3a-9d2e-5b1f0a7c4e21",
                "0195514d-6f10-7c3a-9d2e5-b1f0a7c4e21",
                "+195514d-6f10-7c3a-9d2e-5b1f0a7c4e21",
                "０195514d-6f10-7c3a-9d2e-5b1f0a7c4e21"
            })
    void shouldGiveAnEventWithAMalformedIdANewOneAndWarn(String text) {
        try (ClientFixture fixture = ClientFixture.of(collector)) {
            Optional<UUID> told =
                    fixture.client().event("e").uuid(ID).uuidText(text).sendForUuid();
            fixture.flush();

            assertOnTheWire(told);
            assertThat(told.orElseThrow()).isNotEqualTo(ID);
            assertThat(told.orElseThrow().version()).isEqualTo(7);
            assertThat(told.orElseThrow().toString()).as("made just now").isGreaterThan("0195514e");
            fixture.awaitWarning("uuid");
            assertThat(fixture.logger().from(System.Logger.Level.WARNING))
                    .noneMatch(line -> line.contains(text) && text.length() > 1);
        }
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " \t"})
    void shouldGiveANewIdWithoutAWordIfThereIsNone(String text) {
        try (ClientFixture fixture = ClientFixture.of(collector)) {
            Optional<UUID> told =
                    fixture.client().event("e").uuid(ID).uuidText(text).sendForUuid();
            fixture.flush();

            assertOnTheWire(told);
            assertThat(told).isNotEqualTo(Optional.of(ID));
            fixture.assertQuiet();
        }
    }

    @Test
    void shouldGiveEqualEventsDifferentIds() {
        try (ClientFixture fixture = ClientFixture.of(collector)) {
            for (int i = 0; i < 200; i++) {
                fixture.client().capture("p", "e", Map.of());
            }
            fixture.flush();
        }
        List<String> ids = collector.events().stream().map(ReceivedEvent::uuid).toList();
        assertThat(ids).hasSize(200).doesNotHaveDuplicates();
    }
}
