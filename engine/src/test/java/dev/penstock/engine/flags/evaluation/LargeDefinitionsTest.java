package dev.penstock.engine.flags.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagValue;
import dev.penstock.engine.flags.result.EvaluatedFlag;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Definitions of any size and shape take bounded time and stack. The bounds are generous: what they catch explodes. */
@Timeout(60)
class LargeDefinitionsTest {

    private static final FlagContext CONTEXT =
            FlagContext.builder("user-1").personProperty("a", "1").build();

    private static String dependency(String key) {
        return "{'key':'" + key + "','type':'flag','operator':'flag_evaluates_to','value':true,'dependency_chain':['"
                + key + "']}";
    }

    private static String cohort(int id) {
        return "{'key':'id','type':'cohort','value':" + id + "}";
    }

    private static EvaluatedFlag[] evaluateAll(FlagSnapshot snapshot) {
        return FlagFixture.all(FlagFixture.evaluator(InstantSource.system()), snapshot, CONTEXT);
    }

    @Test
    void shouldCompileTenMegabytesOfFlags() {
        String padding = "x".repeat(1_900);
        StringBuilder json = new StringBuilder("{'flags':[");
        for (int i = 0; i < 5_000; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{'key':'f" + i + "','name':'" + padding
                            + "','active':true,'filters':{'groups':[{'properties':["
                            + "{'key':'a','value':['1','2']}],'rollout_percentage':100}]}}");
        }
        byte[] body = json.append("]}").toString().replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        assertThat(body.length).isGreaterThan(10_000_000);

        FlagSnapshot snapshot = FlagFixture.snapshot(body);

        assertThat(snapshot.size()).isEqualTo(5_000);
        assertThat(evaluateAll(snapshot)).allMatch(EvaluatedFlag::isEnabled);
    }

    @Test
    void shouldNotExhaustTheStackOnALongChainOfFlags() {
        StringBuilder json = new StringBuilder("{'flags':[");
        for (int i = 0; i < 5_000; i++) {
            json.append("{'key':'f" + i + "','active':true,'filters':{'groups':[{'properties':["
                    + dependency("f" + (i + 1)) + "]}]}},");
        }
        FlagSnapshot snapshot = FlagFixture.snapshot(
                (json + "{'key':'f5000','active':true,'filters':{'groups':[{}]}}]}").replace('\'', '"'));

        EvaluatedFlag[] all = evaluateAll(snapshot);
        assertThat(all[5_000].isEnabled()).isTrue();
        assertThat(all[5_000 - CompileOrder.MAX_DEPTH].isEnabled()).isTrue();
        assertThat(all[5_000 - CompileOrder.MAX_DEPTH - 1]).isNull();
        assertThat(all[0]).isNull();
    }

    @Test
    void shouldNotTakeExponentialTimeForFlagsThatDependTwiceOnTheNext() {
        StringBuilder json = new StringBuilder("{'flags':[");
        for (int i = 0; i < 100; i++) {
            json.append("{'key':'f" + i + "','active':true,'filters':{'groups':[{'properties':["
                    + dependency("f" + (i + 1)) + "," + dependency("f" + (i + 1)) + "]}]}},");
        }
        FlagFixture flags = FlagFixture.definitions(json + "{'key':'f100','active':true,'filters':{'groups':[{}]}}]}");

        assertThat(flags.value("f0", CONTEXT)).isEqualTo(FlagValue.TRUE);
    }

    private static FlagFixture cohorts(int levels, int width) {
        StringBuilder json = new StringBuilder("{'flags':[{'key':'f','active':true,'filters':{'groups':[{'properties':["
                + cohort(0) + "]}]}}],'cohorts':{");
        for (int i = 0; i < levels; i++) {
            String entry = i == levels - 1 ? "{'key':'a','value':'1'}" : cohort(i + 1);
            json.append(i == 0 ? "" : ",")
                    .append("'" + i + "':{'type':'AND','values':[" + (entry + ",").repeat(width - 1) + entry + "]}");
        }
        return FlagFixture.definitions(json + "}}");
    }

    @Test
    void shouldNotTakeExponentialTimeForCohortsThatDouble() {
        assertThat(cohorts(32, 2).value("f", CONTEXT)).isEqualTo(FlagValue.TRUE);
        assertThat(cohorts(32, 50).value("f", CONTEXT)).isEqualTo(FlagValue.TRUE);
    }

    @Test
    void shouldNotExhaustTheStackOnManyCohortsInARow() {
        assertThat(cohorts(200, 1).value("f", CONTEXT)).isEqualTo(FlagValue.MISSING);
        assertThat(cohorts(20_000, 1).value("f", CONTEXT)).isEqualTo(FlagValue.MISSING);
    }

    @Test
    void shouldStayWithinASmallStackAtTheDeepestThatIsDecided() throws InterruptedException {
        StringBuilder json = new StringBuilder("{'flags':[");
        StringBuilder cohorts = new StringBuilder();
        // Flags, each through a cohort of the greatest depth, as many as fit.
        int flags = CompileOrder.MAX_DEPTH / (CompileOrder.MAX_COHORT_DEPTH + 1);
        for (int i = 0; i < flags; i++) {
            json.append(
                    "{'key':'f" + i + "','active':true,'filters':{'groups':[{'properties':[" + cohort(i) + "]}]}},");
            String inner = "{'type':'AND','values':[" + dependency("f" + (i + 1)) + "]}";
            for (int d = 1; d < CompileOrder.MAX_COHORT_DEPTH; d++) {
                inner = "{'type':'AND','values':[" + inner + "]}";
            }
            cohorts.append(i == 0 ? "" : ",").append("'" + i + "':" + inner);
        }
        FlagFixture fixture = FlagFixture.definitions(json + "{'key':'f" + flags
                + "','active':true,'filters':{'groups':[{}]}}],'cohorts':{" + cohorts + "}}");
        FlagValue[] value = new FlagValue[1];
        Thread small = new Thread(null, () -> value[0] = fixture.value("f0", CONTEXT), "small", 256 << 10);
        small.start();
        small.join(Duration.ofSeconds(30).toMillis());

        assertThat(value[0]).isEqualTo(FlagValue.TRUE);
    }

    @Test
    void shouldCompileAThousandOrdinaryFlagsQuickly() throws Exception {
        StringBuilder json = new StringBuilder("{'flags':[");
        for (int i = 0; i < 1_000; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{'key':'f" + i
                            + "','active':true,'filters':{'groups':[{'rollout_percentage':33.3,'properties':["
                            + "{'key':'plan','value':['pro','team']},{'key':'seats','operator':'gt','value':20}]}],"
                            + "'multivariate':{'variants':[{'key':'a','rollout_percentage':50},"
                            + "{'key':'b','rollout_percentage':50}]},'payloads':{'a':'[1,2]'}}}");
        }
        byte[] body = json.append("]}").toString().replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 15; i++) {
            long start = System.nanoTime();
            assertThat(FlagFixture.snapshot(body).size()).isEqualTo(1_000);
            best = Math.min(best, System.nanoTime() - start);
        }
        // Parsed and compiled; some twenty milliseconds on an idle machine.
        assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofMillis(500));
    }
}
