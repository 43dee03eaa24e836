package dev.penstock.engine.context;

import dev.penstock.client.context.ContextScope;
import dev.penstock.client.context.RequestContext;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * One open scope of a thread. It is closed when it has no context any more, which any thread can see to; the links between
 * scopes belong to the thread they are open on.
 */
final class Scope implements ContextScope {

    private final ThreadScopes scopes;
    private volatile ActiveContext active;

    /** The scope outside this one, or null. Only for the thread it is open on. */
    private Scope outer;

    Scope(ThreadScopes scopes, ActiveContext active, Scope outer) {
        this.scopes = scopes;
        this.active = active;
        this.outer = outer;
    }

    /** What is current in it; null once it is closed. */
    ActiveContext active() {
        return active;
    }

    /** The innermost scope that is still open, from this one outwards; those in between that are closed are let go of. */
    Scope pruned() {
        Scope innermost = open(this);
        for (Scope scope = innermost; scope != null; scope = scope.outer) {
            scope.outer = open(scope.outer);
        }
        return innermost;
    }

    private static Scope open(Scope from) {
        Scope scope = from;
        while (scope != null && scope.active == null) {
            scope = scope.outer;
        }
        return scope;
    }

    @Override
    public void setDistinctId(String id) {
        learn(RequestContext.builder().distinctId(id));
    }

    @Override
    public void setSessionId(String id) {
        learn(RequestContext.builder().sessionId(id));
    }

    @Override
    public void addProperties(Map<String, ?> properties) {
        learn(RequestContext.builder().properties(properties));
    }

    @Override
    public void setPersonPropertiesForFlags(Map<String, ?> properties) {
        learn(RequestContext.builder().personPropertiesForFlags(properties));
    }

    @Override
    public void resetPersonPropertiesForFlags() {
        change(known -> known.toBuilder().resetPersonPropertiesForFlags().build());
    }

    @Override
    public void setGroupPropertiesForFlags(String type, Map<String, ?> properties) {
        learn(RequestContext.builder().groupPropertiesForFlags(type, properties));
    }

    @Override
    public void resetGroupPropertiesForFlags() {
        change(known -> known.toBuilder().resetGroupPropertiesForFlags().build());
    }

    @Override
    public void resetGroupPropertiesForFlags(String type) {
        change(known -> known.toBuilder().resetGroupPropertiesForFlags(type).build());
    }

    private void learn(RequestContext.Builder more) {
        change(known -> more.build().over(known));
    }

    private synchronized void change(UnaryOperator<RequestContext> how) {
        ActiveContext before = active;
        if (before != null) {
            active = before.with(how.apply(before.values()));
        }
    }

    @Override
    public void close() {
        end();
        scopes.letGo();
    }

    private synchronized void end() {
        active = null;
    }
}
