package dev.penstock.engine.flags.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Membership in cohorts. */
class CohortTest {

    private static final String YES = "{'key':'a','value':'1'}";
    private static final String NO = "{'key':'a','value':'2'}";
    private static final String UNKNOWN = "{'key':'unknown','value':'1'}";
    private static final String STATIC = "{'key':'id','type':'cohort','value':99}";

    private static final FlagContext CONTEXT = FlagContext.builder("user-1")
            .personProperty("a", "1")
            .group("company", "acme")
            .groupProperty("company", "a", "2")
            .build();

    private static String group(String type, String... entries) {
        return "{'type':'" + type + "','values':[" + String.join(",", entries) + "]}";
    }

    private static String cohort(String id, String operator) {
        return "{'key':'id','type':'cohort','value':" + id
                + (operator.isEmpty() ? "" : ",'operator':'" + operator + "'") + "}";
    }

    private static FlagFixture flags(String conditions, String cohorts) {
        return FlagFixture.definitions("{'flags':[{'key':'f','active':true,'filters':{'groups':[" + conditions
                + "]}},{'key':'on','active':true,'filters':{'groups':[{}]}}],'group_type_mapping':{'0':'company'},"
                + "'cohorts':" + cohorts + "}");
    }

    /** The verdict on cohort 1: on, off, or inconclusive. */
    private static FlagValue member(String cohort) {
        return flags("{'properties':[" + cohort("1", "") + "]}", "{'1':" + cohort + "}")
                .value(CONTEXT);
    }

    private static final FlagValue IN = FlagValue.TRUE;
    private static final FlagValue OUT = FlagValue.FALSE;
    private static final FlagValue UNSURE = FlagValue.MISSING;

    @Test
    void shouldJoinEntriesByAndOrOr() {
        assertThat(member(group("AND", YES, YES))).isEqualTo(IN);
        assertThat(member(group("AND", YES, NO))).isEqualTo(OUT);
        assertThat(member(group("property", YES, NO))).isEqualTo(OUT);
        assertThat(member(group("OR", NO, YES))).isEqualTo(IN);
        assertThat(member(group("OR", NO, NO))).isEqualTo(OUT);
    }

    @Test
    void shouldKnowEmptyGroups() {
        assertThat(member("null")).isEqualTo(IN);
        assertThat(member("{}")).isEqualTo(IN);
        assertThat(member("{'type':'AND'}")).isEqualTo(IN);
        assertThat(member("{'type':'AND','values':null}")).isEqualTo(IN);
        assertThat(member(group("AND"))).isEqualTo(IN);
        assertThat(member("{'type':'OR'}")).isEqualTo(OUT);
        assertThat(member(group("OR"))).isEqualTo(OUT);
    }

    @Test
    void shouldPassOverUncertainEntriesUntilOneDecides() {
        assertThat(member(group("AND", UNKNOWN, NO))).isEqualTo(OUT);
        assertThat(member(group("AND", UNKNOWN, YES))).isEqualTo(UNSURE);
        assertThat(member(group("OR", UNKNOWN, YES))).isEqualTo(IN);
        assertThat(member(group("OR", UNKNOWN, NO))).isEqualTo(UNSURE);
    }

    @Test
    void shouldStopAtWhatOnlyTheServerKnowsUnlessDecidedBefore() {
        assertThat(member(group("OR", STATIC, YES))).isEqualTo(UNSURE);
        assertThat(member(group("OR", YES, STATIC))).isEqualTo(IN);
        assertThat(member(group("AND", NO, STATIC))).isEqualTo(OUT);
    }

    @Test
    void shouldMakeTheWholeFlagInconclusiveWhereOnlyTheServerKnows() {
        String conditions = "{'properties':[" + cohort("1", "") + "]},{}";

        assertThat(flags(conditions, "{}").value(CONTEXT)).isEqualTo(UNSURE);
        assertThat(flags(conditions, "{'1':{'type':'XOR','values':[]}}").value(CONTEXT))
                .isEqualTo(UNSURE);
        assertThat(flags(conditions, "{'1':" + group("AND", STATIC) + "}").value(CONTEXT))
                .isEqualTo(UNSURE);
        assertThat(flags(conditions, "{'1':" + group("AND", UNKNOWN) + "}").value(CONTEXT))
                .isEqualTo(IN);
    }

    @ParameterizedTest
    @CsvSource({"in,true", "exact,true", "'',true", "not_in,false"})
    void shouldKnowTheOperatorsOfMembership(String operator, boolean on) {
        assertThat(flags("{'properties':[" + cohort("1", operator) + "]}", "{'1':" + group("AND", YES) + "}")
                        .value(CONTEXT))
                .isEqualTo(FlagValue.of(on));
    }

    @Test
    void shouldBeInconclusiveForAnyOtherOperator() {
        assertThat(flags("{'properties':[" + cohort("1", "is_not") + "]}", "{'1':" + group("AND", YES) + "}")
                        .value(CONTEXT))
                .isEqualTo(UNSURE);
    }

