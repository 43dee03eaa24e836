package dev.penstock.engine.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagOptions;
import dev.penstock.engine.testing.ClientFixture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a flag is on. */
@Timeout(60)
class IsFeatureEnabledContractTest {

    private static final FlagContext USER = FlagContext.of("user-123");

    @RegisterExtension
    private final ContractHost host = new ContractHost();

    private static ScriptedFlag feature(String value) {
        return ScriptedFlag.of("feature", value.startsWith("variant") ? value : Boolean.valueOf(value));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({"true,true", "false,false", "variant-a,true"})
    @DisplayName("Is Feature Enabled: Enabled check maps flag values to booleans")
    void shouldBeOnForTrueAndForVariants(String value, boolean enabled) {
        ClientFixture client = host.clientKnowing(feature(value));

        assertThat(client.client().flags().isEnabled("feature", USER)).isEqualTo(enabled);
    }

    @ParameterizedTest(name = "default {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("Is Feature Enabled: Enabled check resolves missing flags to the default")
    void shouldBeWhatTheCallerSaysIfItIsMissing(boolean ifMissing) {
        ClientFixture client = host.clientKnowing();

        assertThat(client.client().flags().isEnabled("missing", USER, ifMissing))
                .isEqualTo(ifMissing);
    }

    @ParameterizedTest(name = "{0} with default {1} is {2}")
    @CsvSource({"false,true,false", "variant-a,false,true"})
    @DisplayName("Is Feature Enabled: Enabled check prefers the flag value over the caller default")
    void shouldBeWhatTheFlagSaysIfThereIsOne(String value, boolean ifMissing, boolean enabled) {
        ClientFixture client = host.clientKnowing(feature(value));

        assertThat(client.client().flags().isEnabled("feature", USER, ifMissing))
                .isEqualTo(enabled);
    }

    @Test
    @DisplayName("Is Feature Enabled: Enabled check can suppress tracking")
    void shouldReportNothingWhereTheCallSaysSo() {
        ClientFixture client = host.clientKnowing(feature("true"));

        assertThat(client.client()
                        .flags()
                        .getFlagResult("feature", USER, FlagOptions.DEFAULT.withUsageEvents(false))
                        .isEnabled())
                .isTrue();

        assertThat(host.flagsCalled(client)).isEmpty();
    }
}
