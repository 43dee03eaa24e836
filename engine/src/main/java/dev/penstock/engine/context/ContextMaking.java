package dev.penstock.engine.context;

import dev.penstock.client.flags.FlagEvaluations;
import dev.penstock.engine.record.AttachedFlags;
import dev.penstock.engine.record.PropertySnapshot;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Makes of a context's values what events carry. What fails is told and left out: an event is never lost because of its
 * context.
 *
 * <p>Values are read in no context: one that captures while it is read would otherwise need what is just being made.
 *
 * @param snapshots makes properties a snapshot
 * @param trouble told in a sentence what went wrong, with the exception
 * @param scopes where the calling thread's context is put aside
 */
record ContextMaking(
        Function<Map<String, ?>, PropertySnapshot> snapshots,
        BiConsumer<String, Throwable> trouble,
        ThreadScopes scopes) {

    /** The snapshot, or null if it cannot be made. */
    PropertySnapshot snapshot(Map<String, ?> properties) {
        Scope before = scopes.replace(null);
        try {
            return snapshots.apply(properties);
        } catch (Throwable e) {
            trouble.accept("the properties of a request context could not be read and are not added", e);
            return null;
        } finally {
            scopes.restore(before);
        }
    }

    /** The attachment; of no flags if an application's own evaluations cannot be read. */
    AttachedFlags attachment(FlagEvaluations evaluations) {
        Scope before = scopes.replace(null);
        try {
            return AttachedFlags.of(evaluations);
        } catch (Throwable e) {
            trouble.accept("the flags of a request context could not be read and are not attached", e);
            return new AttachedFlags(Map.of());
        } finally {
            scopes.restore(before);
        }
    }
}
