package dev.penstock.client;

import dev.penstock.client.flags.FlagClient;
import java.time.Duration;
import java.util.Map;

/**
 * Captures events and delivers them in the background, without ever holding up the caller.
 *
 * <p>There are three ways in and one path behind them: {@link #capture(String, String, Map)} is the most convenient,
 * {@link #event(String)} is fluent and allocates nothing, {@link #capture(EventTranslator, Object)} allocates nothing
 * and is guarded against the caller's own exceptions. In all three the event has become bytes when the call returns:
 * maps, lists and objects may be changed or reused at once.
 *
 * <p>Every accepted event ends in exactly one {@link Outcome}; {@link #stats()} is the account.
 *
 * <p><b>Threads:</b> any thread, any number of them. A capture takes no lock, makes no system call and wakes no other
 * thread, unless {@link OverflowPolicy#WAIT} was chosen and the ring is full. Only {@link #flush(Duration)}, {@link
 * #close(Duration)} and {@link #discard()} block, and each is bounded.
 */
public interface CaptureClient extends AutoCloseable {

    /**
     * The name the client was configured with; part of its thread names and log lines.
     *
     * @return the name; never blank
     */
    String name();

    /**
     * Captures an event with the properties of a map.
     *
     * <p><b>Allocation:</b> none of ours for strings, integers, doubles, booleans, instants, UUIDs and nested maps and lists
     * of them; big numbers and local dates become text first, and a value of another type is serialized and allocates in
     * proportion to its size.
     *
     * @param distinctId whom the event is about; null or blank makes the event personless
     * @param event the event's name; null or blank gives {@link CaptureResult#INVALID}
     * @param properties the properties, read during the call and free to change afterwards; null means none. A
     *     value that cannot be represented becomes JSON null and is counted, it never costs the event
     * @return what became of the event; never null
     */
    CaptureResult capture(String distinctId, String event, Map<String, ?> properties);

    /**
     * Captures an event that a translator writes.
     *
     * <p>Keep the translator in a static final field or use a lambda that captures nothing, then the call allocates
     * nothing. If the translator throws, nothing is published and the answer is {@link CaptureResult#INVALID}.
     *
     * <pre>{@code
     * private static final EventTranslator<Bid> BID_WON =
     *         (writer, bid) -> writer.event("bid won").distinctId(bid.deviceId()).put("price_micros", bid.price());
     * ...
     * client.capture(BID_WON, bid);
     * }</pre>
     *
     * @param <A> the type of the argument
     * @param translator writes the event's name, ids and properties; runs on the calling thread, during the call
     * @param argument handed to the translator as it is; may be null
     * @return what became of the event; never null
     */
    <A> CaptureResult capture(EventTranslator<? super A> translator, A argument);

    /**
     * Begins an event that the caller fills and sends.
     *
     * <p><b>Threads:</b> the builder belongs to the calling thread until {@link EventBuilder#send()} or {@link
     * EventBuilder#cancel()}. <b>Allocation:</b> none after warm-up; a builder that is dropped without either call is
     * collected as garbage and costs nothing else.
     *
     * @param name the event's name; null or blank is answered by {@code send()} with {@link CaptureResult#INVALID}
     * @return a builder; never null, also when the client is closed or disabled
     */
    EventBuilder event(String name);

    /**
     * Registers a property key, so that using it costs less than its text at both ends of the ring. Make keys once, at
     * start, and keep them.
     *
     * <p>Registering a name again gives the same key. A client holds at most 4,096 registered keys; further ones
     * still work, at the cost of plain text. A key used with another client works as plain text too.
     *
     * @param name the property's name; not null, not blank
     * @return the key; never null
     * @throws IllegalArgumentException if the name is null or blank
     */
    PropertyKey propertyKey(String name);

    /**
     * Feature flags.
     *
     * @return the flag client, always the same; never null
     */
    FlagClient flags();

    /**
     * Sends everything that was accepted before this call, and waits until each of those events has its outcome.
     *
     * <p>With nothing pending it returns at once and makes no request. It never throws because delivery fails: that is
     * what the outcomes are for. On a thread of the client itself (a listener) it sends but does not wait.
     *
     * @param timeout the longest time to wait; zero or negative starts the flush and does not wait
     * @return how it ended; never null
     */
    FlushResult flush(Duration timeout);

    /**
     * Stops accepting, sends what is pending, and stops all threads. What has no outcome when the time is up is
     * discarded and counted.
     *
     * <p>Idempotent: a second call waits for the first within its own timeout and returns the same report. If the
     * calling thread is interrupted, the rest is discarded at once, as if time were up, and the interrupt status is
     * kept. Returns soon after the timeout: threads that do not end by
     * themselves are waited for, at most about three seconds in all.
     *
     * @param timeout the longest time to spend on delivery; zero or negative discards what is pending
     * @return the final account; never null
     */
    CloseReport close(Duration timeout);

    /**
     * Closes with the configured {@linkplain ClientConfig#closeTimeout() timeout}.
     */
    @Override
    void close();

    /**
     * Stops now: pending events and retries are dropped and counted as discarded, and nothing more is sent after the
     * call returns. Idempotent, bounded to about three seconds.
     *
     * @return the final account; never null
     */
    CloseReport discard();

    /**
     * Reads the account. Exact when nothing moves; at any other instant each counter is monotonic and the outcomes
     * never add up to more than was accepted.
     *
     * <p><b>Threads:</b> any thread; does not disturb captures. Walks the occupied part of the ring, so call it every
     * second, not every millisecond. <b>Allocation:</b> the returned object.
     *
     * @return the account; never null
     */
    ClientStats stats();
}
