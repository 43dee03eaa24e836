package dev.penstock.client;

import java.util.Collection;
import java.util.Map;

/**
 * Properties that every event gets. Weaker than everything an event, its request context or its flags say; see {@link
 * ClientConfig.Builder#superProperties} for those given at the start.
 *
 * <p>A change applies to captures that begin after it. Values are read once, during the call, and kept as they are sent;
 * changing a list or map afterwards has no effect.
 *
 * <p><b>Threads:</b> any; changes take turns, reading takes no lock. <b>Allocation:</b> a change copies all of them, an
 * event copies none.
 */
public interface SuperProperties {

    /**
     * Adds properties, replacing those of the same names.
     *
     * @param properties name to value; null and a null name add nothing
     */
    void register(Map<String, ?> properties);

    /**
     * Adds those properties whose names are not there yet.
     *
     * @param properties name to value; null and a null name add nothing
     */
    void registerOnce(Map<String, ?> properties);

    /**
     * Removes properties. One that is not there is no error.
     *
     * @param names which; null removes none
     */
    void unregister(Collection<String> names);

    /**
     * Removes a property.
     *
     * @param name which; null removes none
     */
    void unregister(String name);

    /**
     * The properties as they are now.
     *
     * @return an unmodifiable copy, of JSON values
     */
    Map<String, Object> all();
}
