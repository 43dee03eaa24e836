package dev.penstock.engine.flags.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagValue;
import org.junit.jupiter.api.Test;

/** Who a flag is about. The place of group {@code acme} in {@code group-flag} is 0.063. */
class SubjectTest {

    private static final FlagContext ALONE = FlagContext.of("user-1");
    private static final FlagContext MEMBER = FlagContext.builder("user-1")
            .group("company", "acme")
            .groupProperty("company", "seats", 30)
            .build();

    private static FlagFixture flag(String fields) {
        return FlagFixture.definitions(
                "{'flags':[{'key':'group-flag'," + fields + "}],'group_type_mapping':{'0':'company','1':'workspace'}}");
    }

    private static FlagValue value(String filters, FlagContext context) {
        return flag("'active':true,'filters':" + filters).value("group-flag", context);
    }

    @Test
    void shouldBeOffUnlessActive() {
        assertThat(flag("'filters':{'groups':[{}]}").value("group-flag", ALONE)).isEqualTo(FlagValue.FALSE);
        assertThat(flag("'active':false,'ensure_experience_continuity':true").value("group-flag", ALONE))
                .isEqualTo(FlagValue.FALSE);
        assertThat(flag("'active':true,'deleted':true,'filters':{'groups':[{}]}")
                        .value("group-flag", ALONE))
                .isEqualTo(FlagValue.FALSE);
    }

    @Test
    void shouldLeaveContinuityToTheServer() {
        assertThat(flag("'active':true,'ensure_experience_continuity':true,'filters':{'groups':[{}]}")
                        .value("group-flag", ALONE))
                .isEqualTo(FlagValue.MISSING);
    }

    @Test
    void shouldHaveNoValueForNobody() {
        assertThat(value("{'groups':[{}]}", FlagContext.of(" "))).isEqualTo(FlagValue.MISSING);
    }

    @Test
    void shouldHashTheGroupsKeyForAGroupFlag() {
        String filters = "{'aggregation_group_type_index':0,'groups':[{'rollout_percentage':%s}]}";

        assertThat(value(String.format(filters, "6.4"), MEMBER)).isEqualTo(FlagValue.TRUE);
        assertThat(value(String.format(filters, "6.3"), MEMBER)).isEqualTo(FlagValue.FALSE);
    }

    @Test
    void shouldBeInconclusiveForAGroupFlagWithoutTheGroup() {
        assertThat(value("{'aggregation_group_type_index':0,'groups':[{}]}", ALONE))
                .isEqualTo(FlagValue.MISSING);
        assertThat(value("{'aggregation_group_type_index':0,'groups':[]}", ALONE))
                .isEqualTo(FlagValue.MISSING);
    }

    @Test
    void shouldBeInconclusiveForAGroupTypeWithoutAName() {
        assertThat(value("{'aggregation_group_type_index':7,'groups':[{}]}", MEMBER))
                .isEqualTo(FlagValue.MISSING);
    }

    @Test
    void shouldLookAtTheGroupsPropertiesOnly() {
        assertThat(value(
                        "{'aggregation_group_type_index':0,'groups':[{'properties':[{'key':'seats','operator':'gt','value':20}]}]}",
                        MEMBER))
                .isEqualTo(FlagValue.TRUE);
        assertThat(value(
                        "{'aggregation_group_type_index':0,'groups':[{'properties':[{'key':'distinct_id','value':'user-1'}]}]}",
                        MEMBER))
                .isEqualTo(FlagValue.MISSING);
    }

    @Test
    void shouldKnowTheGroupsKeyAsAProperty() {
        String filters =
                "{'aggregation_group_type_index':0,'groups':[{'properties':[{'key':'$group_key','value':'acme'}]}]}";

        assertThat(value(
                        filters,
                        FlagContext.builder("user-1").group("company", "acme").build()))
                .isEqualTo(FlagValue.TRUE);
        assertThat(value(
                        filters,
                        FlagContext.builder("user-1")
                                .group("company", "acme")
                                .groupProperty("company", "$group_key", "other")
                                .build()))
                .isEqualTo(FlagValue.FALSE);
    }

    @Test
    void shouldIgnorePropertiesOfGroupsThatAreNotSupplied() {
        assertThat(value(
                        "{'groups':[{'aggregation_group_type_index':0,'properties':[{'key':'seats','value':30}]},{}]}",
                        FlagContext.builder("user-1")
                                .groupProperty("company", "seats", 30)
                                .build()))
                .isEqualTo(FlagValue.TRUE);
    }

