package dev.penstock.engine.flags;

import dev.penstock.engine.flags.result.EvaluatedFlag;
import dev.penstock.engine.flags.usage.UsageSource;
import java.util.Map;

/**
 * What came of asking the server.
 *
 * @param flags the server's values by key; empty if it did not answer
 * @param source what uses of these values have in common
 * @param error why there is no answer or what is wrong with it, in the words of {@code $feature_flag_error}; null if all is
 *     well
 * @param isAnswer whether there is an answer, of which a key may be absent
 */
record RemoteResults(Map<String, EvaluatedFlag> flags, UsageSource source, String error, boolean isAnswer) {

    /** No answer. */
    static RemoteResults failed(String error, UsageSource source) {
        return new RemoteResults(Map.of(), source, error, false);
    }

    /** The value of a flag, or why there is none. */
    EvaluatedFlag get(String key) {
        EvaluatedFlag result = flags.get(key);
        if (result != null) {
            return result;
        }
        if (!isAnswer) {
            return EvaluatedFlag.missing(key, error);
        }
        String missing = FlagState.FLAG_MISSING;
        return EvaluatedFlag.missing(key, error == null ? missing : error + ',' + missing);
    }
}
