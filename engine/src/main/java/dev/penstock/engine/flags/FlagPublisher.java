package dev.penstock.engine.flags;

import dev.penstock.client.flags.FlagChange;
import dev.penstock.engine.flags.definitions.DefinitionsException;
import dev.penstock.engine.flags.definitions.DefinitionsParser;
import dev.penstock.engine.flags.evaluation.FlagChanges;
import dev.penstock.engine.flags.evaluation.FlagSnapshot;
import dev.penstock.engine.flags.evaluation.SnapshotCompiler;
import dev.penstock.engine.flags.load.DefinitionsTarget;
import dev.penstock.engine.flags.load.UnusableDefinitionsException;
import dev.penstock.engine.stats.DistinctErrors;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Parses, compiles and publishes definitions, and tells what they changed. Evaluations go on with the old ones meanwhile.
 *
 * <p><b>Threads:</b> one at a time.
 */
final class FlagPublisher implements DefinitionsTarget {

    private final FlagStore store;
    private final DefinitionsParser parser;
    private final SnapshotCompiler compiler;
    private final RemoteFlags remote;
    private final Consumer<FlagChange> changes;
    private final DistinctErrors errors;

    FlagPublisher(
            FlagStore store,
            DefinitionsParser parser,
            SnapshotCompiler compiler,
            RemoteFlags remote,
            Consumer<FlagChange> changes,
            DistinctErrors errors) {
        this.store = store;
        this.parser = parser;
        this.compiler = compiler;
        this.remote = remote;
        this.changes = changes;
        this.errors = errors;
    }

    @Override
    public int replace(byte[] body, long loadedAtMs) throws UnusableDefinitionsException {
        FlagSnapshot snapshot;
        try {
            snapshot = compiler.compile(parser.parse(body), loadedAtMs);
        } catch (DefinitionsException e) {
            throw new UnusableDefinitionsException(e.getMessage(), e);
        }
        publish(snapshot);
        remote.forgetMissing();
        if (snapshot.malformed() > 0) {
            errors.warn(
                    "malformed flags",
                    snapshot.malformed()
                            + " flag definitions cannot be understood and are always inconclusive, the first: "
                            + snapshot.problem(),
                    null);
        }
        return snapshot.size();
    }

    @Override
    public void drop() {
        publish(FlagSnapshot.EMPTY);
    }

    @Override
    public void confirmed() {
        remote.forgetMissing();
    }

    private void publish(FlagSnapshot snapshot) {
        FlagSnapshot before = store.publish(snapshot);
        try {
            tell(before, snapshot);
        } catch (RuntimeException | Error e) {
            errors.warn("flag changes not told", "what changed in the flag definitions could not be told: " + e, e);
        }
    }

    private void tell(FlagSnapshot before, FlagSnapshot snapshot) {
        FlagChanges changed = FlagChanges.between(before, snapshot);
        if (!changed.isEmpty()) {
            changes.accept(new FlagChange(
                    changed.added(),
                    changed.removed(),
                    changed.changed(),
                    Instant.ofEpochMilli(snapshot.loadedAtMs())));
        }
    }
}
