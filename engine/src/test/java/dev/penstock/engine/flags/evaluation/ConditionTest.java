package dev.penstock.engine.flags.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagValue;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Conditions in their order. The place of {@code user-1} in {@code simple-flag} is 0.737, that of user-2 0.196. */
class ConditionTest {

    private static final String YES = "{'key':'a','value':'1'}";
    private static final String NO = "{'key':'a','value':'2'}";
    private static final String UNKNOWN = "{'key':'unknown','value':'1'}";
    private static final String SERVER = "{'key':'id','type':'cohort','value':9}";

    private static final FlagContext CONTEXT =
            FlagContext.builder("user-1").personProperty("a", "1").build();

    private static String all(String... filters) {
        return "{'properties':[" + String.join(",", filters) + "]}";
    }

    private static FlagValue value(String... conditions) {
        return FlagFixture.conditions(String.join(",", conditions)).value(CONTEXT);
    }

    private static FlagValue rolledOut(String filters, String person) {
        return FlagFixture.definitions("{'flags':[{'key':'simple-flag','active':true,'filters':" + filters + "}]}")
                .value("simple-flag", person);
    }

    @Test
    void shouldBeOffWithoutConditions() {
        assertThat(FlagFixture.filters("{}").value(CONTEXT)).isEqualTo(FlagValue.FALSE);
        assertThat(FlagFixture.filters("null").value(CONTEXT)).isEqualTo(FlagValue.FALSE);
        assertThat(FlagFixture.filters("{'groups':null}").value(CONTEXT)).isEqualTo(FlagValue.FALSE);
        assertThat(FlagFixture.filters("{'groups':[]}").value(CONTEXT)).isEqualTo(FlagValue.FALSE);
    }

    @Test
    void shouldMatchEverybodyWithoutFilters() {
        assertThat(value("{}")).isEqualTo(FlagValue.TRUE);
        assertThat(value("{'properties':null}")).isEqualTo(FlagValue.TRUE);
        assertThat(value("{'properties':[],'rollout_percentage':null}")).isEqualTo(FlagValue.TRUE);
    }

    @Test
    void shouldMatchIfAllFiltersDo() {
        assertThat(value(all(YES, YES))).isEqualTo(FlagValue.TRUE);
        assertThat(value(all(YES, NO))).isEqualTo(FlagValue.FALSE);
    }

    @Test
    void shouldBeInconclusiveIfOnlyUncertainFiltersAreLeft() {
        assertThat(value(all(YES, UNKNOWN))).isEqualTo(FlagValue.MISSING);
        assertThat(value(all(YES, UNKNOWN), all(NO))).isEqualTo(FlagValue.MISSING);
    }

    @Test
    void shouldLetOneNoDecideAfterAnUncertainFilter() {
        assertThat(value(all(UNKNOWN, NO))).isEqualTo(FlagValue.FALSE);
        assertThat(value(all(SERVER, NO))).isEqualTo(FlagValue.FALSE);
    }

    @Test
    void shouldTryLaterConditionsAfterAnUncertainOne() {
        assertThat(value(all(UNKNOWN), all(YES))).isEqualTo(FlagValue.TRUE);
    }

    @Test
    void shouldStopWhereOnlyTheServerKnows() {
        assertThat(value(all(SERVER), all(YES))).isEqualTo(FlagValue.MISSING);
        assertThat(value(all(SERVER, UNKNOWN), all(YES))).isEqualTo(FlagValue.MISSING);
    }

    @Test
    void shouldGoByTheFirstUncertaintyOfACondition() {
        assertThat(value(all(UNKNOWN, SERVER), all(YES))).isEqualTo(FlagValue.TRUE);
    }

    @Test
    void shouldIgnoreNegationOutsideCohorts() {
        assertThat(value(all("{'key':'a','value':'1','negation':true}"))).isEqualTo(FlagValue.TRUE);
    }

