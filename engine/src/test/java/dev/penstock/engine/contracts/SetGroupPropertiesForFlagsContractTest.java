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

/** What flag evaluation is to know of groups for the length of a request. */
@SuppressWarnings("try") // scopes are only closed
@Timeout(60)
class SetGroupPropertiesForFlagsContractTest {

    private static final FlagContext USER =
            FlagContext.builder("user-123").group("company", "company-123").build();

    @RegisterExtension
    private final ContractHost host = new ContractHost();

    @Test
    @DisplayName("Set Group Properties For Flags: Set group properties stores overrides for future flag evaluation")
    void shouldKeepWhatWasSet() {
        ClientFixture client = host.client();

        try (ContextScope scope = client.client().contexts().enter(RequestContext.EMPTY)) {
            scope.setGroupPropertiesForFlags("company", Map.of("plan", "pro"));

            assertThat(client.client().contexts().current().groupPropertiesForFlags())
                    .isEqualTo(Map.of("company", Map.of("plan", "pro")));
        }
        assertThat(client.client().contexts().current().groupPropertiesForFlags())
                .isEmpty();
    }

    @Test
    @DisplayName("Set Group Properties For Flags: Group property overrides are sent with flag reloads")
    void shouldTellTheServerWhatWasSet() {
        ClientFixture client = host.clientAsking(ScriptedFlag.of("beta-ui", true));

        try (ContextScope scope = client.client().contexts().enter(RequestContext.EMPTY)) {
            scope.setGroupPropertiesForFlags("company", Map.of("plan", "pro"));
            client.client().flags().evaluateFlags(USER, FlagOptions.DEFAULT);
        }

        assertThat(host.evaluations()).hasSize(1);
        assertThat(host.evaluations().get(0).fields().get("group_properties"))
                .isInstanceOfSatisfying(
                        Map.class,
                        groups -> assertThat(groups.get("company"))
                                .isInstanceOfSatisfying(
                                        Map.class,
                                        company ->
                                                assertThat(company.get("plan")).isEqualTo("pro")));
    }
}
