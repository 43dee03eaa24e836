package dev.penstock.engine.flags.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.flags.FlagPayload;
import dev.penstock.engine.flags.result.EvaluatedFlag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Agreement with other clients, case by case. */
class FlagVectorsTest {

    private static final int CASES = 1_499;

    private final FlagVectors vectors = FlagVectors.read();
    private final Map<String, FlagSnapshot> snapshots = new HashMap<>();

    FlagVectorsTest() {
        vectors.definitions().forEach((id, json) -> snapshots.put(id, FlagFixture.snapshot(json)));
    }

    private interface Evaluation {
        EvaluatedFlag evaluate(FlagSnapshot snapshot, FlagVectors.Case asked);
    }

    private void check(Evaluation evaluation) {
        List<String> failures = new ArrayList<>();
        for (FlagVectors.Case asked : vectors.cases()) {
            EvaluatedFlag result = evaluation.evaluate(snapshots.get(asked.definitions()), asked);
            FlagVectors.Answer answer = result == null
                    ? null
                    : new FlagVectors.Answer(
                            result.value().toJsonValue(),
                            result.payload().map(FlagPayload::value).orElse(null));
            if (!Objects.equals(answer, asked.expected())) {
                failures.add(asked.id() + " (" + asked.kind() + "): " + answer + " instead of " + asked.expected());
            }
        }
        assertThat(failures).isEmpty();
        assertThat(vectors.cases()).hasSize(CASES);
    }

    @Test
    void shouldAgreeOnEveryFlagAskedForAlone() {
        check((snapshot, asked) ->
                FlagFixture.evaluator(asked.clock()).evaluate(snapshot, snapshot.flag(asked.key()), asked.context()));
    }

    @Test
    void shouldAgreeOnEveryFlagAskedForAmongSome() {
        check((snapshot, asked) -> {
            CompiledFlag[] flags = {snapshot.flag(snapshot.size() - 1), snapshot.flag(asked.key())};
            EvaluatedFlag[] some = new EvaluatedFlag[2];
            FlagFixture.evaluator(asked.clock()).evaluateSome(snapshot, asked.context(), flags, some);
            return some[1];
        });
    }

    @Test
    void shouldAgreeOnEveryFlagAskedForAmongAll() {
        check((snapshot, asked) -> {
            EvaluatedFlag[] all = FlagFixture.all(FlagFixture.evaluator(asked.clock()), snapshot, asked.context());
            return all[snapshot.flag(asked.key()).ordinal()];
        });
    }
}