    @Test
    void shouldKnowTheDistinctIdAsAProperty() {
        assertThat(value(all("{'key':'distinct_id','value':'user-1'}"))).isEqualTo(FlagValue.TRUE);
        assertThat(FlagFixture.conditions(all("{'key':'distinct_id','value':'user-1'}"))
                        .value(FlagContext.builder("user-1")
                                .personProperty("distinct_id", "other")
                                .build()))
                .isEqualTo(FlagValue.FALSE);
    }

    @Test
    void shouldBeUncertainAboutEveryOperatorOnAMissingProperty() {
        for (String operator : new String[] {"is_set", "is_not_set", "is_not", "not_icontains", "not_regex", "gt"}) {
            assertThat(value(all("{'key':'unknown','operator':'" + operator + "','value':'1'}")))
                    .as(operator)
                    .isEqualTo(FlagValue.MISSING);
        }
    }

    @Test
    void shouldNeedAKeyAndAValueToBeCertain() {
        assertThat(value(all("{'value':'1'}"))).isEqualTo(FlagValue.MISSING);
        assertThat(value(all("{'key':'a'}"))).isEqualTo(FlagValue.MISSING);
        assertThat(value(all("{'key':'a','operator':'is_set'}"))).isEqualTo(FlagValue.TRUE);
        assertThat(value(all("{'key':'a','value':'1','operator':7}"))).isEqualTo(FlagValue.MISSING);
    }

    @Test
    void shouldGoOnAfterARolloutThatLeavesThePersonOut() {
        String filters = "{'groups':[{'rollout_percentage':50},{'rollout_percentage':80}]}";

        assertThat(rolledOut(filters, "user-1")).isEqualTo(FlagValue.TRUE);
        assertThat(rolledOut("{'groups':[{'rollout_percentage':50}]}", "user-1"))
                .isEqualTo(FlagValue.FALSE);
        assertThat(rolledOut("{'groups':[{'rollout_percentage':50}]}", "user-2"))
                .isEqualTo(FlagValue.TRUE);
    }

    @Test
    void shouldCompareThePercentageAsADouble() {
        assertThat(rolledOut("{'groups':[{'rollout_percentage':73.713225}]}", "user-1"))
                .isEqualTo(FlagValue.FALSE);
        assertThat(rolledOut("{'groups':[{'rollout_percentage':73.713226}]}", "user-1"))
                .isEqualTo(FlagValue.TRUE);
    }

    @Test
    void shouldEndWithTheFirstRolloutThatLeavesThePersonOutOnEarlyExit() {
        String rest = "'groups':[{'rollout_percentage':50},{'rollout_percentage':80}]}";

        assertThat(rolledOut("{'early_exit':true," + rest, "user-1")).isEqualTo(FlagValue.FALSE);
        assertThat(rolledOut("{'early_exit':true," + rest, "user-2")).isEqualTo(FlagValue.TRUE);
        assertThat(rolledOut("{'early_exit':false," + rest, "user-1")).isEqualTo(FlagValue.TRUE);
    }

    @Test
    void shouldNotExitEarlyForFiltersThatDoNotMatch() {
        assertThat(rolledOut(
                        "{'early_exit':true,'groups':[{'properties':[{'key':'distinct_id','value':'other'}],"
                                + "'rollout_percentage':50},{}]}",
                        "user-1"))
                .isEqualTo(FlagValue.TRUE);
    }

    @Test
    void shouldBeInconclusiveOnEarlyExitAfterAnUncertainCondition() {
        assertThat(rolledOut(
                        "{'early_exit':true,'groups':[" + all(UNKNOWN) + ",{'rollout_percentage':50},{}]}", "user-1"))
                .isEqualTo(FlagValue.MISSING);
    }

    private static final String VARIANTS =
            "'multivariate':{'variants':[{'key':'a','rollout_percentage':50},{'key':'b','rollout_percentage':20}]}";

