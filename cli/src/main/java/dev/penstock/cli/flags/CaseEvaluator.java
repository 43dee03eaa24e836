package dev.penstock.cli.flags;

import dev.penstock.engine.flags.evaluation.CompiledFlag;
import dev.penstock.engine.flags.evaluation.FlagEvaluator;
import dev.penstock.engine.flags.evaluation.FlagSnapshot;
import java.time.Instant;
import java.util.function.BiConsumer;

/** Answers cases with the client's evaluator, each at its own time. One thread at a time. */
final class CaseEvaluator {
    private final FlagEvaluator evaluator;
    private Instant now;

    CaseEvaluator(BiConsumer<String, Throwable> problems) {
        evaluator = new FlagEvaluator(() -> now, 1, problems);
    }

    FlagAnswer answer(FlagSnapshot snapshot, VectorRecord.Case question) {
        CompiledFlag flag = snapshot.flag(question.key());
        if (flag == null) {
            return FlagAnswer.INCONCLUSIVE;
        }
        now = question.now() == null ? Instant.now() : question.now();
        return FlagAnswer.of(evaluator.evaluate(snapshot, flag, question.context()));
    }
}