    @Test
    void shouldSkipAConditionAboutAGroupThatIsNotSupplied() {
        String condition = "{'aggregation_group_type_index':1}";

        assertThat(value("{'groups':[" + condition + "]}", MEMBER)).isEqualTo(FlagValue.FALSE);
        assertThat(value("{'groups':[{'aggregation_group_type_index':7}]}", MEMBER))
                .isEqualTo(FlagValue.FALSE);
        assertThat(value("{'groups':[" + condition + ",{}]}", MEMBER)).isEqualTo(FlagValue.TRUE);
    }

    @Test
    void shouldRollOutAConditionAboutAGroupByTheGroupsKey() {
        String filters = "{'groups':[{'aggregation_group_type_index':0,'rollout_percentage':%s}]}";

        assertThat(value(String.format(filters, "6.4"), MEMBER)).isEqualTo(FlagValue.TRUE);
        assertThat(value(String.format(filters, "6.3"), MEMBER)).isEqualTo(FlagValue.FALSE);
    }

    @Test
    void shouldChooseTheVariantByTheKeyOfTheConditionsGroup() {
        // The group's place among the variants is 0.954.
        assertThat(value(
                        "{'groups':[{'aggregation_group_type_index':0}],'multivariate':{'variants':"
                                + "[{'key':'a','rollout_percentage':95.4},{'key':'b','rollout_percentage':4.6}]}}",
                        MEMBER))
                .isEqualTo(FlagValue.variant("b"));
    }

    @Test
    void shouldTakeTheFlagsSubjectForAConditionWithoutOrWithANullGroupType() {
        String person = "'properties':[{'key':'distinct_id','value':'user-1'}]";

        assertThat(value("{'groups':[{" + person + "}]}", MEMBER)).isEqualTo(FlagValue.TRUE);
        assertThat(value("{'groups':[{'aggregation_group_type_index':null," + person + "}]}", MEMBER))
                .isEqualTo(FlagValue.TRUE);
    }

    private static final String BY_DEVICE =
            "'active':true,'bucketing_identifier':'device_id','filters':{'groups':[{'rollout_percentage':6.4,"
                    + "'properties':[{'key':'distinct_id','value':'user-1'}]}]}";

    @Test
    void shouldHashTheDeviceAndLookAtThePerson() {
        assertThat(flag(BY_DEVICE)
                        .value(
                                "group-flag",
                                FlagContext.builder("user-1").deviceId("acme").build()))
                .isEqualTo(FlagValue.TRUE);
        assertThat(flag(BY_DEVICE)
                        .value(
                                "group-flag",
                                FlagContext.builder("user-1").deviceId("other").build()))
                .isEqualTo(FlagValue.FALSE);
    }

    @Test
    void shouldFindTheDeviceAmongThePropertiesOrBeInconclusive() {
        assertThat(flag(BY_DEVICE)
                        .value(
                                "group-flag",
                                FlagContext.builder("user-1")
                                        .personProperty("$device_id", "acme")
                                        .build()))
                .isEqualTo(FlagValue.TRUE);
        assertThat(flag(BY_DEVICE).value("group-flag", ALONE)).isEqualTo(FlagValue.MISSING);
    }

    @Test
    void shouldIgnoreTheDeviceForAGroupFlag() {
        assertThat(flag("'active':true,'bucketing_identifier':'device_id','filters':"
                                + "{'aggregation_group_type_index':0,'groups':[{'rollout_percentage':6.4}]}")
                        .value("group-flag", MEMBER))
                .isEqualTo(FlagValue.TRUE);
    }

    @Test
    void shouldFindTheBucketingIdentifierAmongTheFilters() {
        assertThat(value("{'bucketing_identifier':'device_id','groups':[{}]}", ALONE))
                .isEqualTo(FlagValue.MISSING);
    }

    @Test
    void shouldMakeFlagsBeyondThirtyTwoGroupTypesInconclusiveAndNoOthers() {
        StringBuilder json = new StringBuilder("{'flags':[");
        StringBuilder mapping = new StringBuilder();
        FlagContext.Builder context = FlagContext.builder("user-1");
        for (int i = 0; i < 40; i++) {
            json.append("{'key':'f" + i + "','active':true,'filters':{'aggregation_group_type_index':" + i
                    + ",'groups':[{}]}},");
            mapping.append(i == 0 ? "" : ",").append("'" + i + "':'type" + i + "'");
            context.group("type" + i, "k");
        }
        FlagFixture flags = FlagFixture.definitions(json
                + "{'key':'last','active':true,'filters':{'groups':[{}]}}],'group_type_mapping':{" + mapping + "}}");

        assertThat(flags.value("f31", context.build())).isEqualTo(FlagValue.TRUE);
        assertThat(flags.value("f32", context.build())).isEqualTo(FlagValue.MISSING);
        assertThat(flags.value("last", context.build())).isEqualTo(FlagValue.TRUE);
        assertThat(flags.snapshot().malformed()).isEqualTo(8);
    }
}
