package dev.penstock.client.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FlagValueTest {

    @Test
    void shouldTellMissingFromOff() {
        assertThat(FlagValue.MISSING.isMissing()).isTrue();
        assertThat(FlagValue.FALSE.isMissing()).isFalse();
        assertThat(FlagValue.MISSING).isNotEqualTo(FlagValue.FALSE);
        assertThat(FlagValue.MISSING.toJsonValue()).isNull();
        assertThat(FlagValue.FALSE.toJsonValue()).isEqualTo(false);
    }

    @Test
    void shouldTellOnFromAVariantOfThatName() {
        FlagValue variant = FlagValue.variant("true");

        assertThat(variant).isNotEqualTo(FlagValue.TRUE).hasToString("true");
        assertThat(variant.toJsonValue()).isEqualTo("true");
        assertThat(FlagValue.TRUE.toJsonValue()).isEqualTo(true);
        assertThat(FlagValue.TRUE.variant()).isNull();
    }

    @Test
    void shouldBeEqualByVariant() {
        assertThat(FlagValue.variant("a")).isEqualTo(FlagValue.variant("a")).isNotEqualTo(FlagValue.variant("b"));
        assertThat(Set.of(FlagValue.MISSING, FlagValue.FALSE, FlagValue.TRUE, FlagValue.variant("a")))
                .hasSize(4)
                .contains(FlagValue.variant("a"));
        assertThat(FlagValue.variant("a").isVariant("a")).isTrue();
        assertThat(FlagValue.variant("a").isVariant("b")).isFalse();
        assertThat(FlagValue.TRUE.isVariant("true")).isFalse();
    }

    @Test
    void shouldBeOnForTrueAndEveryVariant() {
        assertThat(List.of(FlagValue.TRUE, FlagValue.variant("false"), FlagValue.of(true)))
                .allMatch(FlagValue::isEnabled);
        assertThat(List.of(FlagValue.FALSE, FlagValue.MISSING, FlagValue.of(false)))
                .noneMatch(FlagValue::isEnabled);
    }

    @Test
    void shouldRefuseAVariantWithoutAKey() {
        assertThatIllegalArgumentException().isThrownBy(() -> FlagValue.variant(""));
        assertThatIllegalArgumentException().isThrownBy(() -> FlagValue.variant(null));
    }
}
