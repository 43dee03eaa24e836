package dev.penstock.engine.flags;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.engine.flags.result.EvaluatedFlag;
import dev.penstock.engine.flags.usage.UsageReporter;
import dev.penstock.engine.stats.DistinctErrors;
import java.util.Set;

/**
 * Where the results of one evaluation came from, and what reading them sets off.
 *
 * @param state what flags were evaluated from
 * @param remote what the server answered, or null if it was not asked
 * @param undecided keys that could not be decided locally and have no value
 * @param reporter told of reads, or null if nobody is
 * @param isCut whether these are evaluations cut down to some keys, where a missing one is no use to report
 * @param errors told of keys that do not exist
 */
record EvaluationOrigin(
        FlagState state,
        RemoteResults remote,
        Set<String> undecided,
        UsageReporter reporter,
        boolean isCut,
        DistinctErrors errors) {

    /** What was wrong with the server's answer, or null. */
    String error() {
        return remote == null ? null : remote.error();
    }

    /** The answer for a flag without one, its use reported. */
    EvaluatedFlag missing(FlagContext context, String key) {
        EvaluatedFlag missing = missing(key);
        if (reporter != null && !isCut && isReported(key)) {
            reporter.read(context, missing, remote == null ? state.source() : remote.source());
        }
        return missing;
    }

    private boolean isReported(String key) {
        boolean answered = remote != null && !isNoneOfOurs(key);
        return answered || isUndecided(key) || state.isReported(null, key);
    }

    private EvaluatedFlag missing(String key) {
        if (isNoneOfOurs(key) || (remote == null && !isUndecided(key))) {
            return state.undecided(null, key);
        }
        if (error() == null && isUndecided(key)) {
            return state.undecided(state.snapshot().flag(key), key);
        }
        String own = isUndecided(key) ? FlagState.INCONCLUSIVE : FlagState.FLAG_MISSING;
        return EvaluatedFlag.missing(key, error() == null ? own : error() + ',' + own);
    }

    /** No key, or that of a flag which is not for the contexts of this client. */
    private boolean isNoneOfOurs(String key) {
        return key == null || state.snapshot().isExcluded(key);
    }

    private boolean isUndecided(String key) {
        return key != null && undecided.contains(key);
    }

    void report(FlagContext context, EvaluatedFlag result) {
        if (reporter != null && !result.isOverridden()) {
            reporter.read(context, result, result.isLocal() || remote == null ? state.source() : remote.source());
        }
    }

    void warnOfUnknown(String keys) {
        errors.warn("unknown flags", "evaluations were cut down to flags that have no value, such as " + keys, null);
    }

    /** For evaluations cut down to some keys. */
    EvaluationOrigin cut() {
        return new EvaluationOrigin(state, remote, undecided, reporter, true, errors);
    }
}
