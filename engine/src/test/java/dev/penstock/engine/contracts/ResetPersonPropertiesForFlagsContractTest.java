package dev.penstock.engine.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.context.ContextScope;
import dev.penstock.client.context.RequestContext;
import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagOptions;
import dev.penstock.engine.testing.ClientFixture;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Forgetting what flag evaluation was to know of a person. */
@SuppressWarnings("try") // scopes are only closed
@Timeout(60)
class ResetPersonPropertiesForFlagsContractTest {

    @RegisterExtension
    private final ContractHost host = new ContractHost();

    @Test
    @DisplayName("Reset Person Properties For Flags: Reset person properties clears local person flag overrides")
    void shouldForgetWhatWasSet() {
        ClientFixture client = host.client();

        try (ContextScope scope = client.client().contexts().enter(RequestContext.EMPTY)) {
            scope.setPersonPropertiesForFlags(Map.of("plan", "pro"));
            scope.resetPersonPropertiesForFlags();

            assertThat(client.client().contexts().current().personPropertiesForFlags())
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("Reset Person Properties For Flags: Reset person properties affects subsequent flag evaluations")
    void shouldTellTheServerNothingMore() {
        ClientFixture client = host.clientAsking(ScriptedFlag.of("beta-ui", true));

        try (ContextScope scope = client.client().contexts().enter(RequestContext.EMPTY)) {
            scope.setPersonPropertiesForFlags(Map.of("plan", "pro"));
            scope.resetPersonPropertiesForFlags();
            client.client().flags().evaluateFlags(FlagContext.of("user-123"), FlagOptions.DEFAULT);
        }

        assertThat(host.evaluations()).hasSize(1);
        assertThat(host.evaluations().get(0).body()).doesNotContain("plan");
    }
}
