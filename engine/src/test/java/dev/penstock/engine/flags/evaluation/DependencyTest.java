package dev.penstock.engine.flags.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Flags that depend on flags. */
class DependencyTest {

    private static final FlagContext CONTEXT =
            FlagContext.builder("user-1").personProperty("a", "1").build();

    private static final String ON = "{'key':'on','active':true,'filters':{'groups':[{}]}}";
    private static final String OFF = "{'key':'off','active':false}";
    private static final String UNSURE =
            "{'key':'unsure','active':true,'filters':{'groups':[{'properties':[{'key':'unknown','value':'1'}]}]}}";
    private static final String SERVER =
            "{'key':'server','active':true,'filters':{'groups':[{'properties':[{'key':'id','type':'cohort','value':9}]}]}}";
    private static final String VARIANT = "{'key':'variant','active':true,'filters':{'groups':[{}],"
            + "'multivariate':{'variants':[{'key':'blue','rollout_percentage':100}]}}}";
    private static final String CONTINUITY = "{'key':'kept','active':true,'ensure_experience_continuity':true}";

    private static String filter(String key, String value, String chain) {
        return "{'key':'" + key + "','type':'flag','operator':'flag_evaluates_to','value':" + value
                + (chain == null ? "" : ",'dependency_chain':" + chain) + "}";
    }

    private static String flag(String key, String filter, String rest) {
        return "{'key':'" + key + "','active':true,'filters':{'groups':[{'properties':[" + filter + "]}" + rest + "]}}";
    }

    private static FlagFixture flags(String... flags) {
        return FlagFixture.definitions("{'flags':[" + String.join(",", flags) + "]}");
    }

