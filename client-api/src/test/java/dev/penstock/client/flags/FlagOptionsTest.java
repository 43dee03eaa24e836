package dev.penstock.client.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlagOptionsTest {

    @Test
    void shouldLeaveEverythingToTheConfigurationByDefault() {
        for (boolean configured : new boolean[] {true, false}) {
            assertThat(FlagOptions.DEFAULT.remoteFallback(configured)).isEqualTo(configured);
            assertThat(FlagOptions.DEFAULT.usageEvents(configured)).isEqualTo(configured);
            assertThat(FlagOptions.DEFAULT.geoIpDisabled(configured)).isEqualTo(configured);
        }
        assertThat(FlagOptions.DEFAULT.keys()).isEmpty();
    }

    @Test
    void shouldWinOverTheConfigurationWhereItSaysSomething() {
        FlagOptions options = FlagOptions.DEFAULT
                .withRemoteFallback(true)
                .withUsageEvents(false)
                .withGeoIpDisabled(true)
                .withKeys(List.of("b", "a"));

        assertThat(options.remoteFallback(false)).isTrue();
        assertThat(options.usageEvents(true)).isFalse();
        assertThat(options.geoIpDisabled(false)).isTrue();
        assertThat(options.keys()).hasValueSatisfying(keys -> assertThat(keys).containsExactly("b", "a"));
        assertThat(FlagOptions.DEFAULT.usageEvents(true)).isTrue();
    }

    @Test
    void shouldTellNoKeysFromAllKeys() {
        assertThat(FlagOptions.DEFAULT.withKeys(List.of()).keys())
                .hasValueSatisfying(keys -> assertThat(keys).isEmpty());
    }

    @Test
    void shouldCopyKeysAndRefuseNull() {
        List<String> keys = new ArrayList<>(List.of("a"));
        FlagOptions options = FlagOptions.DEFAULT.withKeys(keys);
        keys.clear();

        assertThat(options.keys().orElseThrow()).containsExactly("a");
        assertThatIllegalArgumentException().isThrownBy(() -> FlagOptions.DEFAULT.withKeys(null));
        assertThatIllegalArgumentException().isThrownBy(() -> FlagOptions.DEFAULT.withKeys(Arrays.asList("a", null)));
    }
}
