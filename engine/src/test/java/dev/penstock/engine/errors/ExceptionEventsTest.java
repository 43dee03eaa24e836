package dev.penstock.engine.errors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.errors.ExceptionDetails;
import dev.penstock.client.errors.ExceptionSettings;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class ExceptionEventsTest {

    private final Exception thrown = new IllegalStateException("boom");

    @Test
    void shouldWriteTheDefaultsOfAManualCall() {
        RecordedEvent event = RecordedEvent.of(thrown);

        assertThat(event.properties())
                .containsOnlyKeys("$exception_list", "$exception_level", "$exception_type", "$exception_message")
                .containsEntry("$exception_level", "error")
                .containsEntry("$exception_type", "IllegalStateException")
                .containsEntry("$exception_message", "boom");
        assertThat(event.mechanism(0))
                .containsOnlyKeys("type", "handled", "synthetic", "exception_id")
                .containsEntry("type", "generic")
                .containsEntry("handled", true)
                .containsEntry("synthetic", false)
                .containsEntry("exception_id", 0);
    }

    @Test
    void shouldTakeMissingDetailsForAManualCall() {
        assertThat(RecordedEvent.of(thrown, null, RecordedEvent.SETTINGS))
                .usingRecursiveComparison()
                .isEqualTo(RecordedEvent.of(thrown));
    }

    @Test
    void shouldWriteWhatTheBoundaryKnows() {
        RecordedEvent event = RecordedEvent.of(
                thrown,
                ExceptionDetails.ESCAPED_REQUEST
                        .withSource("servlet.filter")
                        .withLevel("critical")
                        .withFingerprint("f-1"),
                RecordedEvent.SETTINGS);

        assertThat(event.properties())
                .containsEntry("$exception_level", "fatal")
                .containsEntry("$exception_source", "servlet.filter")
                .containsEntry("$exception_fingerprint", "f-1");
        assertThat(event.mechanism(0)).containsEntry("type", "middleware").containsEntry("handled", false);
    }

    @Test
    void shouldGuessNothingOutOfContext() {
        RecordedEvent event =
                RecordedEvent.of(thrown, ExceptionDetails.UNKNOWN, RecordedEvent.SETTINGS.withFlatProperties(false));

        assertThat(event.properties()).containsOnlyKeys("$exception_list");
        assertThat(event.mechanism(0)).containsOnlyKeys("exception_id").containsEntry("exception_id", 0);
    }

    @Test
    void shouldLeaveFlatPropertiesOutWhenToldTo() {
        RecordedEvent event =
                RecordedEvent.of(thrown, ExceptionDetails.MANUAL, RecordedEvent.SETTINGS.withFlatProperties(false));

        assertThat(event.properties()).containsOnlyKeys("$exception_list", "$exception_level");
    }

    @Test
    void shouldKeepValidValuesBesideInvalidOnes() {
        RecordedEvent event = RecordedEvent.of(
                thrown,
                ExceptionDetails.MANUAL
                        .withMechanismType("")
                        .withLevel("verbose")
                        .withSynthetic(true)
                        .withMechanismField("meta", java.util.Map.of("a", 1))
                        .withMechanismField("bad", Double.NaN),
                RecordedEvent.SETTINGS);

        assertThat(event.properties()).containsEntry("$exception_level", "error");
        assertThat(event.mechanism(0))
                .containsEntry("type", "generic")
                .containsEntry("synthetic", true)
                .containsEntry("meta", java.util.Map.of("a", 1))
                .doesNotContainKey("bad");
    }

    @Test
    void shouldIgnoreWhatTheSettingsSay() {
        ExceptionEvents events = new ExceptionEvents(
                ExceptionSettings.DEFAULT.withIgnored(CancellationException.class::isInstance),
                RecordedEvent.MAX_EVENT_BYTES);

        assertThat(events.isIgnored(new CancellationException())).isTrue();
        assertThat(events.isIgnored(new Exception(new CancellationException()))).isFalse();
        assertThat(events.isIgnored("cancelled")).isFalse();
        assertThat(events.isIgnored(null)).isFalse();
    }

    @Test
    void shouldCaptureWhatItCannotAskAbout() {
        ExceptionEvents events = new ExceptionEvents(
                ExceptionSettings.DEFAULT.withIgnored(exception -> {
                    throw new StackOverflowError();
                }),
                RecordedEvent.MAX_EVENT_BYTES);

        assertThat(events.isIgnored(thrown)).isFalse();
    }
}
