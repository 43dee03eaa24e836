package dev.penstock.client.segment;

import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.CloseReport;
import dev.penstock.client.FlushResult;
import java.time.Duration;
import java.util.Map;

/**
 * Sends each message to Segment and the same thing to PostHog, by one call.
 *
 * <pre>{@code
 * try (DualAnalytics analytics = DualAnalytics.of(posthog, segment)) {
 *     analytics.track("Item Bought").userId("u-19").put("sku", "sword-3").send();
 * }
 * }</pre>
 *
 * <p>Each client keeps its own lane, limits and account; what one refuses, the other may take, and {@link DualResult} has both
 * answers. Only what Segment's rules call invalid goes to neither: both answers are {@link CaptureResult#INVALID}. The Segment
 * client counts it and logs why, unless it is closed or switched off, which is then its answer; the PostHog client is not asked
 * and has nothing to count.
 *
 * <p>Both sides have the same id; where the caller gives none, it is made here, and no id source of a client is asked. Where the
 * caller gives no time, each client takes it from its own clock: the two then agree to a few milliseconds. The event's distinct
 * id is the user id, or else the anonymous one.
 *
 * <table>
 * <caption>What becomes of a message</caption>
 * <tr><th>Segment</th><th>PostHog</th></tr>
 * <tr><td>identify</td><td>{@code $identify}, the traits in {@code $set}; with both ids, the anonymous one is {@code
 *     $anon_distinct_id}</td></tr>
 * <tr><td>track</td><td>an event of that name, the properties as they are</td></tr>
 * <tr><td>page</td><td>{@code $pageview}; {@code url} becomes {@code $current_url}, {@code referrer} becomes {@code
 *     $referrer}; name and category are properties of those names unless the message has such</td></tr>
 * <tr><td>screen</td><td>{@code $screen}, the name in {@code $screen_name}, the category as with a page</td></tr>
 * <tr><td>group</td><td>{@code $groupidentify} with one configured type, the traits in {@code $group_set}</td></tr>
 * <tr><td>alias</td><td>{@code $create_alias}; the context is Segment's alone. Neither has properties</td></tr>
 * <tr><td>context</td><td>{@code ip}, {@code userAgent} and the page's {@code url}, if it is a map, are {@code $ip}, {@code
 *     $user_agent} and {@code $current_url} unless the message has such properties; all else is Segment's alone, as are
 *     integrations</td></tr>
 * </table>
 *
 * <p><b>Threads:</b> any thread, as its clients. Only {@link #flush} and {@link #close(Duration)} block, and sending where a
 * client was told to wait. <b>Allocation:</b> the builder, see {@link DualBuilder}.
 */
public final class DualAnalytics implements AutoCloseable {

    /** The type of the groups that messages speak of, unless another was set. */
    public static final String DEFAULT_GROUP_TYPE = "company";

    private static final String CLOSER = "penstock-dual-close";

    private final CaptureClient posthog;
    private final SegmentAnalytics segment;
    private final String groupType;

    private DualAnalytics(CaptureClient posthog, SegmentAnalytics segment, String groupType) {
        this.posthog = posthog;
        this.segment = segment;
        this.groupType = groupType;
    }

    /**
     * Puts two clients behind one call. Groups have the type {@value #DEFAULT_GROUP_TYPE}.
     *
     * @param posthog the client that gets events
     * @param segment the client that gets messages
     * @return both as one, which closes them when it is closed
     * @throws IllegalArgumentException if one is null
     */
    public static DualAnalytics of(CaptureClient posthog, SegmentAnalytics segment) {
        if (posthog == null || segment == null) {
            throw new IllegalArgumentException((posthog == null ? "posthog" : "segment") + " must not be null");
        }
        return new DualAnalytics(posthog, segment, DEFAULT_GROUP_TYPE);
    }

    /**
     * The same two clients with another type of groups.
     *
     * @param type the type that PostHog's groups have; not null, not blank
     * @return another instance; closing either closes the clients
     * @throws IllegalArgumentException if the type is null or blank
     */
    public DualAnalytics withGroupType(String type) {
        if (type == null || type.isBlank()) {
            throw new IllegalArgumentException("group type must not be blank");
        }
        return new DualAnalytics(posthog, segment, type);
    }

    /**
     * Sends a typed message.
     *
     * @param message the message; null gives {@link CaptureResult#INVALID}
     * @return what became of it at each; never null
     */
    public DualResult enqueue(Message message) {
        if (message == null) {
            return DualResult.of(segment.enqueue(null), CaptureResult.INVALID);
        }
        return begin(message)
                .anonymousId(message.anonymousId())
                .userId(message.userId())
                .messageId(message.messageId())
                .timestamp(message.timestamp())
                .context(message.context())
                .integrations(message.integrations())
                .send();
    }

