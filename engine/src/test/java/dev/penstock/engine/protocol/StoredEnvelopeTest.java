package dev.penstock.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the code of a protocol alone says. */
class StoredEnvelopeTest {

    @ParameterizedTest
    @ValueSource(
            ints = {
                StoredEnvelope.POSTHOG_V0,
                StoredEnvelope.POSTHOG_V1,
                StoredEnvelope.POSTHOG_AI,
                StoredEnvelope.POSTHOG_LOGS
            })
    void shouldSayLikeTheProtocolWhetherItCarriesEvents(int code) {
        Protocol protocol =
                new StoredProtocols.OfPostHog("phc_test", "test/1", true).restore(StoredEnvelope.of(code, false));

        assertThat(protocol.stored().protocol()).isEqualTo(code);
        assertThat(StoredEnvelope.carriesEvents(code)).isEqualTo(protocol.carriesEvents());
    }
}
