package dev.penstock.client.context;

import java.util.Map;

/**
 * The time in which a request's context is current on a thread, from {@link ContextClient#enter(RequestContext)} to {@link
 * #close()}.
 *
 * <p>What is learned on the way is added here: it holds for what happens from then on, in this scope and in those that are
 * entered from it later. Scopes that are open inside it and code that is already wrapped keep what they have, and the scope
 * outside never sees it.
 *
 * <p><b>Threads:</b> the scope is current on the thread that entered it and nowhere else; its methods may be called from any.
 * After {@link #close()} they have no effect.
 */
public interface ContextScope extends AutoCloseable {

    /**
     * Sets whom events and questions about flags are about that do not say so themselves. For an id that the application has
     * authenticated: it replaces the one from the request's headers.
     *
     * @param id the distinct id; null or blank changes nothing
     */
    void setDistinctId(String id);

    /**
     * Sets the session that events belong to; replaces a property {@code $session_id}.
     *
     * @param id the session's id; null or blank changes nothing
     */
    void setSessionId(String id);

    /**
     * Adds properties to all events. A name that is there already gets the new value.
     *
     * @param properties names and values, read as {@link RequestContext} says; null means none
     */
    void addProperties(Map<String, ?> properties);

    /**
     * Adds properties of the person that flag evaluation is to know, until the server has heard of them. A question about
     * another distinct id than the scope's does not get them. Writes nothing to the person's profile, captures nothing and asks nothing; the next evaluation knows them.
     *
     * @param properties names and values as in {@link dev.penstock.client.flags.FlagContext}; null means none
     */
    void setPersonPropertiesForFlags(Map<String, ?> properties);

    /** Forgets what flag evaluation was to know of the person, inherited properties included. */
    void resetPersonPropertiesForFlags();

    /**
     * Adds properties of a group that flag evaluation is to know, wherever a {@link
     * dev.penstock.client.flags.FlagContext} names a group of this type.
     *
     * @param type the group's type; null changes nothing
     * @param properties names and values; null means none
     */
    void setGroupPropertiesForFlags(String type, Map<String, ?> properties);

    /** Forgets what flag evaluation was to know of all groups, inherited properties included. */
    void resetGroupPropertiesForFlags();

    /**
     * Forgets what flag evaluation was to know of the groups of one type, inherited properties included.
     *
     * @param type the group's type
     */
    void resetGroupPropertiesForFlags(String type);

    /**
     * Ends the scope; the one outside it is current again. Idempotent.
     *
     * <p>Scopes that are closed in another order do no harm: an inner scope stays current until it is closed itself, and
     * one that is closed already is skipped. Closed on another thread, the scope is over at once, and its own thread lets go
     * of it when it next captures, evaluates, or enters or leaves a scope.
     */
    @Override
    void close();
}
