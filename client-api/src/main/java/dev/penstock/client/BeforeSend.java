package dev.penstock.client;

/**
 * Sees each event before it is queued, and may change or drop it.
 *
 * <p>The hook gets the finished event: identity, time, UUID and all properties, those of the client, of super properties,
 * request context and flags included. Several hooks run in the order they were configured in, each on the result of the one
 * before. A hook that throws, or returns something that is not a complete event, drops the event: neither the original nor
 * a half-changed one is ever sent, later hooks do not run, and a warning is logged.
 *
 * <p>What a hook keeps of an event may be read and changed afterwards without effect. The client's {@code $lib} and {@code
 * $lib_version} are added again if a hook removes them.
 *
 * <p><b>Threads:</b> called on the capturing thread, during the capture, several at a time; one that takes long delays its
 * own caller and nobody else. Events captured by a hook on the same client are dropped as {@link CaptureResult#FILTERED}.
 * <b>Allocation:</b> with a hook installed every capture takes a slower path, which allocates the event as objects.
 */
@FunctionalInterface
public interface BeforeSend {

    /**
     * Looks at an event.
     *
     * @param event the event; free to change and to return
     * @return the event to send, the same or another; null drops it
     */
    OutgoingEvent beforeSend(OutgoingEvent event);
}
