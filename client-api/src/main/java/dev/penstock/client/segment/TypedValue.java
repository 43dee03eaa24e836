package dev.penstock.client.segment;

import java.util.Map;

/**
 * What Segment names the members of: a value that is written as a JSON object wherever it stands.
 *
 * <p><b>Threads:</b> immutable; any thread.
 */
public sealed interface TypedValue permits Context, Integrations, Product, Properties, Traits {

    /**
     * The members, by their names on the wire.
     *
     * @return name to value; unmodifiable, in the order in which they were set
     */
    Map<String, Object> asMap();
}
