package dev.penstock.engine.record;

import dev.penstock.client.OutgoingEvent;

/**
 * Shows a finished record as an event of objects.
 *
 * <p><b>Threads:</b> one at a time.
 */
public interface RecordViewer {

    /**
     * What would be sent, with everything merged.
     *
     * @param record holds the record, from index 0
     * @param superProperties the super properties it goes with, or null
     * @param context the properties of its request context, or null
     * @param flags the flags attached to it, or null
     * @return an event that has nothing in common with what the caller passed
     */
    OutgoingEvent view(byte[] record, PropertySnapshot superProperties, PropertySnapshot context, AttachedFlags flags);
}
