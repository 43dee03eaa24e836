package dev.penstock.engine.flags.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagPayload;
import dev.penstock.client.flags.FlagValue;
import org.junit.jupiter.api.Test;

/** The place of {@code user-1} among those held out is 0.17805599206573022, whatever the flag. */
class HoldoutTest {

    private static FlagFixture flag(String holdout) {
        return FlagFixture.filters("{'groups':[{}],'holdout':" + holdout
                + ",'payloads':{'holdout-42':'held','true':'1'},'multivariate':{'variants':"
                + "[{'key':'a','rollout_percentage':100}]}}");
    }

    private static FlagValue value(String holdout) {
        return flag(holdout).value(FlagContext.of("user-1"));
    }

    @Test
    void shouldHoldOutUpToThePercentage() {
        assertThat(value("{'id':42,'exclusion_percentage':17.9}")).isEqualTo(FlagValue.variant("holdout-42"));
        assertThat(value("{'id':42,'exclusion_percentage':17.8}")).isEqualTo(FlagValue.variant("a"));
        assertThat(value("{'id':42,'exclusion_percentage':17.8055993}")).isEqualTo(FlagValue.variant("holdout-42"));
        assertThat(value("{'id':42,'exclusion_percentage':17.8055991}")).isEqualTo(FlagValue.variant("a"));
    }

    @Test
    void shouldClampThePercentage() {
        assertThat(value("{'id':42,'exclusion_percentage':100}")).isEqualTo(FlagValue.variant("holdout-42"));
        assertThat(value("{'id':42,'exclusion_percentage':1000}")).isEqualTo(FlagValue.variant("holdout-42"));
        assertThat(value("{'id':42,'exclusion_percentage':-5}")).isEqualTo(FlagValue.variant("a"));
        assertThat(value("{'id':42,'exclusion_percentage':0}")).isEqualTo(FlagValue.variant("a"));
    }

    @Test
    void shouldHoldNobodyOutWithoutAnIdOrAPercentage() {
        for (String holdout : new String[] {
            "null",
            "{}",
            "{'id':null,'exclusion_percentage':100}",
            "{'id':42}",
            "{'id':42,'exclusion_percentage':null}",
            "{'id':42,'exclusion_percentage':1e999}"
        }) {
            assertThat(value(holdout)).as(holdout).isEqualTo(FlagValue.variant("a"));
        }
    }

    @Test
    void shouldBeInconclusiveForAHoldoutOfAnotherKind() {
        assertThat(value("{'id':42,'exclusion_percentage':'100'}")).isEqualTo(FlagValue.MISSING);
        assertThat(value("[]")).isEqualTo(FlagValue.MISSING);
    }

    @Test
    void shouldGiveThePayloadOfTheHoldout() {
        assertThat(flag("{'id':42,'exclusion_percentage':100}")
                        .evaluate("f", FlagContext.of("user-1"))
                        .payload()
                        .map(FlagPayload::value))
                .contains("held");
    }

    @Test
    void shouldHoldOutBeforeAnyConditionIsLookedAt() {
        assertThat(FlagFixture.filters("{'holdout':{'id':1,'exclusion_percentage':100}}")
                        .value(FlagContext.of("user-1")))
                .isEqualTo(FlagValue.variant("holdout-1"));
    }

    @Test
    void shouldHoldAGroupOutByItsKey() {
        // The place of group acme is 0.927.
        FlagContext member =
                FlagContext.builder("user-1").group("company", "acme").build();
        String filters =
                "{'aggregation_group_type_index':0,'groups':[{}],'holdout':{'id':1,'exclusion_percentage':%s}}";

        assertThat(FlagFixture.filters(String.format(filters, "92")).value(member))
                .isEqualTo(FlagValue.TRUE);
        assertThat(FlagFixture.filters(String.format(filters, "93")).value(member))
                .isEqualTo(FlagValue.variant("holdout-1"));
    }
}
