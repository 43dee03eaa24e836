package dev.penstock.engine.context;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Which scopes are open on each thread.
 *
 * <p>Why it is shaped so: every event asks for the context that is current, and most applications never make one. Until the
 * first scope is entered, the answer is one opaque load of a field that never changes, and no thread-local is touched. From
 * then on every thread that asks is given an entry, an empty one where no scope is open. A scope is removed with the last one
 * on its thread, so that pooled threads keep nothing of a request.
 *
 * <p><b>Threads:</b> any; each sees its own scopes.
 */
final class ThreadScopes {

    private static final VarHandle IN_USE;

    static {
        try {
            IN_USE = MethodHandles.lookup().findVarHandle(ThreadScopes.class, "inUse", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("ThreadLocalUsage") // not static: each client has contexts of its own
    private final ThreadLocal<Scope> innermost = new ThreadLocal<>();

    /** Written by each thread before it first opens a scope, so that none misses its own. */
    @SuppressWarnings("unused") // through IN_USE
    private boolean inUse;

    /** The context that is current on this thread, or null. */
    ActiveContext active() {
        if (!(boolean) IN_USE.getOpaque(this)) {
            return null;
        }
        Scope scope = innermost.get();
        if (scope == null) {
            return null;
        }
        ActiveContext active = scope.active();
        return active == null ? activeAfterClose() : active;
    }

    /** The innermost scope was closed on another thread. */
    private ActiveContext activeAfterClose() {
        Scope scope = letGo();
        while (scope != null) {
            ActiveContext active = scope.active();
            if (active != null) {
                return active;
            }
            scope = letGo(); // closed meanwhile
        }
        return null;
    }

    /** Opens a scope within those that are open. */
    Scope enter(ActiveContext active) {
        Scope scope = new Scope(this, active, letGo());
        put(scope);
        return scope;
    }

    /** Lets go of what is closed. Returns the innermost open scope, or null. */
    Scope letGo() {
        Scope scope = innermost.get();
        Scope open = scope == null ? null : scope.pruned();
        if (open == null || open != scope) {
            put(open);
        }
        return open;
    }

    /** Puts a carried context, or none, in the place of all that is open on this thread. Returns what to put back. */
    Scope replace(ActiveContext carried) {
        Scope before = innermost.get();
        put(carried == null ? null : new Scope(this, carried, null));
        return before;
    }

    /** Puts back what {@link #replace} has replaced, and so lets go of whatever was opened since. */
    void restore(Scope before) {
        put(before);
    }

    private void put(Scope scope) {
        if (scope == null) {
            innermost.remove();
            return;
        }
        if (!(boolean) IN_USE.getOpaque(this)) {
            IN_USE.setOpaque(this, true);
        }
        innermost.set(scope);
    }
}
