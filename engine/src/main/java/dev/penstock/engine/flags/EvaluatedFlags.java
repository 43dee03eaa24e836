package dev.penstock.engine.flags;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagEvaluations;
import dev.penstock.client.flags.FlagPayload;
import dev.penstock.client.flags.FlagResult;
import dev.penstock.client.flags.FlagValue;
import dev.penstock.engine.flags.evaluation.CompiledFlag;
import dev.penstock.engine.flags.result.EvaluatedFlag;
import dev.penstock.engine.record.AttachedFlags;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The results of one evaluation of many flags.
 *
 * <p><b>Threads:</b> any; only the set of accessed keys and the use reports change.
 */
final class EvaluatedFlags implements FlagEvaluations, AttachedFlags.Source {

    /** Of the unknown keys that evaluations are cut down to, as many are named as begin within this. */
    private static final int MAX_NAMED_CHARS = 200;

    private final FlagContext context;
    private final ResultTable results;
    private final EvaluationOrigin origin;
    private final AttachedFlags attached;
    private final AccessedFlags accessed;

    EvaluatedFlags(FlagContext context, ResultTable results, EvaluationOrigin origin) {
        this.context = context;
        this.results = results;
        this.origin = origin;
        this.attached = new AttachedFlags(results.values());
        this.accessed = new AccessedFlags(results.ordinals());
    }

    @Override
    public String distinctId() {
        return context.distinctId();
    }

    @Override
    public Map<String, String> groups() {
        return context.groups();
    }

    @Override
    public Optional<String> error() {
        return Optional.ofNullable(origin.error());
    }

    @Override
    public Optional<String> requestId() {
        return origin.remote() == null
                ? Optional.empty()
                : Optional.ofNullable(origin.remote().source().requestId());
    }

    @Override
    public Optional<Instant> evaluatedAt() {
        return origin.remote() == null
                ? Optional.empty()
                : time(origin.remote().source().evaluatedAtMs());
    }

    @Override
    public Optional<Instant> definitionsLoadedAt() {
        return time(origin.state().source().definitionsLoadedAtMs());
    }

    private static Optional<Instant> time(long epochMillis) {
        return epochMillis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(epochMillis));
    }

    @Override
    public boolean isEnabled(String key) {
        return getFlag(key).isEnabled();
    }

    @Override
    public boolean isEnabled(String key, boolean ifMissing) {
        FlagValue value = getFlag(key);
        return value.isMissing() ? ifMissing : value.isEnabled();
    }

    @Override
    public FlagValue getFlag(String key) {
        return read(key).value();
    }

    @Override
    public FlagResult getFlagResult(String key) {
        return read(key);
    }

    /** Reads a value, which is an access. */
    private EvaluatedFlag read(String key) {
        EvaluatedFlag other = results.other(key);
        if (other != null) {
            return reported(other, accessed.mark(other));
        }
        CompiledFlag flag = results.flag(key);
        EvaluatedFlag result = flag == null ? null : results.at(flag.ordinal());
        return result == null ? origin.missing(context, key) : reported(result, accessed.mark(flag.ordinal()));
    }

    private EvaluatedFlag reported(EvaluatedFlag result, boolean first) {
        if (first) {
            origin.report(context, result);
        }
        return result;
    }

    @Override
    public Optional<FlagPayload> getPayload(String key) {
        EvaluatedFlag result = results.get(key);
        return result == null ? Optional.empty() : result.payload();
    }

    @Override
    public Set<String> keys() {
        return results.values().keySet();
    }

    @Override
    public Map<String, FlagValue> values() {
        return results.values();
    }

    @Override
    public FlagEvaluations only(Collection<String> keys) {
        Map<String, EvaluatedFlag> kept = new LinkedHashMap<>();
        StringBuilder unknown = new StringBuilder();
        for (String key : keys) {
            EvaluatedFlag result = results.get(key);
            if (result != null) {
                kept.put(key, result);
            } else if (unknown.length() < MAX_NAMED_CHARS) {
                unknown.append(unknown.isEmpty() ? "" : ", ").append(key);
            }
        }
        if (!unknown.isEmpty()) {
            origin.warnOfUnknown(unknown.toString());
        }
        return filtered(kept);
    }

    @Override
    public FlagEvaluations onlyAccessed() {
        Map<String, EvaluatedFlag> kept = new LinkedHashMap<>();
        forEachAccessed(result -> {
            if (results.get(result.key()) != null) { // a cut knows what was read before it, too
                kept.put(result.key(), result);
            }
        });
        return filtered(kept);
    }

    private void forEachAccessed(Consumer<EvaluatedFlag> action) {
        for (int i = 0; i < results.ordinals(); i++) {
            if (accessed.isMarked(i)) {
                action.accept(results.at(i));
            }
        }
        accessed.forEachOther(action);
    }

    private EvaluatedFlags filtered(Map<String, EvaluatedFlag> kept) {
        EvaluatedFlags filtered = new EvaluatedFlags(context, ResultTable.of(kept), origin.cut());
        forEachAccessed(filtered.accessed::mark);
        return filtered;
    }

    /** The same results, and what has been accessed so far. */
    EvaluatedFlags copy() {
        EvaluatedFlags copy = new EvaluatedFlags(context, results, origin);
        for (int i = 0; i < results.ordinals(); i++) {
            if (accessed.isMarked(i)) {
                copy.accessed.mark(i);
            }
        }
        accessed.forEachOther(copy.accessed::mark);
        return copy;
    }

    /** A flag of the snapshot was accessed, and reported, elsewhere. */
    void markAccessed(int ordinal) {
        accessed.mark(ordinal);
    }

    void forEach(Consumer<EvaluatedFlag> action) {
        results.results().forEach(action);
    }

    @Override
    public AttachedFlags attachedFlags() {
        return attached;
    }

    /**
     * Names the person and how many flags there are.
     *
     * @return the text
     */
    @Override
    public String toString() {
        return "FlagEvaluations{distinctId=" + context.distinctId() + ", flags="
                + results.values().size() + '}';
    }
}