    /** The value of a flag with one such filter; inconclusive is missing. */
    private static FlagValue value(String filter) {
        return flags(flag("f", filter, ""), ON, OFF, UNSURE, SERVER, VARIANT, CONTINUITY)
                .value(CONTEXT);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "on,true,true",
                "on,false,false",
                "off,true,false",
                "off,false,true",
                "variant,true,true",
                "variant,false,false",
                "variant,'blue',true",
                "variant,'Blue',false",
                "variant,'other',false",
                "on,'true',false",
                "off,'false',false",
                "on,1,false",
                "on,{},false",
            })
    void shouldCompareTheValueOfTheOtherFlag(String key, String expected, boolean on) {
        assertThat(value(filter(key, expected, "['" + key + "']"))).isEqualTo(FlagValue.of(on));
    }

    @Test
    void shouldNotMatchAMalformedFilter() {
        assertThat(value("{'key':'on','type':'flag','operator':'exact','value':true,'dependency_chain':['on']}"))
                .isEqualTo(FlagValue.FALSE);
        assertThat(value("{'key':'on','type':'flag','value':true,'dependency_chain':['on']}"))
                .isEqualTo(FlagValue.FALSE);
        assertThat(value("{'type':'flag','operator':'flag_evaluates_to','value':true,'dependency_chain':['on']}"))
                .isEqualTo(FlagValue.FALSE);
        assertThat(value(filter("on", "null", "['on']"))).isEqualTo(FlagValue.FALSE);
        assertThat(value("{'key':'on','type':'flag','operator':'flag_evaluates_to','dependency_chain':['on']}"))
                .isEqualTo(FlagValue.FALSE);
    }

    @Test
    void shouldBeInconclusiveWithoutAUsableChain() {
        assertThat(value(filter("on", "true", null))).isEqualTo(FlagValue.MISSING);
        assertThat(value(filter("on", "true", "'on'"))).isEqualTo(FlagValue.MISSING);
        assertThat(value(filter("on", "true", "[]"))).isEqualTo(FlagValue.MISSING);
        assertThat(value(filter("on", "true", "[7]"))).isEqualTo(FlagValue.MISSING);
        assertThat(value(filter("on", "true", "['none','on']"))).isEqualTo(FlagValue.MISSING);
        assertThat(value(filter("on", "true", "['off']"))).isEqualTo(FlagValue.MISSING);
    }

    @Test
    void shouldGoByTheNamedFlagAlone() {
        assertThat(value(filter("on", "true", "['off','variant','on']"))).isEqualTo(FlagValue.TRUE);
    }

    @Test
    void shouldBeInconclusiveIfAMemberOfTheChainIs() {
        assertThat(value(filter("on", "true", "['unsure','on']"))).isEqualTo(FlagValue.MISSING);
        assertThat(value(filter("kept", "true", "['kept']"))).isEqualTo(FlagValue.MISSING);
    }

    @Test
    void shouldGoOnAfterAnUncertainMemberButNotWhereOnlyTheServerKnows() {
        assertThat(flags(flag("f", filter("unsure", "true", "['unsure']"), ",{}"), UNSURE)
                        .value(CONTEXT))
                .isEqualTo(FlagValue.TRUE);
        assertThat(flags(flag("f", filter("server", "true", "['server']"), ",{}"), SERVER)
                        .value(CONTEXT))
                .isEqualTo(FlagValue.MISSING);
    }

    @Test
    void shouldBeInconclusiveForFlagsThatLeadBackToThemselves() {
        FlagFixture flags = flags(
                flag("f", filter("g", "true", "['g']"), ""),
                flag("g", filter("f", "true", "['f']"), ",{}"),
                flag("self", filter("self", "true", "['self']"), ""));

        assertThat(flags.value("f", CONTEXT)).isEqualTo(FlagValue.MISSING);
        assertThat(flags.value("g", CONTEXT)).isEqualTo(FlagValue.TRUE);
        assertThat(flags.value("self", CONTEXT)).isEqualTo(FlagValue.MISSING);
    }

    @Test
    void shouldEvaluateTheOtherFlagForTheOriginalContext() {
        FlagFixture flags = FlagFixture.definitions("{'group_type_mapping':{'0':'company'},'flags':["
                + "{'key':'f','active':true,'filters':{'aggregation_group_type_index':0,'groups':[{'properties':["
                + filter("person", "true", "['person']") + "]}]}},"
                + flag("person", "{'key':'a','value':'1'}", "") + "," + flag("g", filter("f", "true", "['f']"), "")
                + "]}");

        assertThat(flags.value("g", CONTEXT)).isEqualTo(FlagValue.MISSING);
        assertThat(flags.value(
                        "g",
                        FlagContext.builder("user-1")
                                .personProperty("a", "1")
                                .group("company", "acme")
                                .build()))
                .isEqualTo(FlagValue.TRUE);
    }

    @Test
    void shouldCountFlagsOfOtherContextsAsOff() {
        String json = "{'flags':["
                + "{'key':'mobile','active':true,'evaluation_contexts':['mobile'],'filters':{'groups':[{}]}},"
                + flag("f", filter("mobile", "false", "['mobile']"), "") + "]}";

        assertThat(FlagFixture.definitions(json, "server").value(CONTEXT)).isEqualTo(FlagValue.TRUE);
        assertThat(FlagFixture.definitions(json, "mobile").value(CONTEXT)).isEqualTo(FlagValue.FALSE);
        assertThat(FlagFixture.definitions(json).value(CONTEXT)).isEqualTo(FlagValue.FALSE);
    }

    private static FlagFixture chain(int length) {
        StringBuilder json =
                new StringBuilder("{'flags':[{'key':'f" + length + "','active':true,'filters':{'groups':[{}]}}");
        for (int i = length - 1; i >= 1; i--) {
            json.append(',').append(flag("f" + i, filter("f" + (i + 1), "true", "['f" + (i + 1) + "']"), ""));
        }
        return FlagFixture.definitions(json + "]}");
    }

    @Test
    void shouldDecideAHundredAndTwentyEightLevelsBelowAFlagAndNoMore() {
        assertThat(chain(129).value("f1", CONTEXT)).isEqualTo(FlagValue.TRUE);
        assertThat(chain(130).value("f1", CONTEXT)).isEqualTo(FlagValue.MISSING);
        assertThat(chain(130).value("f2", CONTEXT)).isEqualTo(FlagValue.TRUE);
    }
}