    private DualBuilder begin(Message message) {
        if (message instanceof TrackMessage track) {
            return track(track.event()).putAll(values(track.properties()));
        } else if (message instanceof IdentifyMessage identify) {
            return identify(null).putAll(values(identify.traits()));
        } else if (message instanceof PageMessage page) {
            return page(page.name()).category(page.category()).putAll(values(page.properties()));
        } else if (message instanceof ScreenMessage screen) {
            return screen(screen.name()).category(screen.category()).putAll(values(screen.properties()));
        } else if (message instanceof GroupMessage group) {
            return group(group.groupId()).putAll(values(group.traits()));
        }
        return alias().previousId(((AliasMessage) message).previousId());
    }

    private static Map<String, Object> values(TypedValue value) {
        return value == null ? null : value.asMap();
    }

    /**
     * Begins a message that tells who somebody is; its properties are their traits.
     *
     * @param userId who; null or blank needs {@link DualBuilder#anonymousId} and at least one trait
     * @return a builder
     */
    public DualBuilder identify(String userId) {
        return new DualBuilder(MessageType.IDENTIFY, null, segment.identify(null), posthog.identify(null))
                .userId(userId);
    }

    /**
     * Begins a message that tells what somebody did.
     *
     * @param event the event's name; null or blank is answered by {@code send()} with {@link CaptureResult#INVALID}
     * @return a builder
     */
    public DualBuilder track(String event) {
        return new DualBuilder(MessageType.TRACK, event, segment.track(event), posthog.event(event));
    }

    /**
     * Begins a message that tells what page somebody saw.
     *
     * @param name the page's name; null or blank is left out
     * @return a builder
     */
    public DualBuilder page(String name) {
        boolean named = MessageRules.isPresent(name);
        return new DualBuilder(
                MessageType.PAGE,
                null,
                segment.page(name),
                // First, so that a property of the caller's replaces it.
                named ? posthog.pageview(null).put("name", name) : posthog.pageview(null));
    }

    /**
     * Begins a message that tells what screen of an app somebody saw.
     *
     * @param name the screen's name; null or blank is left out
     * @return a builder
     */
    public DualBuilder screen(String name) {
        boolean named = MessageRules.isPresent(name);
        return new DualBuilder(MessageType.SCREEN, null, segment.screen(name), posthog.screen(named ? name : null));
    }

    /**
     * Begins a message that tells what group somebody belongs to; its properties are the group's traits.
     *
     * @param groupId the group; null or blank is answered by {@code send()} with {@link CaptureResult#INVALID}
     * @return a builder
     */
    public DualBuilder group(String groupId) {
        return new DualBuilder(
                MessageType.GROUP, groupId, segment.group(groupId), posthog.groupIdentify(groupType, groupId));
    }

    /**
     * Begins a message that tells what second id somebody has: {@link DualBuilder#previousId} and {@link
     * DualBuilder#userId}, both of which it needs. It has no properties: what is put is left out and counted by Segment's client.
     *
     * @return a builder
     */
    public DualBuilder alias() {
        return new DualBuilder(segment.alias(), posthog.alias());
    }

    /**
     * The client that gets events.
     *
     * @return the one given
     */
    public CaptureClient posthog() {
        return posthog;
    }

    /**
     * The client that gets messages.
     *
     * @return the one given
     */
    public SegmentAnalytics segment() {
        return segment;
    }

    /**
     * Has both send everything that was accepted before this call, and waits for the outcomes.
     *
     * @param timeout the longest time to wait, for both together; zero or negative starts the flush and does not wait
     * @return the worse of two results, in the order in which {@link FlushResult} names them; never null
     */
    public FlushResult flush(Duration timeout) {
        long started = System.nanoTime();
        posthog.flush(Duration.ZERO); // it works while Segment is waited for
        FlushResult first = segment.flush(timeout);
        FlushResult second = posthog.flush(left(timeout, System.nanoTime() - started));
        return first.compareTo(second) > 0 ? first : second;
    }

    private static Duration left(Duration timeout, long elapsedNs) {
        return timeout == null || timeout.isNegative() ? Duration.ZERO : timeout.minusNanos(elapsedNs);
    }

    /**
     * Closes both clients at once, each within the same time; see {@link SegmentAnalytics#close(Duration)}. The PostHog client
     * is closed on a thread that ends with this call; should there be no thread to be had, it is closed after the other. Both
     * are closed even if one throws; what the other then throws is suppressed.
     *
     * @param timeout the longest time to spend on delivery; zero or negative discards what is pending
     * @return the final accounts; never null
     */
    public DualCloseReport close(Duration timeout) {
        SideCall<CloseReport> other = SideCall.start(CLOSER, () -> posthog.close(timeout), Thread::start);
        return other.beside(() -> segment.close(timeout), DualCloseReport::new);
    }

    /** Closes both clients at once, each with its configured timeout; otherwise as {@link #close(Duration)}. */
    @Override
    public void close() {
        SideCall<Void> other = SideCall.start(CLOSER, () -> close(posthog::close), Thread::start);
        other.beside(() -> close(segment::close), (first, second) -> null);
    }

    private static Void close(Runnable client) {
        client.run();
        return null;
    }
}
