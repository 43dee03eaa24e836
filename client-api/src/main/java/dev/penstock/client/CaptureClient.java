package dev.penstock.client;

import dev.penstock.client.context.ContextClient;
import dev.penstock.client.errors.ExceptionDetails;
import dev.penstock.client.flags.FlagClient;
import dev.penstock.client.logs.LogClient;
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
 * #selfCheck}, {@link #close(Duration)}, {@link #discard()} and captures that are told to wait for their outcome block, and
 * each is bounded.
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
     * Captures an event, has it sent at once and waits for its outcome; see {@link EventBuilder#sendAndAwait}.
     *
     * @param distinctId whom the event is about; null or blank makes the event personless
     * @param event the event's name
     * @param properties the properties; null means none
     * @param timeout the longest time to wait
     * @return the answer, and the outcome if there was one in time; never null
     */
    SendReport captureAndAwait(String distinctId, String event, Map<String, ?> properties, Duration timeout);

    /**
     * Begins the event {@code $identify}, which tells who somebody is: {@link EventWriter#setPerson} and {@link
     * EventWriter#setPersonOnce} carry what is known. Every call sends; nothing is suppressed. Properties of a {@linkplain
     * #contexts() request context} are not added.
     *
     * @param distinctId who; null or blank is answered by {@code send()} with {@link CaptureResult#INVALID}
     * @return a builder
     */
    EventBuilder identify(String distinctId);

    /**
     * Begins the event {@code $identify} for somebody who was known by an anonymous id until now; the server merges the two.
     *
     * @param distinctId who; null or blank is answered by {@code send()} with {@link CaptureResult#INVALID}
     * @param anonymousId the id they had before, sent as {@code $anon_distinct_id}; null or blank is left out
     * @return a builder
     */
    EventBuilder identify(String distinctId, String anonymousId);

    /**
     * Begins the event {@code $set}, which changes what is known of a person: with {@link EventWriter#setPerson}, {@link
     * EventWriter#setPersonOnce} and {@link EventWriter#unsetPerson}. With none of them {@code send()} publishes nothing and
     * answers {@link CaptureResult#INVALID}.
     *
     * @param distinctId who; null or blank is answered by {@code send()} with {@link CaptureResult#INVALID}
     * @return a builder
     */
    EventBuilder person(String distinctId);

    /**
     * Begins the event {@code $create_alias}, which gives a person a second id.
     *
     * @return a builder with one named method for each of the two ids
     */
    AliasBuilder alias();

    /**
     * Begins the event {@code $groupidentify}, which tells what is known of a group, with {@link EventWriter#setGroup}.
     * Without a distinct id of its own it is sent for {@code $TYPE_KEY}.
     *
     * @param type the group's type, such as {@code company}
     * @param key the group's key; if either is null or blank, {@code send()} answers {@link CaptureResult#INVALID}
     * @return a builder
     */
    EventBuilder groupIdentify(String type, String key);

    /**
     * Begins the event {@code $pageview}.
     *
     * @param url the absolute URL, sent as {@code $current_url}; null is left out
     * @return a builder
     */
    EventBuilder pageview(String url);

    /**
     * Begins the event {@code $screen}.
     *
     * @param screenName the screen, sent as {@code $screen_name}; wins over a property of that name
     * @return a builder
     */
    EventBuilder screen(String screenName);

    /**
     * Begins the event {@code $exception} for something that was thrown.
     *
     * <p>Ignored exceptions and clients that capture nothing cost nothing but the call. Properties that belong to error
     * tracking ({@code $exception_list}, {@code $exception_level} and their like) are the client's own: what the caller
     * puts under their names is ignored.
     *
     * @param thrown a throwable; anything else is reported by its class and text, with the caller's stack
     * @param details level, mechanism and source; {@link ExceptionDetails#MANUAL} as a rule
     * @return a builder
     */
    EventBuilder exception(Object thrown, ExceptionDetails details);

    /**
     * Captures an exception that the application has caught.
     *
     * @param distinctId whom it concerns; null or blank takes that of the request context, or makes the event personless
     * @param thrown what was caught
     * @param properties further properties; null means none
     * @return what became of the event; {@link CaptureResult#FILTERED} for ignored exceptions
     */
    CaptureResult captureException(String distinctId, Throwable thrown, Map<String, ?> properties);

    /**
     * Captures an exception that the application has caught, without further properties.
     *
     * @param thrown what was caught
     * @return what became of the event
     */
    CaptureResult captureException(Throwable thrown);

    /**
     * AI events, which travel on a lane and a route of their own.
     *
     * @return the AI client, always the same; never null
     */
    AiClient ai();

    /**
     * Structured log records, which travel on a lane and a route of their own.
     *
     * @return the log client, always the same; never null
     */
    LogClient logs();

    /**
     * Request contexts: whom the events captured in a piece of work are about, and what they have in common.
     *
     * @return the context client, always the same; never null
     */
    ContextClient contexts();

    /**
     * Properties that every event gets.
     *
     * @return the super properties, always the same object; never null
     */
    SuperProperties superProperties();

    /**
     * Switches capturing on or off. While it is off, captures are answered {@link CaptureResult#DISABLED} at once and cost
     * nothing else; what was accepted before is still sent. A client without a key, or configured as disabled, has no
     * engine and stays off.
     *
     * @param enabled whether to capture
     */
    void setEnabled(boolean enabled);

    /**
     * Whether events are accepted.
     *
     * @return true unless the client is switched off, opted out, without a key, or closed
     */
    boolean isEnabled();

    /**
     * Opts out: nothing is captured until {@link #optIn()}, whatever {@link #setEnabled} says. Kept in memory only.
     */
    void optOut();

    /** Ends an opt-out. */
    void optIn();

    /**
     * Whether capturing is opted out.
     *
     * @return true after {@link #optOut()}, or if configured so
     */
    boolean isOptedOut();

    /** Switches debug messages on, as {@code debug(true)} does. */
    void debug();

    /**
     * Switches debug messages on or off: each batch, answer and retry is then logged with level INFO, never an event's
     * content. Sends nothing by itself.
     *
     * @param enabled whether to log
     */
    void debug(boolean enabled);

    /**
     * Whether debug messages are on.
     *
     * @return true after {@link #debug()}, or if configured so
     */
    boolean isDebug();

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
     * Sends everything that was accepted before this call, and waits until each of those events has its outcome, or is
     * left to the {@linkplain ClientConfig.Builder#spool spool} because the server is away.
     *
     * <p>With nothing pending it returns at once and makes no request. It never throws because delivery fails: that is
     * what the outcomes are for. On a thread of the client itself (a listener) it sends but does not wait.
     *
     * @param timeout the longest time to wait; zero or negative starts the flush and does not wait
     * @return how it ended; never null
     */
    FlushResult flush(Duration timeout);

    /**
     * Looks at the way from this process to the server, step by step, and says in plain words what is wrong and what to do:
     * the client itself, the name of the host, the connection, the proxy, TLS, the key, how large a body may be, and the clock.
     * For a start-up, a health page or a command; not for every minute.
     *
     * <p>Sends no event and changes nothing. It connects with the client's own proxy, TLS settings and headers, on connections
     * of its own: a few that are closed again at once, and one for requests, which are one evaluation of a flag that does not
     * exist, and up to eight batches without events, the largest as large as {@link ClientConfig#maxBatchBytes()}. A host may
     * note these in its log. A step that fails has the steps that depend on it skipped; a check never throws because one fails.
     *
     * <p>On a client that is closed, configured as disabled or without a key, the first step says so and the others are skipped;
     * on one that is switched off or opted out for now, it warns and the check goes on. If the client is closed meanwhile, or the calling
     * thread is interrupted, the check ends at once and the interrupt status is kept.
     *
     * <p><b>Threads:</b> any thread; blocks it for the timeout at most, and then for up to about a second while
     * connections are closed. Every thread that the check starts has ended when it returns, except one that waits for a name server
     * that does not answer: the system cannot be told to give that up.
     *
     * <p><b>Allocation:</b> a few times {@link ClientConfig#maxBatchBytes()}.
     *
     * @param timeout the longest time for all steps together; a step that it leaves no time for has failed. Null, zero and
     *     negative leave none at all. Twenty seconds are plenty
     * @return what was found; never null, always with the same eight steps
     */
    SelfCheckReport selfCheck(Duration timeout);

    /**
     * Stops accepting, sends what is pending, and stops all threads. What has no outcome when the time is up is
     * discarded and counted; with a {@linkplain ClientConfig.Builder#spool spool} it is kept on disk, for which the last
     * fifth of the time is used, at most a second of it, or at once what waits for a server that is away.
     *
     * <p>Idempotent: a second call waits for the first within its own timeout and returns the same report. If the
     * calling thread is interrupted, the rest is discarded at once, as if time were up, and the interrupt status is
     * kept. Returns soon after the timeout: threads that do not end by
     * themselves are waited for, at most about eight seconds in all.
     *
     * @param timeout the longest time to spend on delivery; zero or negative discards what is pending, or keeps it on disk
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
     * call returns. Batches that are whole on disk stay there. Idempotent, bounded to about eight seconds.
     *
     * @return the final account; never null
     */
    CloseReport discard();

    /**
     * How much room is left for plain events of the calling thread: what its lane's ring has free beside what it keeps
     * for exceptions and for what tells who somebody is. One of up to 256 bytes takes one slot. The next one may find less, because other
     * threads capture too.
     *
     * <p><b>Threads:</b> any; lock-free, cheap enough to ask before each capture. <b>Allocation:</b> none.
     *
     * @return how many slots; 0 if the client accepts nothing now
     */
    long remainingCapacity();

    /**
     * Reads the account: of events, AI events and log records together. Exact when nothing moves; at any other instant each counter is monotonic and the outcomes
     * never add up to more than was accepted.
     *
     * <p><b>Threads:</b> any thread; does not disturb captures. Walks the occupied part of the ring, so call it every
     * second, not every millisecond. <b>Allocation:</b> the returned object.
     *
     * @return the account; never null
     */
    ClientStats stats();
}
