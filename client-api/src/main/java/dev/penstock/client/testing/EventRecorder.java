package dev.penstock.client.testing;

import dev.penstock.client.OutgoingEvent;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * Keeps accepted events in memory, so that a test can assert what an application captures. A client with a recorder sends
 * no event, AI event or log record to anybody: each is answered as if the server had taken it. Flags are evaluated as ever.
 *
 * <pre>{@code
 * EventRecorder recorder = new EventRecorder();
 * try (CaptureClient client = CaptureClients.create(
 *         ClientConfig.builder("test").eventRecorder(recorder).build())) {
 *     new Checkout(client).buy("sword-3");
 *     assertEquals(1, recorder.eventsNamed("item bought").size());
 * }
 * }</pre>
 *
 * <p>An event is there when its capture returns; no flush is needed. It is complete: merged, shaped by before-send, as a
 * batch would carry it.
 *
 * <p><b>Threads:</b> any. Holds at most its capacity and forgets the oldest beyond it.
 */
public final class EventRecorder {

    /** The capacity of {@link #EventRecorder()}. */
    public static final int DEFAULT_CAPACITY = 100_000;

    private final int capacity;
    private final Queue<OutgoingEvent> events = new ArrayDeque<>();

    /** Makes a recorder of the default capacity. */
    public EventRecorder() {
        this(DEFAULT_CAPACITY);
    }

    /**
     * Makes a recorder.
     *
     * @param capacity how many events it holds
     * @throws IllegalArgumentException if it is less than one
     */
    public EventRecorder(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1 but is " + capacity);
        }
        this.capacity = capacity;
    }

    /**
     * Adds an event; the client calls this.
     *
     * @param event an accepted event
     */
    public synchronized void record(OutgoingEvent event) {
        if (events.size() == capacity) {
            events.remove();
        }
        events.add(event);
    }

    /**
     * All events held, oldest first.
     *
     * @return a copy of the list
     */
    public synchronized List<OutgoingEvent> events() {
        return List.copyOf(events);
    }

    /**
     * The events of one name, oldest first.
     *
     * @param name the event's name
     * @return a new list
     */
    public synchronized List<OutgoingEvent> eventsNamed(String name) {
        return events.stream().filter(event -> event.name().equals(name)).toList();
    }

    /** Forgets all events. */
    public synchronized void clear() {
        events.clear();
    }
}
