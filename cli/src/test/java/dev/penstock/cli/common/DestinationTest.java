package dev.penstock.cli.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DestinationTest {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "POSTHOG_HOST", "http://posthog",
            "POSTHOG_API_KEY", "phc_env",
            "SEGMENT_HOST", "http://segment",
            "SEGMENT_WRITE_KEY", "wk_env");

    @ParameterizedTest
    @EnumSource
    void shouldPreferWhatWasTyped(WireProtocol protocol) {
        assertThat(Destination.of(protocol, "http://typed", "typed", ENVIRONMENT))
                .isEqualTo(new Destination("http://typed", "typed"));
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTHOG", "POSTHOG_V1"})
    void shouldReadTheVariablesOfPostHog(WireProtocol protocol) {
        assertThat(Destination.of(protocol, null, null, ENVIRONMENT))
                .isEqualTo(new Destination("http://posthog", "phc_env"));
    }

    @Test
    void shouldReadTheVariablesOfSegment() {
        assertThat(Destination.of(WireProtocol.SEGMENT, null, null, ENVIRONMENT))
                .isEqualTo(new Destination("http://segment", "wk_env"));
    }

    @Test
    void shouldGoToTheHostOfSegmentWhenNoneIsNamed() {
        Map<String, String> ofPostHog = Map.of("POSTHOG_HOST", "http://posthog", "POSTHOG_API_KEY", "phc_env");

        assertThat(Destination.of(WireProtocol.SEGMENT, null, "wk", ofPostHog).host())
                .isEqualTo("https://api.segment.io");
    }

    @Test
    void shouldNeverTakeTheKeyOfOneServiceForTheOther() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Destination.of(WireProtocol.SEGMENT, "http://h", null, Map.of("POSTHOG_API_KEY", "phc_env")))
                .withMessage("--key is missing; give it or set SEGMENT_WRITE_KEY");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Destination.of(WireProtocol.POSTHOG, "http://h", null, Map.of("SEGMENT_WRITE_KEY", "wk_env")))
                .withMessage("--key is missing; give it or set POSTHOG_API_KEY");
    }

    @Test
    void shouldInsistOnAHostForPostHog() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Destination.of(WireProtocol.POSTHOG_V1, null, "phc", Map.of()))
                .withMessage("--host is missing; give it or set POSTHOG_HOST");
    }

    @Test
    void shouldRefuseABlankVariable() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Destination.of(WireProtocol.SEGMENT, null, "wk", Map.of("SEGMENT_HOST", " ")))
                .withMessage("--host must not be blank");
    }

    @Test
    void shouldNotShowTheKey() {
        assertThat(new Destination("http://h", "phc_secret").toString())
                .contains("http://h")
                .doesNotContain("secret");
    }
}