    @Test
    void shouldFindACohortByANumberOrText() {
        assertThat(flags("{'properties':[" + cohort("'1'", "") + "]}", "{'1':" + group("AND", YES) + "}")
                        .value(CONTEXT))
                .isEqualTo(IN);
        assertThat(flags("{'properties':[" + cohort("null", "") + "]}", "{'null':" + group("AND", YES) + "}")
                        .value(CONTEXT))
                .isEqualTo(UNSURE);
    }

    @Test
    void shouldNestGroupsAndCohorts() {
        assertThat(member(group("AND", group("OR", NO, group("AND", YES))))).isEqualTo(IN);
        assertThat(flags(
                                "{'properties':[" + cohort("1", "") + "]}",
                                "{'1':" + group("AND", cohort("2", "")) + ",'2':" + group("AND", NO) + "}")
                        .value(CONTEXT))
                .isEqualTo(OUT);
    }

    @Test
    void shouldNegateEntriesButNotGroups() {
        assertThat(member(group("AND", "{'key':'a','value':'1','negation':true}")))
                .isEqualTo(OUT);
        assertThat(member(group("AND", "{'key':'unknown','value':'1','negation':true}")))
                .isEqualTo(UNSURE);
        assertThat(member(group("AND", "{'key':'a','value':'1','negation':false}")))
                .isEqualTo(IN);
        assertThat(member("{'type':'AND','values':[{'type':'AND','negation':true,'values':[" + YES + "]}]}"))
                .isEqualTo(IN);
    }

    @ParameterizedTest
    @CsvSource({"in,false,false", "in,true,true", "not_in,false,true", "not_in,true,false"})
    void shouldCombineNegationWithTheOperatorOfACohortWithin(String operator, boolean negated, boolean in) {
        String entry =
                "{'key':'id','type':'cohort','value':2,'operator':'" + operator + "','negation':" + negated + "}";

        assertThat(flags(
                                "{'properties':[" + cohort("1", "") + "]}",
                                "{'1':" + group("AND", entry) + ",'2':" + group("AND", NO) + "}")
                        .value(CONTEXT))
                .isEqualTo(FlagValue.of(in));
    }

    @ParameterizedTest
    @CsvSource({"true,false,true", "false,false,false", "true,true,false", "false,true,true"})
    void shouldDependOnFlags(boolean expected, boolean negated, boolean in) {
        assertThat(member(group(
                        "AND",
                        "{'key':'on','type':'flag','operator':'flag_evaluates_to','value':" + expected + ",'negation':"
                                + negated + ",'dependency_chain':['on']}")))
                .isEqualTo(FlagValue.of(in));
    }

    @Test
    void shouldLookAtTheConditionsSubject() {
        String filter = "'properties':[" + cohort("1", "") + "]";
        String cohorts = "{'1':" + group("AND", YES) + "}";

        assertThat(flags("{" + filter + ",'aggregation_group_type_index':0}", cohorts)
                        .value(CONTEXT))
                .isEqualTo(OUT);
        // What was remembered for the group must not count for the person.
        assertThat(flags("{" + filter + ",'aggregation_group_type_index':0},{" + filter + "}", cohorts)
                        .value(CONTEXT))
                .isEqualTo(IN);
    }

    @Test
    void shouldBeInconclusiveForACohortThatLeadsBackToItself() {
        assertThat(member(group("AND", cohort("1", "")))).isEqualTo(UNSURE);
        assertThat(flags(
                                "{'properties':[" + cohort("1", "") + "]},{}",
                                "{'1':" + group("AND", cohort("2", "")) + ",'2':" + group("OR", cohort("1", "")) + "}")
                        .value(CONTEXT))
                .isEqualTo(IN);
    }

    private static FlagFixture chain(int length) {
        StringBuilder cohorts = new StringBuilder("{'" + length + "':" + group("AND", YES));
        for (int i = 1; i < length; i++) {
            cohorts.append(",'" + i + "':" + group("AND", cohort(String.valueOf(i + 1), "")));
        }
        return flags("{'properties':[" + cohort("1", "") + "]}", cohorts + "}");
    }

    private static String nested(int depth) {
        return depth == 1 ? group("AND", YES) : group("AND", nested(depth - 1));
    }

    @Test
    void shouldDecideThirtyTwoLevelsAndNoMore() {
        assertThat(chain(32).value(CONTEXT)).isEqualTo(IN);
        assertThat(chain(33).value(CONTEXT)).isEqualTo(UNSURE);
        assertThat(member(nested(32))).isEqualTo(IN);
        assertThat(member(nested(33))).isEqualTo(UNSURE);
        assertThat(member(nested(34))).isEqualTo(UNSURE);
        assertThat(member(nested(200))).isEqualTo(UNSURE);
    }

    @Test
    void shouldLeaveAMalformedCohortToTheServer() {
        for (String cohort : new String[] {
            "7",
            "[]",
            "'x'",
            "{'type':'AND','values':7}",
            "{'values':[]}",
            "{'type':'AND','values':[7]}",
            "{'type':'AND','values':[null]}"
        }) {
            assertThat(flags("{'properties':[" + cohort("1", "") + "]},{}", "{'1':" + cohort + "}")
                            .value(CONTEXT))
                    .as(cohort)
                    .isEqualTo(UNSURE);
        }
    }
}
