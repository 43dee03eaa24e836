package dev.penstock.cli.flags;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CloseKeysTest {

    @Test
    void shouldSuggestTheClosestFirstAndAtMostThree() {
        List<String> keys = List.of("checkout-v3xx", "checkout-v2", "Checkout", "chekout-v1", "onboarding");

        assertThat(CloseKeys.of("checkout-v1", keys)).containsExactly("checkout-v2", "Checkout", "chekout-v1");
    }

    @Test
    void shouldSuggestNothingThatIsFar() {
        assertThat(CloseKeys.of("ab", List.of("cd", "abcde"))).containsExactly("cd");
        assertThat(CloseKeys.of("abcdef", List.of("abxxxf", "abcxyf"))).containsExactly("abcxyf");
        assertThat(CloseKeys.of("x", List.of())).isEmpty();
    }
}
