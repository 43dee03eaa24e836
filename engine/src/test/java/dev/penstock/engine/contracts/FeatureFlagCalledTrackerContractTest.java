package dev.penstock.engine.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.flags.FlagClient;
import dev.penstock.client.flags.FlagContext;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.ClientFixture;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which uses of flags are reported. */
@Timeout(60)
class FeatureFlagCalledTrackerContractTest {

    private static final FlagContext USER = FlagContext.of("user-123");
    private static final ScriptedFlag BETA_UI = ScriptedFlag.of("beta-ui", true);
    private static final ScriptedFlag COMPANY_BETA =
            ScriptedFlag.of("company-beta", true).ofCompanies();

    @RegisterExtension
    private final ContractHost host = new ContractHost();

    @Test
    @DisplayName("Feature Flag Called Tracker: Tracker emits the first flag-called event for a value")
    void shouldReportTheFirstUse() {
        ClientFixture client = host.clientKnowing(BETA_UI);

        client.client().flags().getFlag("beta-ui", USER);

        assertThat(host.onlySent(client, "$feature_flag_called").properties())
                .containsEntry("$feature_flag", "beta-ui")
                .containsEntry("$feature_flag_response", true);
    }

    @Test
    @DisplayName("Feature Flag Called Tracker: Tracker suppresses duplicate events for the same flag value")
    void shouldReportTheSameUseOnce() {
        ClientFixture client = host.clientKnowing(BETA_UI);

        client.client().flags().getFlag("beta-ui", USER);
        client.client().flags().getFlag("beta-ui", USER);

        assertThat(host.flagsCalled(client)).hasSize(1);
    }

    @Test
    @DisplayName("Feature Flag Called Tracker: Tracker emits again when the flag value changes")
    void shouldReportANewValue() throws Exception {
        host.collector().flags().definitions(ScriptedFlag.definitions(BETA_UI));
        ClientFixture client = host.client(config -> config.secretKey(ContractHost.SECRET));
        FlagClient flags = client.client().flags();
        assertThat(flags.awaitLocalEvaluation(Await.LONG)).isTrue();

        flags.getFlag("beta-ui", USER);
        host.collector().flags().definitions(ScriptedFlag.definitions(ScriptedFlag.of("beta-ui", false)));
        assertThat(flags.reload().toCompletableFuture().get(15, TimeUnit.SECONDS))
                .isTrue();
        flags.getFlag("beta-ui", USER);

        assertThat(host.flagsCalled(client))
                .extracting(event -> event.property("$feature_flag_response"))
                .containsExactly(true, false);
    }

    @Test
    @DisplayName("Feature Flag Called Tracker: Tracker suppresses duplicates for the same server group context")
    void shouldReportTheSameGroupsOnce() {
        ClientFixture client = host.clientKnowing(COMPANY_BETA);

        client.client()
                .flags()
                .getFlag(
                        "company-beta",
                        FlagContext.builder("user-123")
                                .group("company", "company-123")
                                .group("team", "team-1")
                                .build());
        client.client()
                .flags()
                .getFlag(
                        "company-beta",
                        FlagContext.builder("user-123")
                                .group("team", "team-1")
                                .group("company", "company-123")
                                .build());

        assertThat(host.onlySent(client, "$feature_flag_called").property("$feature_flag_response"))
                .isEqualTo(true);
    }

    @Test
    @DisplayName("Feature Flag Called Tracker: Tracker emits again when server group context changes")
    void shouldReportOtherGroups() {
        ClientFixture client = host.clientKnowing(COMPANY_BETA);

        for (String company : List.of("company-123", "company-456")) {
            client.client()
                    .flags()
                    .getFlag(
                            "company-beta",
                            FlagContext.builder("user-123")
                                    .group("company", company)
                                    .build());
        }

        assertThat(host.flagsCalled(client)).hasSize(2);
    }

    @Test
    @DisplayName("Feature Flag Called Tracker: Tracker clears on SDK shutdown")
    void shouldRememberNothingOfAClosedClient() {
        ClientFixture closed = host.clientKnowing(BETA_UI);
        closed.client().flags().getFlag("beta-ui", USER);
        closed.end(Await.LONG);
        closed.client().flags().getFlag("beta-ui", USER);
        ClientFixture next = host.clientKnowing(BETA_UI);

        next.client().flags().getFlag("beta-ui", USER);

        assertThat(host.flagsCalled(next)).hasSize(2);
    }
}
