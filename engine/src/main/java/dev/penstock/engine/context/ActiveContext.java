package dev.penstock.engine.context;

import dev.penstock.client.context.RequestContext;
import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagEvaluations;
import dev.penstock.engine.record.AttachedFlags;
import dev.penstock.engine.record.PropertySnapshot;

/**
 * A context as captures and evaluations use it: everything that can be made of it once is made at the first use and kept.
 *
 * <p><b>Threads:</b> any; what it holds never changes. A scope that learns something gets a new one. <b>Allocation:</b> none
 * after the first event of a name.
 */
public final class ActiveContext {

    private final RequestContext values;
    private final ContextMaking making;
    private final ScopeProperties properties;
    private final AmbientFlags ambientFlags;
    private volatile AttachedFlags attached;

    ActiveContext(RequestContext values, ContextMaking making) {
        this.values = values;
        this.making = making;
        this.properties = new ScopeProperties(values, making);
        this.ambientFlags = new AmbientFlags(values);
    }

    /** This context with other values. */
    ActiveContext with(RequestContext changed) {
        return new ActiveContext(changed, making);
    }

    RequestContext values() {
        return values;
    }

    /**
     * Whom events are about that do not say so themselves.
     *
     * @return the distinct id, never blank; null if none is known
     */
    public String distinctId() {
        return values.distinctId();
    }

    /**
     * The properties of an event, beneath its own, with {@code $session_id} among them.
     *
     * @param eventName the event's name, or null
     * @return always the same for the same name; null if there are none or they cannot be read
     */
    public PropertySnapshot properties(String eventName) {
        return properties.of(eventName);
    }

    /**
     * The flags to attach to an event that has none of its own.
     *
     * @return made at the first event and kept, though threads that come at the same time may each make one; null if there
     *     are none
     */
    public AttachedFlags flags() {
        FlagEvaluations evaluations = values.flags();
        if (evaluations == null) {
            return null;
        }
        AttachedFlags made = attached;
        if (made == null) {
            made = making.attachment(evaluations);
            attached = made;
        }
        return made;
    }

    FlagContext beneath(FlagContext explicit) {
        return ambientFlags.beneath(explicit);
    }
}
