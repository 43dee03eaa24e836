package dev.penstock.client.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureResult;
import org.junit.jupiter.api.Test;

class DualResultTest {

    @Test
    void shouldGiveBothAnswersWithoutMakingAnObject() {
        for (CaptureResult segment : CaptureResult.values()) {
            for (CaptureResult posthog : CaptureResult.values()) {
                DualResult result = DualResult.of(segment, posthog);

                assertThat(result).isEqualTo(new DualResult(segment, posthog));
                assertThat(DualResult.of(segment, posthog)).isSameAs(result);
                assertThat(result.isAccepted())
                        .isEqualTo(segment == CaptureResult.ACCEPTED && posthog == CaptureResult.ACCEPTED);
            }
        }
    }
}
