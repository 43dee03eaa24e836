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

/** Forgetting what flag evaluation was to know of groups. */
@SuppressWarnings("try") // scopes are only closed
@Timeout(60)
class ResetGroupPropertiesForFlagsContractTest {

    private static final FlagContext USER =
            FlagContext.builder("user-123").group("company", "company-123").build();

    @RegisterExtension
    private final ContractHost host = new ContractHost();

    @Test
    @DisplayName("Reset Group Properties For Flags: Reset group properties clears all local group flag overrides")
    void shouldForgetWhatWasSet() {
        ClientFixture client = host.client();

        try (ContextScope scope = client.client().contexts().enter(RequestContext.EMPTY)) {
            scope.setGroupPropertiesForFlags("company", Map.of("plan", "pro"));
            scope.setGroupPropertiesForFlags("team", Map.of("size", 3));
            scope.resetGroupPropertiesForFlags();

            assertThat(client.client().contexts().current().groupPropertiesForFlags())
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("Reset Group Properties For Flags: Reset group properties affects subsequent flag evaluations")
    void shouldTellTheServerNothingMore() {
        ClientFixture client = host.clientAsking(ScriptedFlag.of("beta-ui", true));

        try (ContextScope scope = client.client().contexts().enter(RequestContext.EMPTY)) {
            scope.setGroupPropertiesForFlags("company", Map.of("plan", "pro"));
            scope.resetGroupPropertiesForFlags();
            client.client().flags().evaluateFlags(USER, FlagOptions.DEFAULT);
        }

        assertThat(host.evaluations()).hasSize(1);
        assertThat(host.evaluations().get(0).body()).doesNotContain("plan");
    }
}
