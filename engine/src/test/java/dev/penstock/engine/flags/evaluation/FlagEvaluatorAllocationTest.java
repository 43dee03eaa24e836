package dev.penstock.engine.flags.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.penstock.client.flags.FlagContext;
import dev.penstock.engine.flags.result.EvaluatedFlag;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** Evaluating for a context that is reused leaves nothing to the garbage collector. */
class FlagEvaluatorAllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int BURST = 1_000;
    private static final int WARM_UP_BURSTS = 100;
    private static final int BURSTS = 100;

    /** Less than a byte an evaluation: what the compiler itself may cost the thread. */
    private static final double NOISE = 1.0;

    private static final String DEFINITIONS = """
            {"flags":[
              {"key":"boolean","active":true,"filters":{"groups":[{"rollout_percentage":50,"properties":[
                {"key":"plan","value":["pro","team"]},{"key":"country","operator":"is_not","value":"FR"}]}]}},
              {"key":"variants","active":true,"filters":{"groups":[{}],"payloads":{"a":"{}"},"multivariate":{"variants":[
                {"key":"a","rollout_percentage":50},{"key":"b","rollout_percentage":50}]}}},
              {"key":"group","active":true,"filters":{"aggregation_group_type_index":0,"groups":[
                {"rollout_percentage":50,"properties":[{"key":"seats","operator":"gt","value":20},
                  {"key":"$group_key","operator":"icontains","value":"ac"}]}]}},
              {"key":"mixed","active":true,"filters":{"groups":[{"aggregation_group_type_index":0,
                "rollout_percentage":1},{"rollout_percentage":99}]}},
              {"key":"device","active":true,"bucketing_identifier":"device_id",
                "filters":{"groups":[{"rollout_percentage":50}]}},
              {"key":"cohort","active":true,"filters":{"groups":[{"properties":[
                {"key":"id","type":"cohort","value":1}]}]}},
              {"key":"held","active":true,"filters":{"holdout":{"id":1,"exclusion_percentage":50},"groups":[{}]}},
              {"key":"dates","active":true,"filters":{"groups":[{"properties":[
                {"key":"since","operator":"is_date_before","value":"-7d"},
                {"key":"version","operator":"semver_gte","value":"1.2.3"}]}]}},
              {"key":"dependent","active":true,"filters":{"groups":[{"properties":[{"key":"variants","type":"flag",
                "operator":"flag_evaluates_to","value":"a","dependency_chain":["boolean","variants"]}]}]}},
              {"key":"unknown","active":true,"filters":{"groups":[{"properties":[{"key":"none","value":"x"}]}]}},
              {"key":"off","active":false}],
             "group_type_mapping":{"0":"company"},
             "cohorts":{"1":{"type":"OR","values":[{"type":"AND","values":[{"key":"plan","value":"free"}]},
               {"key":"id","type":"cohort","value":2}]},
               "2":{"type":"AND","values":[{"key":"country","value":"DE","negation":true}]}}}
            """;

    private final FlagSnapshot snapshot = FlagFixture.snapshot(DEFINITIONS);
    private final FlagEvaluator evaluator = FlagFixture.evaluator(InstantSource.system());
    private final FlagContext context = FlagContext.builder("user-77-é-🚀")
            .deviceId("device-1")
            .personProperty("plan", "pro")
            .personProperty("country", "DE")
            .personProperty("since", "2020-02-29")
            .personProperty("version", "1.10.0")
            .group("company", "acme")
            .groupProperty("company", "seats", 30)
            .build();

    private double perCall(Runnable call) {
        long allocated = 0;
        for (int burst = 0; burst < WARM_UP_BURSTS + BURSTS; burst++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < BURST; i++) {
                call.run();
            }
            allocated += burst < WARM_UP_BURSTS ? 0 : THREADS.getCurrentThreadAllocatedBytes() - before;
        }
        return (double) allocated / BURST / BURSTS;
    }

    @Test
    void shouldNotAllocateForAnyKindOfFlag() {
        assertThat(evaluator.evaluate(snapshot, snapshot.flag("dates"), context).isEnabled())
                .isTrue();
        for (String key : snapshot.keys()) {
            CompiledFlag flag = snapshot.flag(key);
            assertThat(perCall(() -> evaluator.evaluate(snapshot, flag, context)))
                    .as(key)
                    .isLessThan(NOISE);
        }
    }

    @Test
    void shouldNotAllocateForAllFlags() {
        int[] all = new int[snapshot.size()];

        assertThat(perCall(() -> evaluator.evaluateAll(snapshot, context, all))).isLessThan(NOISE);
    }

    @Test
    void shouldNotAllocateWhenAnAnswerIsRead() {
        EvaluatedFlag answer = evaluator.evaluate(snapshot, snapshot.flag("variants"), context);
        long[] sum = new long[1];

        assertThat(perCall(() -> {
                    sum[0] += answer.usageFingerprint()
                            + answer.key().length()
                            + answer.featureProperty().length()
                            + (answer.value().isEnabled() ? 1 : 0)
                            + (answer.payload().isPresent() ? 1 : 0)
                            + (answer.reason().isPresent() ? 1 : 0)
                            + (answer.error().isPresent() ? 1 : 0)
                            + (answer.id().isPresent() ? 1 : 0)
                            + (answer.version().isPresent() ? 1 : 0)
                            + (answer.hasExperiment().isPresent() ? 1 : 0);
                }))
                .isLessThan(NOISE);
    }
}
