package dev.penstock.engine.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.context.ContextScope;
import dev.penstock.client.context.RequestContext;
import dev.penstock.client.flags.FlagClient;
import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagOptions;
import dev.penstock.client.flags.FlagValue;
import dev.penstock.engine.testing.ClientFixture;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What flag evaluation is to know of a person for the length of a request. */
@SuppressWarnings("try") // scopes are only closed
@Timeout(60)
class SetPersonPropertiesForFlagsContractTest {

    @RegisterExtension
    private final ContractHost host = new ContractHost();

    @Test
    @DisplayName("Set Person Properties For Flags: Set person properties stores overrides for future flag evaluation")
    void shouldDecideWithWhatWasSet() {
        ClientFixture client =
                host.clientKnowing(ScriptedFlag.of("beta-ui", true).ofPros());
        FlagClient flags = client.client().flags();

        try (ContextScope scope = client.client().contexts().enter(RequestContext.EMPTY)) {
            assertThat(flags.getFlag("beta-ui", FlagContext.of("user-123"))).isSameAs(FlagValue.MISSING);
            scope.setPersonPropertiesForFlags(Map.of("plan", "pro"));

            assertThat(client.client().contexts().current().personPropertiesForFlags())
                    .isEqualTo(Map.of("plan", "pro"));
            assertThat(flags.getFlag("beta-ui", FlagContext.of("user-123"))).isEqualTo(FlagValue.TRUE);
        }
    }

    @Test
    @DisplayName("Set Person Properties For Flags: Person property overrides are sent with flag reloads")
    void shouldTellTheServerWhatWasSet() {
        ClientFixture client = host.clientAsking(ScriptedFlag.of("beta-ui", true));

        try (ContextScope scope = client.client().contexts().enter(RequestContext.EMPTY)) {
            scope.setPersonPropertiesForFlags(Map.of("plan", "pro"));
            client.client().flags().evaluateFlags(FlagContext.of("user-123"), FlagOptions.DEFAULT);
        }

        assertThat(host.evaluations()).hasSize(1);
        assertThat(host.evaluations().get(0).fields().get("person_properties")).isEqualTo(Map.of("plan", "pro"));
    }
}
