package dev.penstock.engine.flags;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.engine.flags.result.EvaluatedFlag;
import dev.penstock.engine.flags.usage.UsageReporter;
import dev.penstock.engine.flags.usage.UsageSource;
import dev.penstock.engine.stats.DistinctErrors;
import java.util.Set;

/**
 * Where the results of one evaluation came from, and what reading them sets off.
 *
 * @param local what uses of locally evaluated flags have in common
 * @param remote what uses of the server's values have in common; the same as {@code local} if it was not asked
 * @param undecided keys that could not be decided locally and have no value
 * @param error what was wrong with the server's answer, or null
 * @param reporter told of reads, or null if nobody is
 * @param reportsMissing whether reading a flag that is not there is reported, too
 * @param errors told of keys that do not exist
 */
record EvaluationOrigin(
        UsageSource local,
        UsageSource remote,
        Set<String> undecided,
        String error,
        UsageReporter reporter,
        boolean reportsMissing,
        DistinctErrors errors) {

    static final String FLAG_MISSING = "flag_missing";
    static final String INCONCLUSIVE = "local_evaluation_inconclusive";

    EvaluatedFlag missing(String key) {
        String own = undecided.contains(key == null ? "" : key) ? INCONCLUSIVE : FLAG_MISSING;
        return EvaluatedFlag.missing(key, error == null ? own : error + ',' + own);
    }

    void report(FlagContext context, EvaluatedFlag result) {
        if (reporter != null && !result.isOverridden()) {
            reporter.read(context, result, result.isLocal() ? local : remote);
        }
    }

    void warnOfUnknown(String keys) {
        errors.warn("unknown flags", "evaluations were cut down to flags that have no value: " + keys, null);
    }

    /** For evaluations cut down to some keys. */
    EvaluationOrigin filtered() {
        return new EvaluationOrigin(local, remote, undecided, error, reporter, false, errors);
    }
}
