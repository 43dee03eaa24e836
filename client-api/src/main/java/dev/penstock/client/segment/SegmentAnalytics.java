package dev.penstock.client.segment;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientStats;
import dev.penstock.client.CloseReport;
import dev.penstock.client.FlushResult;
import dev.penstock.client.PropertyKey;
import dev.penstock.client.SelfCheckReport;
import java.time.Duration;

/**
 * Sends messages to Segment in the background, without ever holding up the caller.
 *
 * <p>There are two ways in and one path behind them: {@link #enqueue} takes a typed {@link Message}, {@link #track} and its
 * five siblings are fluent and allocate nothing. In both the message has become bytes when the call returns.
 *
 * <p>Every accepted message ends in exactly one {@link dev.penstock.client.Outcome}; {@link #stats()} is the account. That
 * the server answers 200 is not yet its consent: see the guide for what Segment refuses behind one. This client refuses
 * before what Segment would refuse so, with {@link CaptureResult#INVALID} or {@link CaptureResult#TOO_LARGE}.
 *
 * <p><b>Threads:</b> any thread, any number of them. Taking a message in takes no lock, makes no system call and wakes no
 * other thread, unless {@link dev.penstock.client.OverflowPolicy#WAIT} was chosen and the ring is full. Only {@link
 * #flush(Duration)}, {@link #selfCheck}, {@link #close(Duration)}, {@link #discard()} and {@link
 * MessageBuilder#sendAndAwait} block, and each is bounded.
 */
public interface SegmentAnalytics extends AutoCloseable {

    /**
     * The name the client was configured with; part of its thread names and log lines.
     *
     * @return the name; never blank
     */
    String name();

    /**
     * Takes a typed message in.
     *
     * @param message the message; null gives {@link CaptureResult#INVALID}
     * @return what became of it; never null
     */
    CaptureResult enqueue(Message message);

    /**
     * Begins a message that tells who somebody is; its properties are their traits.
     *
     * @param userId who; null or blank needs {@link MessageBuilder#anonymousId} and at least one trait
     * @return a builder
     */
    MessageBuilder identify(String userId);

    /**
     * Begins a message that tells what somebody did.
     *
     * @param event the event's name; null or blank is answered by {@code send()} with {@link CaptureResult#INVALID}
     * @return a builder
     */
    MessageBuilder track(String event);

    /**
     * Begins a message that tells what page somebody saw.
     *
     * @param name the page's name; null or blank is left out
     * @return a builder
     */
    MessageBuilder page(String name);

    /**
     * Begins a message that tells what screen of an app somebody saw.
     *
     * @param name the screen's name; null or blank is left out
     * @return a builder
     */
    MessageBuilder screen(String name);

    /**
     * Begins a message that tells what group somebody belongs to; its properties are the group's traits.
     *
     * @param groupId the group; null or blank is answered by {@code send()} with {@link CaptureResult#INVALID}
     * @return a builder
     */
    MessageBuilder group(String groupId);

    /**
     * Begins a message that tells what second id somebody has: {@link MessageBuilder#previousId} and {@link
     * MessageBuilder#userId}, both of which it needs. It has no properties: what is put is left out and counted.
     *
     * @return a builder
     */
    MessageBuilder alias();

    /**
     * Registers a property key, so that using it costs less than its text at both ends of the ring. Make keys once, at
     * start, and keep them.
     *
     * <p>Registering a name again gives the same key. A client holds at most 4,096 registered keys; further ones still
     * work, at the cost of plain text, as does a key used with another client.
     *
     * @param name the property's name; not null, not blank
     * @return the key; never null
     * @throws IllegalArgumentException if the name is null or blank
     */
    PropertyKey propertyKey(String name);

    /**
     * Switches the client on or off. While it is off, messages are answered {@link CaptureResult#DISABLED} at once; what was
     * accepted before is still sent. A client without a write key, or configured as disabled, has no engine and stays off.
     *
     * @param enabled whether to take messages in
     */
    void setEnabled(boolean enabled);

    /**
     * Whether messages are accepted.
     *
     * @return true unless the client is switched off, without a write key, or closed
     */
    boolean isEnabled();

    /**
     * Switches debug messages on or off: each batch, answer and retry is then logged with level INFO, never a message's
     * content.
     *
     * @param enabled whether to log
     */
    void debug(boolean enabled);

    /**
     * Sends everything that was accepted before this call, and waits until each of those messages has its outcome,
     * or is left to the {@linkplain SegmentConfig.Builder#spool spool} because the server is away.
     *
     * <p>With nothing pending it returns at once and makes no request. On a thread of the client itself (a listener) it
     * sends but does not wait.
     *
     * @param timeout the longest time to wait; zero or negative starts the flush and does not wait
     * @return how it ended; never null
     */
    FlushResult flush(Duration timeout);

    /**
     * Looks at the way from this process to Segment, step by step, and says in plain words what is wrong and what to do; all
     * that {@link dev.penstock.client.CaptureClient#selfCheck} promises holds here too. The requests are batches without messages.
     *
     * <p>Segment takes a batch whose write key it does not know as well, behind a 200. So the step {@code key} is a warning at
     * best: it tells a key that is refused, and cannot tell one that is known.
     *
     * @param timeout the longest time for all steps together; null, zero and negative leave none. Twenty seconds are plenty
     * @return what was found; never null, always with the same eight steps
     */
    SelfCheckReport selfCheck(Duration timeout);

    /**
     * Stops accepting, sends what is pending, and stops all threads. What has no outcome when the time is up is discarded
     * and counted; with a {@linkplain SegmentConfig.Builder#spool spool} it is kept on disk.
     *
     * <p>Idempotent: a second call waits for the first within its own timeout and returns the same report. If the calling
     * thread is interrupted, the rest is discarded at once, and the interrupt status is kept. Returns soon after the
     * timeout: threads that do not end by themselves are waited for, at most about eight seconds in all.
     *
     * @param timeout the longest time to spend on delivery; zero or negative discards what is pending, or
     *     keeps it on disk
     * @return the final account; never null
     */
    CloseReport close(Duration timeout);

    /** Closes with the configured {@linkplain SegmentConfig#closeTimeout() timeout}. */
    @Override
    void close();

    /**
     * Stops now: pending messages and retries are dropped and counted as discarded, and nothing more is sent after the call
     * returns. Batches that are whole on disk stay there. Idempotent, bounded to about eight seconds.
     *
     * @return the final account; never null
     */
    CloseReport discard();

    /**
     * How much room is left for tracks, pages and screens of the calling thread: what its lane's ring has free beside what it keeps
     * for what tells who somebody is. One of up to 256 bytes takes one slot. The next one may find less, because other
     * threads enqueue too.
     *
     * <p><b>Threads:</b> any; lock-free, cheap enough to ask before each message. <b>Allocation:</b> none.
     *
     * @return how many slots; 0 if the client accepts nothing now
     */
    long remainingCapacity();

    /**
     * Reads the account, in which a message is what an event is elsewhere. Exact when nothing moves; at any other instant each counter is monotonic and the outcomes never add up to
     * more than was accepted.
     *
     * <p><b>Threads:</b> any thread. Walks the occupied part of the ring, so call it every second, not every millisecond.
     * <b>Allocation:</b> the returned object.
     *
     * @return the account; never null
     */
    ClientStats stats();
}
