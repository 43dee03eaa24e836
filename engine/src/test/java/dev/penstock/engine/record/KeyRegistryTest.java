package dev.penstock.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRegistryTest {

    private final KeyRegistry registry = new KeyRegistry();

    @Test
    void shouldGiveTheSameKeyForTheSameName() {
        RegisteredKey key = registry.register("price");

        assertThat(registry.register("price")).isSameAs(key);
        assertThat(registry.names()[key.id()]).isEqualTo("price");
        assertThat(key).hasToString("price");
        assertThat(key.belongsTo(registry)).isTrue();
        assertThat(key.belongsTo(new KeyRegistry())).isFalse();
    }

    @Test
    void shouldLetKeysBeyondItsCapacityTravelAsText() {
        for (int i = 0; i < KeyRegistry.CAPACITY; i++) {
            assertThat(registry.register("key " + i).id()).isEqualTo(i + 1);
        }

        RegisteredKey late = registry.register("late");

        assertThat(late.id()).isEqualTo(RecordLayout.KEY_IN_TEXT);
        assertThat(late.name()).isEqualTo("late");
        assertThat(registry.names()).hasSize(KeyRegistry.CAPACITY + 1);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {" ", "\t"})
    void shouldRefuseBlankNames(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> registry.register(name));
    }
}