    @Test
    void shouldChooseTheVariantByItsOwnHash() {
        assertThat(rolledOut("{'groups':[{}]," + VARIANTS + "}", "user-1")).isEqualTo(FlagValue.variant("a"));
        assertThat(rolledOut(
                        "{'groups':[{}],'multivariate':{'variants':[{'key':'a','rollout_percentage':40},"
                                + "{'key':'b','rollout_percentage':60}]}}",
                        "user-1"))
                .isEqualTo(FlagValue.variant("b"));
    }

    @Test
    void shouldBeOnWhereNoVariantReaches() {
        assertThat(rolledOut(
                        "{'groups':[{}],'multivariate':{'variants':[{'key':'a','rollout_percentage':40}]}}", "user-1"))
                .isEqualTo(FlagValue.TRUE);
    }

    @Test
    void shouldBeOnForAVariantWithoutAName() {
        assertThat(rolledOut(
                        "{'groups':[{}],'multivariate':{'variants':[{'key':'','rollout_percentage':100}]}}", "user-1"))
                .isEqualTo(FlagValue.TRUE);
    }

    @Test
    void shouldTellTheVariantNamedTrueFromOn() {
        assertThat(rolledOut(
                        "{'groups':[{}],'multivariate':{'variants':[{'key':'true','rollout_percentage':100}]}}",
                        "user-1"))
                .isEqualTo(FlagValue.variant("true"))
                .isNotEqualTo(FlagValue.TRUE);
    }

    @Test
    void shouldTakeTheConditionsOwnVariant() {
        assertThat(rolledOut("{'groups':[{'variant':'b'}]," + VARIANTS + "}", "user-1"))
                .isEqualTo(FlagValue.variant("b"));
    }

    @Test
    void shouldIgnoreAnOverrideThatIsNoVariant() {
        for (String override : new String[] {"'z'", "''", "null", "'B'", "7"}) {
            assertThat(rolledOut("{'groups':[{'variant':" + override + "}]," + VARIANTS + "}", "user-1"))
                    .as(override)
                    .isEqualTo(FlagValue.variant("a"));
        }
    }

    @Test
    void shouldNotMoveConditionsWithAnOverrideToTheFront() {
        assertThat(rolledOut("{'groups':[{},{'variant':'b'}]," + VARIANTS + "}", "user-1"))
                .isEqualTo(FlagValue.variant("a"));
    }

    @Test
    void shouldRollOutBeforeAnOverride() {
        assertThat(rolledOut("{'groups':[{'variant':'b','rollout_percentage':50}]," + VARIANTS + "}", "user-1"))
                .isEqualTo(FlagValue.FALSE);
    }

    @Test
    void shouldTestAFilterThatFlagsShareForEachSubjectByItself() {
        String conditions = "'groups':[{'properties':[{'key':'plan','value':'pro'}]}]";
        FlagFixture flags = FlagFixture.definitions("{'flags':["
                + "{'key':'person','active':true,'filters':{" + conditions + "}},"
                + "{'key':'company','active':true,'filters':{'aggregation_group_type_index':0," + conditions + "}},"
                + "{'key':'workspace','active':true,'filters':{'aggregation_group_type_index':1," + conditions + "}},"
                + "{'key':'again','active':true,'filters':{" + conditions + "}}],"
                + "'group_type_mapping':{'0':'company','1':'workspace'}}");
        FlagContext context = FlagContext.builder("user-1")
                .personProperty("plan", "pro")
                .group("company", "acme")
                .groupProperty("company", "plan", "free")
                .group("workspace", "w-1")
                .build();

        assertThat(flags.value("person", context)).isEqualTo(FlagValue.TRUE);
        assertThat(flags.value("again", context)).isEqualTo(FlagValue.TRUE);
        assertThat(flags.value("company", context)).isEqualTo(FlagValue.FALSE);
        assertThat(flags.value("workspace", context)).isEqualTo(FlagValue.MISSING);
        assertThat(flags.value("person", FlagContext.of("user-1", Map.of("plan", "free"))))
                .isEqualTo(FlagValue.FALSE);
    }
}
