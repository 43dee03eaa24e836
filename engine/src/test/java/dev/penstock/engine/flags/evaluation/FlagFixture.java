package dev.penstock.engine.flags.evaluation;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagValue;
import dev.penstock.engine.flags.definitions.DefinitionsException;
import dev.penstock.engine.flags.definitions.DefinitionsParser;
import dev.penstock.engine.flags.result.EvaluatedFlag;
import dev.penstock.engine.flags.result.PayloadReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/** Definitions, compiled, and an evaluator for them. Any problem that is reported is a failure. */
final class FlagFixture {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-01T00:00:00Z"));

    private final FlagSnapshot snapshot;
    private final FlagEvaluator evaluator;

    private FlagFixture(FlagSnapshot snapshot, InstantSource clock) {
        this.snapshot = snapshot;
        this.evaluator = evaluator(clock);
    }

    static FlagEvaluator evaluator(InstantSource clock) {
        return new FlagEvaluator(clock, 4, FlagFixture::fail);
    }

    /** The body of a definitions answer; single quotes may stand for double ones. */
    static FlagFixture definitions(String json, String... contexts) {
        return new FlagFixture(snapshot(json.replace('\'', '"'), contexts), CLOCK);
    }

    /** One active flag named {@code f}; the text is that of its filters. */
    static FlagFixture filters(String filters) {
        return definitions("{'flags':[{'key':'f','active':true,'filters':" + filters + "}]"
                + ",'group_type_mapping':{'0':'company','1':'workspace'}}");
    }

    /** One active flag named {@code f}; the text is that of its conditions. */
    static FlagFixture conditions(String conditions) {
        return filters("{'groups':[" + conditions + "]}");
    }

    static FlagSnapshot snapshot(String json, String... contexts) {
        return snapshot(json.getBytes(StandardCharsets.UTF_8), contexts);
    }

    static FlagSnapshot snapshot(byte[] json, String... contexts) {
        try {
            return new SnapshotCompiler(new PayloadReader(FlagFixture::fail), Set.of(contexts))
                    .compile(new DefinitionsParser().parse(json), 1);
        } catch (DefinitionsException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    /** The answers of all flags by ordinal, null for those that are inconclusive. */
    static EvaluatedFlag[] all(FlagEvaluator evaluator, FlagSnapshot snapshot, FlagContext context) {
        int[] outcomes = new int[snapshot.size()];
        evaluator.evaluateAll(snapshot, context, outcomes);
        EvaluatedFlag[] all = new EvaluatedFlag[outcomes.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = snapshot.flag(i).answer(outcomes[i]);
        }
        return all;
    }

    private static void fail(String message, Throwable cause) {
        throw new AssertionError(message, cause);
    }

    FlagSnapshot snapshot() {
        return snapshot;
    }

    EvaluatedFlag evaluate(String key, FlagContext context) {
        return evaluator.evaluate(snapshot, snapshot.flag(key), context);
    }

    /** The value of flag {@code f}; missing if it is inconclusive. */
    FlagValue value(FlagContext context) {
        return value("f", context);
    }

    FlagValue value(String key, FlagContext context) {
        EvaluatedFlag result = evaluate(key, context);
        EvaluatedFlag[] all = all(evaluator, snapshot, context);
        if (all[snapshot.flag(key).ordinal()] != result) {
            throw new AssertionError(key + " is " + result + " alone and "
                    + all[snapshot.flag(key).ordinal()] + " among all");
        }
        return result == null ? FlagValue.MISSING : result.value();
    }

    FlagValue value(String key, String person) {
        return value(key, FlagContext.of(person));
    }
}
