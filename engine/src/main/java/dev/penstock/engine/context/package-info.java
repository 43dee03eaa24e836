/**
 * Request contexts: which one is current on a thread, how it comes to other threads, and what it adds to events and to
 * questions about flags.
 *
 * <p>{@link dev.penstock.engine.context.ContextScopes} is the way in for applications and for {@code capture}, which asks it
 * for the {@link dev.penstock.engine.context.ActiveContext} of each event. {@code ThreadScopes} knows what is open on a thread,
 * {@code Scope} is one of these, {@code CarriedContext} takes what is current elsewhere. Neighbour: {@code record}, whose
 * snapshots are kept here and not looked into.
 */
package dev.penstock.engine.context;
