package dev.penstock.engine.flags.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagValue;
import dev.penstock.engine.flags.result.EvaluatedFlag;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlagEvaluatorTest {

    private static final FlagContext CONTEXT = FlagContext.of("user-1");

    private final List<String> problems = new ArrayList<>();

    @Test
    void shouldHandOutTheSameAnswerToEverybody() {
        FlagFixture flags = FlagFixture.conditions("{}");

        assertThat(flags.evaluate("f", CONTEXT)).isSameAs(flags.evaluate("f", FlagContext.of("user-2")));
    }

    @Test
    void shouldDecideWithoutHashesWhatNeedsNoneWhereThePlatformHasNone() {
        FlagSnapshot snapshot = FlagFixture.snapshot("""
                {"flags":[{"key":"all","active":true,"filters":{"groups":[{}]}},
                  {"key":"some","active":true,"filters":{"groups":[{"rollout_percentage":50}]}},
                  {"key":"variants","active":true,"filters":{"groups":[{}],
                    "multivariate":{"variants":[{"key":"a","rollout_percentage":100}]}}},
                  {"key":"override","active":true,"filters":{"groups":[{"variant":"a"}],
                    "multivariate":{"variants":[{"key":"a","rollout_percentage":100}]}}},
                  {"key":"held","active":true,"filters":{"groups":[{}],"holdout":{"id":1,"exclusion_percentage":5}}}]}
                """);
        FlagEvaluator evaluator =
                new FlagEvaluator(InstantSource.system(), 2, (message, cause) -> problems.add(message), "no such");
        evaluator.evaluateAll(snapshot, CONTEXT, new int[snapshot.size()]);
        EvaluatedFlag[] all = FlagFixture.all(evaluator, snapshot, CONTEXT);

        assertThat(all[0].value()).isEqualTo(FlagValue.TRUE);
        assertThat(all[1]).isNull();
        assertThat(all[2]).isNull();
        assertThat(all[3].value()).isEqualTo(FlagValue.variant("a"));
        assertThat(all[4]).isNull();
        assertThat(problems).hasSize(1).allMatch(problem -> problem.contains("no such"));
    }

    @Test
    void shouldReportAnUnexpectedFailureAndSpoilNoOtherFlag() {
        FlagSnapshot snapshot = FlagFixture.snapshot("""
                {"flags":[{"key":"first","active":true,"filters":{"groups":[{"properties":[
                    {"key":"a","value":"1"}]}]}},
                  {"key":"second","active":true,"filters":{"groups":[{"rollout_percentage":99.9}]}}]}
                """);
        FlagEvaluator evaluator =
                new FlagEvaluator(InstantSource.system(), 2, (message, cause) -> problems.add(message + ": " + cause));
        EvaluationTrace failing = new FailingTrace();

        assertThat(evaluator.explain(snapshot, snapshot.flag("first"), CONTEXT, failing))
                .isNull();
        assertThat(problems)
                .hasSize(1)
                .allMatch(problem -> problem.contains("flag first") && problem.contains("on purpose"));
        assertThat(evaluator
                        .evaluate(snapshot, snapshot.flag("second"), CONTEXT)
                        .value())
                .isEqualTo(FlagValue.TRUE);
    }

    /** The only code of others that runs inside an evaluation. */
    private static final class FailingTrace extends RecordingTrace {
        @Override
        public void subject(String subject, String id) {
            throw new IllegalStateException("on purpose");
        }
    }

    @Test
    void shouldNotCarryAnythingFromOneSnapshotIntoAnother() {
        FlagSnapshot on =
                FlagFixture.snapshot("{\"flags\":[{\"key\":\"a\",\"active\":true,\"filters\":{\"groups\":[{}]}}]}");
        FlagSnapshot off =
                FlagFixture.snapshot("{\"flags\":[{\"key\":\"b\",\"active\":true},{\"key\":\"a\",\"active\":true}]}");
        FlagEvaluator evaluator = FlagFixture.evaluator(InstantSource.system());

        for (int i = 0; i < 10; i++) {
            assertThat(evaluator.evaluate(on, on.flag("a"), CONTEXT).value()).isEqualTo(FlagValue.TRUE);
            assertThat(evaluator.evaluate(off, off.flag("a"), CONTEXT).value()).isEqualTo(FlagValue.FALSE);
        }
    }

    @Test
    void shouldNotMistakeOnePersonsHashForAnothers() {
        FlagSnapshot snapshot = FlagFixture.snapshot(
                "{\"flags\":[{\"key\":\"simple-flag\",\"active\":true,\"filters\":{\"groups\":[{\"rollout_percentage\":50}]}}]}");
        FlagEvaluator evaluator = FlagFixture.evaluator(InstantSource.system());

        for (int i = 0; i < 10; i++) {
            assertThat(evaluator
                            .evaluate(snapshot, snapshot.flag(0), FlagContext.of("user-1"))
                            .value())
                    .isEqualTo(FlagValue.FALSE);
            assertThat(evaluator
                            .evaluate(snapshot, snapshot.flag(0), FlagContext.of("user-2"))
                            .value())
                    .isEqualTo(FlagValue.TRUE);
        }
    }

    @Test
    void shouldKnowNoFlagInTheEmptySnapshot() {
        assertThat(FlagSnapshot.EMPTY.size()).isZero();
        assertThat(FlagSnapshot.EMPTY.flag("a")).isNull();
        assertThat(FlagSnapshot.EMPTY.flag(null)).isNull();
        FlagFixture.evaluator(InstantSource.system()).evaluateAll(FlagSnapshot.EMPTY, CONTEXT, new int[0]);
    }
}
