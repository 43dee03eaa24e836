package dev.penstock.engine.flags.definitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.penstock.engine.record.TestSeed;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionsParserTest {

    private static FlagDefinitions parse(String json) {
        try {
            return new DefinitionsParser().parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        } catch (DefinitionsException e) {
            throw new AssertionError(e);
        }
    }

    private static FlagDefinition flag(String fields) {
        return parse("{'flags':[{'key':'f','active':true," + fields + "}]}")
                .flags()
                .get(0);
    }

    private static String refusal(String json) {
        Throwable[] thrown = new Throwable[1];
        assertThatExceptionOfType(DefinitionsException.class)
                .isThrownBy(() ->
                        new DefinitionsParser().parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)))
                .satisfies(e -> thrown[0] = e);
        return thrown[0].getMessage();
    }

    @Test
    void shouldReadEverythingThatMatters() {
        FlagDefinitions definitions = parse("""
                {"flags":[{"id":31,"key":"f","name":"n","active":true,"version":4,"has_experiment":false,
                  "bucketing_identifier":"device_id","evaluation_runtime":"client","evaluation_contexts":["web"],
                  "unknown":{"a":[1]},
                  "filters":{"aggregation_group_type_index":1,"early_exit":true,"super_groups":[{}],
                    "holdout":{"id":7,"exclusion_percentage":12.5},
                    "groups":[{"properties":[{"key":"a","type":"person","operator":"gt","value":1.0,"negation":true}],
                      "rollout_percentage":33.333,"variant":"v","sort_key":1}],
                    "multivariate":{"variants":[{"key":"v","rollout_percentage":0.1}]},
                    "payloads":{"v":"[1]","true":{"b":2.0}}}}],
                 "group_type_mapping":{"0":"company","1":"team"},
                 "cohorts":{"12":{"type":"OR","values":[]}},
                 "minimal_flag_called_events":true,"property_matching_version":2,"future":[[]]}
                """);

        assertThat(definitions.groupTypes()).hasSize(2).containsEntry("1", "team");
        assertThat(definitions.minimalUsageEvents()).isTrue();
        assertThat(definitions.propertyMatchingVersion()).isEqualTo(2);
        assertThat(definitions.cohorts().get("12").group().any()).isTrue();
        FlagDefinition flag = definitions.flags().get(0);
        assertThat(flag.id()).isEqualTo(OptionalLong.of(31));
        assertThat(flag.version()).isEqualTo(OptionalInt.of(4));
        assertThat(flag.hasExperiment()).isEqualTo(Optional.of(false));
        assertThat(flag.clientOnly()).isTrue();
        assertThat(flag.contexts()).containsExactly("web");
        assertThat(flag.malformed()).isNull();
        FlagRules rules = flag.rules();
        assertThat(rules.deviceBucketing()).isTrue();
        assertThat(rules.earlyExit()).isTrue();
        assertThat(rules.groupType()).isEqualTo(new GroupType("1"));
        assertThat(rules.holdout()).isEqualTo(new FlagRules.Holdout("7", 12.5));
        assertThat(rules.variants()).containsExactly(new FlagRules.Variant("v", 0.1));
        assertThat(rules.payloads()).containsEntry("v", "[1]").containsEntry("true", "{\"b\":2.0}");
        assertThat(rules.conditions())
                .containsExactly(new FlagRules.Condition(
                        List.of(new FilterDefinition(FilterDefinition.Kind.PROPERTY, "a", true, 1.0, "gt", true, null)),
                        33.333,
                        "v",
                        null));
    }

    @Test
    void shouldTellNumbersApart() {
        assertThat(flag("'filters':{'groups':[{'properties':[{'key':'a','value':[1,1.0,1e2,9223372036854775808]}]}]}")
                        .rules()
                        .conditions()
                        .get(0)
                        .filters()
                        .get(0)
                        .value())
                .isEqualTo(List.of(1L, 1.0, 100.0, new BigInteger("9223372036854775808")));
    }

    @Test
    void shouldTellAMissingGroupTypeFromNull() {
        List<FlagRules.Condition> conditions =
                flag("'filters':{'groups':[{},{'aggregation_group_type_index':null},{'aggregation_group_type_index':0}]}")
                        .rules()
                        .conditions();

        assertThat(conditions)
                .extracting(FlagRules.Condition::groupType)
                .containsExactly(null, GroupType.NONE, new GroupType("0"));
    }

    @Test
    void shouldTakeNullForMissing() {
        FlagRules rules =
                flag("'filters':{'groups':null,'multivariate':null,'payloads':null,'holdout':null,'early_exit':null}")
                        .rules();

        assertThat(rules.conditions()).isEmpty();
        assertThat(rules.variants()).isEmpty();
        assertThat(rules.holdout()).isNull();
        assertThat(flag("'filters':{'multivariate':{'variants':null}}").rules().variants())
                .isEmpty();
        assertThat(parse("{'flags':[],'cohorts':null,'group_type_mapping':null}")
                        .cohorts())
                .isEmpty();
    }

    @Test
    void shouldOpenTheGateOnlyForTrueItself() {
        assertThat(parse("{'flags':[],'minimal_flag_called_events':'true'}").minimalUsageEvents())
                .isFalse();
        assertThat(parse("{'flags':[],'minimal_flag_called_events':1}").minimalUsageEvents())
                .isFalse();
        assertThat(parse("{'flags':[]}").minimalUsageEvents()).isFalse();
        assertThat(parse("{'flags':[],'property_matching_version':'2'}").propertyMatchingVersion())
                .isEqualTo(1);
        assertThat(parse("{'flags':[],'property_matching_version':3}").propertyMatchingVersion())
                .isEqualTo(1);
    }

    @Test
    void shouldKnowTheOlderNameOfContexts() {
        assertThat(flag("'evaluation_tags':['a']").contexts()).containsExactly("a");
        assertThat(flag("'evaluation_tags':['a'],'evaluation_contexts':['b']").contexts())
                .containsExactly("b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'filters':7",
                "'filters':[]",
                "'filters':{'groups':{}}",
                "'filters':{'groups':[7]}",
                "'filters':{'groups':[null]}",
                "'filters':{'groups':[{'properties':7}]}",
                "'filters':{'groups':[{'properties':[7]}]}",
                "'filters':{'groups':[{'rollout_percentage':'50'}]}",
                "'filters':{'groups':[{'aggregation_group_type_index':'0'}]}",
                "'filters':{'aggregation_group_type_index':0.5}",
                "'filters':{'multivariate':[]}",
                "'filters':{'multivariate':{'variants':[{'rollout_percentage':1}]}}",
                "'filters':{'multivariate':{'variants':[{'key':'a'}]}}",
                "'filters':{'payloads':[]}",
                "'filters':{'early_exit':1}",
                "'filters':{'holdout':7}",
                "'active':'yes'",
                "'deleted':1",
                "'ensure_experience_continuity':'no'",
                "'evaluation_contexts':'web'",
                "'evaluation_contexts':[7]"
            })
    void shouldMarkAMalformedFlagAndNoOther(String fields) {
        List<FlagDefinition> flags = parse("{'flags':[{'key':'a','active':true},{'key':'f','active':true," + fields
                        + "},{'key':'b','active':true}]}")
                .flags();

        assertThat(flags).extracting(FlagDefinition::key).containsExactly("a", "f", "b");
        assertThat(flags.get(1).malformed()).contains(" is not ");
        assertThat(flags.get(1).rules()).isNull();
        assertThat(flags.get(0).malformed()).isNull();
        assertThat(flags.get(2).malformed()).isNull();
    }

    @Test
    void shouldNotLookFurtherIntoAFlagThatIsNotActive() {
        assertThat(parse("{'flags':[{'key':'f','active':false,'filters':7}]}")
                        .flags()
                        .get(0)
                        .malformed())
                .isNull();
    }

    @Test
    void shouldSkipAndCountWhatIsNoFlag() {
        FlagDefinitions definitions = parse("{'flags':[null,7,[],{},{'key':7},{'key':''},{'key':'a'}]}");

        assertThat(definitions.flags()).extracting(FlagDefinition::key).containsExactly("a");
        assertThat(definitions.skipped()).isEqualTo(6);
    }

    @Test
    void shouldTakeTheLastOfFlagsWithTheSameKey() {
        List<FlagDefinition> flags = parse("{'flags':[{'key':'a','id':1},{'key':'b'},{'key':'a','id':2}]}")
                .flags();

        assertThat(flags).extracting(FlagDefinition::key).containsExactly("a", "b");
        assertThat(flags.get(0).id()).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "7",
                "'x'",
                "{}",
                "{'flags':null}",
                "{'flags':{}}",
                "{'flags':'secret'}",
                "{'flags':[]",
                "{'flags':[]} {}",
                "{'flags':[secret]}",
                "{'flags':[{'key':'a' 'secret'}]}",
                "not secret",
                "{'flags':[],'cohorts':secret}"
            })
    void shouldRefuseWhatIsNotDefinitionsWithoutQuotingIt(String json) {
        assertThat(refusal(json)).startsWith("the definitions").doesNotContain("secret");
    }

    @Test
    void shouldSayWhereJsonEnds() {
        assertThat(refusal("{\n 'flags':[\n  secret]}")).contains("line 3");
    }

    @Test
    void shouldRefuseWhatIsNotUtf8() {
        assertThatExceptionOfType(DefinitionsException.class)
                .isThrownBy(() -> new DefinitionsParser().parse(new byte[] {
                    '{', '"', 'f', 'l', 'a', 'g', 's', '"', ':', '[', '"', (byte) 0xC3, '"', ']', '}'
                }));
    }

    @Test
    void shouldRefuseAnyDepthThatCouldExhaustTheStack() {
        assertThat(refusal("{'flags':[" + "[".repeat(100_000) + "]}")).contains("too deep");
        assertThat(refusal("{'flags':[],'cohorts':" + "{'a':".repeat(100_000))).contains("too deep");
    }

    @Test
    void shouldRefuseANumberOfAnyLength() {
        assertThat(refusal("{'flags':[],'x':" + "9".repeat(100_000) + "}")).contains("too long");
    }

    @Test
    void shouldDigestWhatIsSaidAndNotHow() {
        long digest = flag("'id':1,'name':'x'").digest();

        assertThat(flag("'name' : 'x', 'id':1").digest()).isEqualTo(digest);
        assertThat(flag("'id':1.0,'name':'x'").digest()).isNotEqualTo(digest);
        assertThat(flag("'id':1,'name':'y'").digest()).isNotEqualTo(digest);
        assertThat(flag("'id':1,'name':'x','other':null").digest()).isNotEqualTo(digest);
        assertThat(flag("'name':['a','b']").digest())
                .isNotEqualTo(flag("'name':['b','a']").digest());
    }

    @Test
    void shouldDigestEveryKindOfValueDifferently() {
        Set<Long> digests = new HashSet<>();
        List<String> values = new ArrayList<>(List.of("null", "true", "false", "[]", "{}", "[[]]", "[{}]", "{'a':1}"));
        for (int i = 0; i < 200; i++) {
            values.add(String.valueOf(i));
            values.add(i + ".0");
            values.add("'" + i + "'");
            values.add("[" + i + "]");
            values.add("['" + i + "']");
            values.add("{'" + i + "':null}");
        }
        values.addAll(List.of("'true'", "'null'", "''", "[null]", "[null,null]", "'-'", "'/'", "':'"));
        values.forEach(value -> digests.add(flag("'x':" + value).digest()));

        assertThat(digests).hasSameSizeAs(values);
    }

    @Test
    void shouldThrowNothingElseForBrokenBytes() {
        byte[] valid =
                "{\"flags\":[{\"key\":\"a\",\"active\":true,\"filters\":{\"groups\":[{\"rollout_percentage\":1e2}]}}]}"
                        .getBytes(StandardCharsets.UTF_8);
        TestSeed.run(random -> {
            int refused = 0;
            for (int i = 0; i < 20_000; i++) {
                byte[] broken = valid.clone();
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
                try {
                    new DefinitionsParser().parse(broken);
                } catch (DefinitionsException e) {
                    refused++;
                }
            }
            assertThat(refused).isPositive();
        });
    }
}
