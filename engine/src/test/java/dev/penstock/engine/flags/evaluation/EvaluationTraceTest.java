package dev.penstock.engine.flags.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.flags.FlagContext;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Explanations come from the evaluation itself. */
class EvaluationTraceTest {

    private static final FlagContext CONTEXT =
            FlagContext.builder("user-1").personProperty("plan", "pro").build();

    private static List<String> steps(String key, String json) {
        FlagSnapshot snapshot = FlagFixture.snapshot(json.replace('\'', '"'));
        RecordingTrace trace = new RecordingTrace();
        FlagFixture.evaluator(InstantSource.system()).explain(snapshot, snapshot.flag(key), CONTEXT, trace);
        return trace.lines();
    }

    @Test
    void shouldTellEachStepOfAPersonsFlag() {
        assertThat(steps(
                        "simple-flag",
                        "{'flags':[{'key':'simple-flag','active':true,'filters':{'holdout':{'id':1,'exclusion_percentage':5},"
                                + "'groups':[{'properties':[{'key':'age','operator':'gt','value':3}]},"
                                + "{'aggregation_group_type_index':0},{'rollout_percentage':50},"
                                + "{'properties':[{'key':'plan','value':'pro'}],'rollout_percentage':80}],"
                                + "'multivariate':{'variants':[{'key':'a','rollout_percentage':25},"
                                + "{'key':'b','rollout_percentage':25}]}}}],'group_type_mapping':{'0':'company'}}"))
                .containsExactly(
                        "flag simple-flag",
                        "person user-1",
                        "holdout 2d9513d6c7762a4 false",
                        "condition 0 person",
                        "age false null false UNCERTAIN",
                        "condition 0 UNCERTAIN: by its filters",
                        "condition 1 group company",
                        "condition 1 NO: skipped, as the group is not given",
                        "condition 2 person",
                        "condition 2 YES: by its filters",
                        "rollout bcb4b30a13e1f13 50.0 false",
                        "condition 3 person",
                        "plan true pro false YES",
                        "condition 3 YES: by its filters",
                        "rollout bcb4b30a13e1f13 80.0 true",
                        "variant 6bd2f249273f8c3 0.25..0.5 b",
                        "flag simple-flag is b: evaluated");
    }

    @Test
    void shouldTellWhatCohortsAndOtherFlagsSaid() {
        String dependency =
                "{'key':'g','type':'flag','operator':'flag_evaluates_to','value':true,'dependency_chain':['g']}";
        String cohort = "{'key':'id','type':'cohort','operator':'not_in','value':1}";

        assertThat(
                        steps(
                                "f",
                                "{'flags':[{'key':'f','active':true,'filters':{'groups':[{'properties':[" + cohort + ","
                                        + dependency + "]},{'properties':[" + cohort + "," + dependency
                                        + "]},{'variant':'a'}],"
                                        + "'multivariate':{'variants':[{'key':'a','rollout_percentage':1}]}}},"
                                        + "{'key':'g','active':false}],"
                                        + "'cohorts':{'1':{'type':'AND','values':[{'key':'plan','value':'pro','negation':true}]}}}"))
                .containsExactly(
                        "flag f",
                        "person user-1",
                        "condition 0 person",
                        "cohort 1",
                        "plan true pro true NO",
                        "cohort 1 false NO true YES",
                        "flag g",
                        "flag g is false: not active",
                        "dependency g true false NO",
                        "condition 0 NO: by its filters",
                        "condition 1 person",
                        "cohort 1",
                        "cohort 1 true NO true YES",
                        "flag g",
                        "flag g is false: not active",
                        "dependency g true false NO",
                        "condition 1 NO: by its filters",
                        "condition 2 person",
                        "condition 2 YES: by its filters",
                        "rollout ffffffffffffffff 100.0 true",
                        "override a",
                        "flag f is a: evaluated");
    }

    @Test
    void shouldTellWhyAFlagIsSettled() {
        assertThat(steps("f", "{'flags':[{'key':'f','active':true,'filters':7}]}"))
                .containsExactly("flag f", "flag f is missing: malformed: filters is not an object");
        assertThat(steps("f", "{'flags':[{'key':'f','active':true,'ensure_experience_continuity':true}]}"))
                .containsExactly("flag f", "flag f is missing: assignments are kept by the server");
    }

    @Test
    void shouldTellWhatOnlyTheServerKnows() {
        assertThat(steps(
                        "f",
                        "{'flags':[{'key':'f','active':true,'filters':{'groups':[{'properties':"
                                + "[{'key':'id','type':'cohort','value':9}]}]}}]}"))
                .contains("cohort 9 NEEDS_SERVER: only the server knows its members");
    }
}
