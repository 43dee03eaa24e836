package dev.penstock.engine.flags.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagPayload;
import dev.penstock.client.flags.FlagValue;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which payload belongs to which value. */
class PayloadTest {

    private static final FlagContext CONTEXT = FlagContext.of("user-1");

    private static Optional<Object> payload(String filters) {
        return FlagFixture.filters(filters).evaluate("f", CONTEXT).payload().map(FlagPayload::value);
    }

    private static final String VARIANT =
            "'groups':[{}],'multivariate':{'variants':[{'key':'blue','rollout_percentage':100}]}";

    @Test
    void shouldGiveThePayloadOfTheValue() {
        assertThat(payload("{'groups':[{}],'payloads':{'true':'7','blue':'8'}}"))
                .contains(7L);
        assertThat(payload("{" + VARIANT + ",'payloads':{'true':'7','blue':'8'}}"))
                .contains(8L);
    }

    @Test
    void shouldNotFallBackFromAVariantToOn() {
        assertThat(payload("{" + VARIANT + ",'payloads':{'true':'7'}}")).isEmpty();
    }

    @Test
    void shouldNeverGiveAPayloadWithOff() {
        assertThat(payload("{'groups':[],'payloads':{'false':'7','true':'8'}}")).isEmpty();
    }

    @Test
    void shouldHaveNoPayloadWhereItIsNullOrEmpty() {
        assertThat(payload("{'groups':[{}],'payloads':null}")).isEmpty();
        assertThat(payload("{'groups':[{}],'payloads':{'true':null}}")).isEmpty();
        assertThat(payload("{'groups':[{}],'payloads':{'true':''}}")).isEmpty();
        assertThat(payload("{'groups':[{}],'payloads':{'true':'null'}}")).isEmpty();
    }

    @Test
    void shouldTakeWhatIsNotTextAsItIs() {
        assertThat(payload("{'groups':[{}],'payloads':{'true':{'a':[1,1.0,null]}}}"))
                .contains(Map.of("a", Arrays.asList(1L, 1.0, null)));
        assertThat(payload("{'groups':[{}],'payloads':{'true':0}}")).contains(0L);
        assertThat(payload("{'groups':[{}],'payloads':{'true':false}}")).contains(false);
        assertThat(payload("{'groups':[{}],'payloads':{'true':[]}}")).contains(List.of());
    }

    @Test
    void shouldFindPayloadsByValueWithoutAnEvaluation() {
        CompiledFlag flag = FlagFixture.filters("{'groups':[{}],'payloads':{'true':'7','gone':'8','false':'9'}}")
                .snapshot()
                .flag("f");

        assertThat(flag.payload(FlagValue.TRUE).map(FlagPayload::value)).contains(7L);
        assertThat(flag.payload(FlagValue.variant("gone")).map(FlagPayload::value))
                .contains(8L);
        assertThat(flag.payload(FlagValue.variant("none"))).isEmpty();
        assertThat(flag.payload(FlagValue.FALSE)).isEmpty();
        assertThat(flag.payload(FlagValue.MISSING)).isEmpty();
        assertThat(flag.payload(null)).isEmpty();
    }

    @Test
    void shouldDescribeTheFlagInEveryAnswer() {
        var result = FlagFixture.definitions(
                        "{'flags':[{'key':'f','id':31,'version':4,'has_experiment':false,'active':true}]}")
                .evaluate("f", CONTEXT);

        assertThat(result.id()).hasValue(31);
        assertThat(result.version()).hasValue(4);
        assertThat(result.hasExperiment()).contains(false);
        assertThat(result.isLocal()).isTrue();
        assertThat(result.reason()).contains("Evaluated locally");
        assertThat(result.error()).isEmpty();
        assertThat(result.featureProperty()).isEqualTo("$feature/f");
    }
}
