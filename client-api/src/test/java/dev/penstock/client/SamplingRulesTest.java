package dev.penstock.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplingRulesTest {

    private final SamplingRules.Builder builder = SamplingRules.builder();

    @Test
    void shouldKeepOneRuleForEachNameInOrder() {
        SamplingRules rules = builder.sample("moved", 0)
                .sampleRandomly("$pageview", 1)
                .limit("missed", 1)
                .limit("hit", 1_000_000)
                .build();
        builder.sample("later", 0.5);

        assertThat(rules.rules())
                .containsExactly(
                        entry("moved", new SamplingRule.OfPersons(0)),
                        entry("$pageview", new SamplingRule.OfEvents(1)),
                        entry("missed", new SamplingRule.Limit(1)),
                        entry("hit", new SamplingRule.Limit(1_000_000)));
        assertThat(SamplingRules.NONE.rules()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.001, 1.001, Double.NaN, Double.POSITIVE_INFINITY})
    void shouldRefuseARateThatIsNoShare(double rate) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.sample("e", rate))
                .withMessageContainingAll("\"e\"", String.valueOf(rate));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.sampleRandomly("e", rate));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, 0, 1_000_001})
    void shouldRefuseALimitOutOfRange(int perSecond) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.limit("e", perSecond))
                .withMessageContainingAll("\"e\"", "1000000");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "*"})
    void shouldRefuseWhatIsNoName(String event) {
        assertThatIllegalArgumentException().isThrownBy(() -> builder.limit(event, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"$identify", "$set", "$create_alias", "$groupidentify", "$exception"})
    void shouldRefuseRulesForWhatIsNeverLeftOut(String event) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.sample(event, 0.5))
                .withMessageContaining(event);
    }

    @Test
    void shouldRefuseASecondRuleForAName() {
        builder.limit("tick", 5);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.sample("tick", 0.5))
                .withMessageContaining("tick");
    }
}
