package dev.penstock.client.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IntegrationsTest {

    @Test
    void shouldSayNothingUnlessTold() {
        assertThat(Integrations.builder().build().asMap()).isEmpty();
    }

    @Test
    void shouldWriteAllInItsExactCase() {
        assertThat(Integrations.builder().enableAll().build().asMap()).containsExactly(entry("All", true));
        assertThat(Integrations.builder().disableAll().build().asMap()).containsExactly(entry("All", false));
    }

    @Test
    void shouldWriteDestinationsInTheOrderGiven() {
        Integrations integrations = Integrations.builder()
                .disableAll()
                .enable("Mixpanel")
                .disable("mixpanel")
                .options("Amplitude", Map.of("session_id", 7))
                .build();

        assertThat(integrations.asMap())
                .containsExactly(
                        entry("All", false),
                        entry("Mixpanel", true),
                        entry("mixpanel", false),
                        entry("Amplitude", Map.of("session_id", 7)));
    }

    @Test
    void shouldKeepTheLastValueOfADestination() {
        Integrations integrations = Integrations.builder()
                .enableAll()
                .enable("A")
                .options("B", Map.of("k", 1))
                .disableAll()
                .options("A", Map.of())
                .disable("B")
                .build();

        assertThat(integrations.asMap()).containsExactly(entry("All", false), entry("A", Map.of()), entry("B", false));
    }

    @Test
    void shouldSayNothingForNullOptionsAndTakeBackNothing() {
        assertThat(Integrations.builder()
                        .options("A", null)
                        .disable("B")
                        .options("B", null)
                        .build()
                        .asMap())
                .containsExactly(entry("B", false));
    }

    @Test
    void shouldLeaveNamesThatAreNoneToTheClient() {
        assertThat(Integrations.builder().enable(null).disable(" ").build().asMap())
                .containsExactly(entry(null, true), entry(" ", false));
    }

    @Test
    void shouldNotChangeWithTheOptionsOrTheBuilderItCameFrom() {
        Object anything = new Object();
        Map<String, Object> options = new HashMap<>();
        options.put("anything", anything);
        options.put("gone", null);
        Integrations.Builder builder = Integrations.builder().options("A", options);
        Integrations integrations = builder.build();
        options.clear();
        builder.enable("B");

        assertThat(integrations.asMap()).containsOnlyKeys("A").isUnmodifiable();
        Map<?, ?> kept = (Map<?, ?>) integrations.asMap().get("A");
        assertThat(kept).hasSize(2).isUnmodifiable();
        assertThat(kept.get("anything")).isSameAs(anything);
        assertThat(kept.containsKey("gone")).isTrue();
    }

    @Test
    void shouldThrowOnWhatAMapThrowsAndKeepWhatWasSaid() {
        IllegalStateException mine = new IllegalStateException("mine");
        Integrations.Builder builder = Integrations.builder().enable("A");

        assertThatThrownBy(() -> builder.options("A", new TraitsTest.ThrowingMap(mine)))
                .isSameAs(mine);
        assertThat(builder.build().asMap()).containsExactly(entry("A", true));
    }

    @Test
    void shouldShowNoContent() {
        assertThat(Integrations.builder()
                        .options("A", Map.of("token", "hunter2"))
                        .build())
                .hasToString("Integrations{members=1}");
    }
}
