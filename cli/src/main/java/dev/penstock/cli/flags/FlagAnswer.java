package dev.penstock.cli.flags;

import dev.penstock.client.flags.FlagPayload;
import dev.penstock.engine.flags.result.EvaluatedFlag;

/**
 * The answer to one case, in JSON's values.
 *
 * @param conclusive whether there is a value
 * @param value true, false or a variant's key; null if there is no value
 * @param payload the decoded payload; null if there is none
 */
record FlagAnswer(boolean conclusive, Object value, Object payload) {
    static final FlagAnswer INCONCLUSIVE = new FlagAnswer(false, null, null);

    private static final String VALUE = "value";
    private static final String NO_VALUE = "inconclusive";

    /** What the evaluator said; null means that it is not certain. */
    static FlagAnswer of(EvaluatedFlag result) {
        return result == null
                ? INCONCLUSIVE
                : new FlagAnswer(
                        true,
                        result.value().toJsonValue(),
                        result.payload().map(FlagPayload::value).orElse(null));
    }

    /** What a file expects. */
    static FlagAnswer expected(Object kind, Object value, Object payload) throws BadRecordException {
        if (NO_VALUE.equals(kind)) {
            return INCONCLUSIVE;
        }
        if (!VALUE.equals(kind)) {
            throw new BadRecordException("expected.kind is neither value nor inconclusive");
        }
        if (!(value instanceof Boolean || value instanceof String)) {
            throw new BadRecordException("expected.value is neither true, false nor a variant's key");
        }
        return new FlagAnswer(true, value, payload);
    }

    String kind() {
        return conclusive ? VALUE : NO_VALUE;
    }

    boolean sameAs(FlagAnswer other) {
        return conclusive == other.conclusive
                && JsonValues.same(value, other.value)
                && JsonValues.same(payload, other.payload);
    }

    /** For people: the value, and the payload where one matters. */
    String describe(boolean withPayload) {
        if (!conclusive) {
            return NO_VALUE;
        }
        String text = JsonValues.write(value);
        if (!withPayload) {
            return text;
        }
        return text + (payload == null ? " without payload" : " with payload " + JsonValues.write(payload));
    }
}
