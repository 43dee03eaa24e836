package dev.penstock.engine.flags.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.engine.flags.result.EvaluatedFlag;
import dev.penstock.engine.testing.Await;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** An evaluation sees one load, however often definitions change meanwhile, and threads do not disturb each other. */
class SnapshotSwapTest {

    private static final int FLAGS = 60;
    private static final int THREADS = 4;
    private static final int EVALUATIONS = 3_000;

    /** Flags that all have one value, directly, through a cohort or through the flag before them. */
    private static FlagSnapshot snapshot(String value, int shift) {
        StringBuilder flags = new StringBuilder();
        for (int i = 0; i < FLAGS; i++) {
            int number = (i + shift) % FLAGS;
            String filter = switch (number % 3) {
                case 0 -> "";
                case 1 -> "{'key':'id','type':'cohort','value':1}";
                default -> dependency("f" + (number - 1), value);
            };
            flags.append(i == 0 ? "" : ",")
                    .append("{'key':'f" + number + "','active':true,'filters':{'groups':[{'properties':[" + filter
                            + "],'variant':'" + value
                            + "'}],'multivariate':{'variants':[{'key':'a','rollout_percentage':50},"
                            + "{'key':'b','rollout_percentage':50}]}}}");
        }
        return FlagFixture.snapshot(
                ("{'flags':[" + flags + "],'cohorts':{'1':{'type':'AND','values':[" + dependency("f0", value) + "]}}}")
                        .replace('\'', '"'));
    }

    private static String dependency(String key, String value) {
        return "{'key':'" + key + "','type':'flag','operator':'flag_evaluates_to','value':'" + value
                + "','dependency_chain':['" + key + "']}";
    }

    private final FlagEvaluator evaluator = FlagFixture.evaluator(InstantSource.system());
    private final AtomicReference<FlagSnapshot> current = new AtomicReference<>();
    private final ConcurrentLinkedQueue<String> mixed = new ConcurrentLinkedQueue<>();

    private void evaluateRepeatedly(String person) {
        for (int i = 0; i < EVALUATIONS; i++) {
            FlagSnapshot snapshot = current.get();
            EvaluatedFlag[] all = FlagFixture.all(evaluator, snapshot, FlagContext.of(person + i));
            for (EvaluatedFlag result : all) {
                if (result == null || !result.value().equals(all[0].value())) {
                    mixed.add(result + " beside " + all[0]);
                }
            }
        }
    }

    private static void inThreads(List<Thread> threads) {
        threads.forEach(Thread::start);
        threads.forEach(Await::end);
    }

    @Test
    void shouldNeverMixTwoLoads() {
        FlagSnapshot a = snapshot("a", 0);
        FlagSnapshot b = snapshot("b", 17);
        current.set(a);
        AtomicBoolean done = new AtomicBoolean();
        Thread swapper = new Thread(() -> {
            while (!done.get()) {
                current.set(current.get() == a ? b : a);
                Thread.onSpinWait();
            }
        });
        swapper.start();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            String person = "person-" + t + "-";
            threads.add(new Thread(() -> evaluateRepeatedly(person)));
        }
        inThreads(threads);
        done.set(true);
        Await.end(swapper);

        assertThat(mixed).isEmpty();
    }

    @Test
    void shouldHashForEachThreadItsOwnPerson() {
        FlagSnapshot snapshot = FlagFixture.snapshot(
                "{\"flags\":[{\"key\":\"f\",\"active\":true,\"filters\":{\"groups\":[{\"rollout_percentage\":50}]}}]}");
        boolean[] expected = new boolean[1_000];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = evaluator
                    .evaluate(snapshot, snapshot.flag(0), FlagContext.of("p" + i))
                    .isEnabled();
        }
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4 * THREADS; t++) {
            int first = t;
            threads.add(new Thread(() -> {
                for (int i = 0; i < 20_000; i++) {
                    int person = (first * 61 + i) % expected.length;
                    EvaluatedFlag result = evaluator.evaluate(snapshot, snapshot.flag(0), FlagContext.of("p" + person));
                    if (result.isEnabled() != expected[person]) {
                        mixed.add("p" + person);
                    }
                }
            }));
        }
        inThreads(threads);

        assertThat(mixed).isEmpty();
    }
}
