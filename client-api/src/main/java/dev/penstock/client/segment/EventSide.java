package dev.penstock.client.segment;

import dev.penstock.client.AliasBuilder;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.EventBuilder;
import dev.penstock.client.PropertyKey;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * The PostHog half of a message that goes to both: says where each part of the message stands in the event.
 *
 * <p>Why it is shaped so: it is the superclass of the builder, not a part of it, so that a message costs one object. What the
 * context says is written at once and overwritten by what the caller's properties say, because a name given twice keeps its
 * last value; only what was said before has to be remembered, in a bit each.
 *
 * <p><b>Threads:</b> one at a time.
 */
abstract sealed class EventSide permits DualBuilder {

    private static final String IP = "$ip";
    private static final String USER_AGENT = "$user_agent";
    private static final String URL = "$current_url";
    private static final String CATEGORY = "category";

    private static final int SAID_IP = 1;
    private static final int SAID_USER_AGENT = 2;
    private static final int SAID_URL = 4;
    private static final int SAID_CATEGORY = 8;

    final MessageType type;

    /** Null for an alias, which has its ids and nothing else. */
    private final EventBuilder event;

    /** Null for any other. */
    private final AliasBuilder alias;

    private Instant aliasTime;

    /** Which of the names that the message has words for were properties of the caller's. */
    private int said;

    /** Which of them were taken from the context. */
    private int derived;

    private boolean hasTraits;

    EventSide(MessageType type, EventBuilder event) {
        this.type = type;
        this.event = event;
        this.alias = null;
    }

    EventSide(AliasBuilder alias) {
        this.type = MessageType.ALIAS;
        this.event = null;
        this.alias = alias;
    }

    /** The event, for a property that {@link #keeps} its name. */
    final EventBuilder event() {
        return event;
    }

    /** Whether a property stands among the event's under its own name. Notes that the caller has said it. */
    final boolean keeps(String name) {
        return switch (type) {
            case TRACK, SCREEN, PAGE -> name == null || own(name).equals(name);
            default -> false;
        };
    }

    final boolean keeps(PropertyKey key) {
        return keeps(textOf(key));
    }

    /** Writes a property that has another name or place in the event. */
    final void move(String name, Object value) {
        switch (type) {
            case IDENTIFY -> {
                hasTraits |= name != null;
                event.setPerson(name, value);
            }
            case GROUP -> event.setGroup(name, value);
            case ALIAS -> {} // an alias event has no place for it
            default -> event.put(own(name), value);
        }
    }

    final void move(PropertyKey key, Object value) {
        move(textOf(key), value);
    }

    /** Writes the entries of a map as {@link #keeps} and {@link #move} say. */
    @SuppressWarnings("unchecked") // the client takes any key
    final void moveAll(Map<?, ?> properties) {
        switch (type) {
            case IDENTIFY -> {
                hasTraits = hasTraits || hasNames(properties);
                event.setPerson((Map<String, ?>) properties);
            }
            case GROUP -> event.setGroup((Map<String, ?>) properties);
            case ALIAS -> {} // an alias event has no place for them
            default -> event.putAll(new RenamedProperties(properties, this::own));
        }
    }

    /** Takes what an event has a property for. */
    final void contextMember(String name, Object value) {
        if (event == null || name == null) {
            return;
        }
        switch (name) {
            case "ip" -> derive(SAID_IP, IP, value);
            case "userAgent" -> derive(SAID_USER_AGENT, USER_AGENT, value);
            case "page" -> derive(SAID_URL, URL, value instanceof Map<?, ?> page ? url(page) : null);
            default -> {} // Segment's alone
        }
    }

    final void eventTime(Instant time) {
        if (event == null) {
            aliasTime = time;
        } else {
            event.timestamp(time);
        }
    }

    final void eventTime(long epochMillis) {
        if (event == null) {
            aliasTime = Instant.ofEpochMilli(epochMillis);
        } else {
            event.timestamp(epochMillis);
        }
    }

    /** Sends the event. */
    final CaptureResult sendEvent(String userId, String anonymousId, String category, long idHigh, long idLow) {
        boolean known = MessageRules.isPresent(userId);
        if (type == MessageType.IDENTIFY && known && MessageRules.isPresent(anonymousId)) {
            event.put("$anon_distinct_id", anonymousId);
        }
        if (MessageRules.isPresent(category) && (said & SAID_CATEGORY) == 0) {
            event.put(CATEGORY, category);
        }
        return event.distinctId(known ? userId : anonymousId)
                .uuid(idHigh, idLow)
                .send();
    }

    /** Sends the event of an alias. */
    final CaptureResult sendAlias(String userId, String previousId, long idHigh, long idLow) {
        return alias.distinctId(userId)
                .alias(previousId)
                .uuid(new UUID(idHigh, idLow))
                .timestamp(aliasTime)
                .send();
    }

    /** Whether an identify has at least one trait. */
    final boolean hasTraits() {
        return hasTraits;
    }

    /** Drops the event; its client counts nothing and says nothing. */
    final void cancelEvent() {
        if (event != null) {
            event.cancel();
        }
    }

    /** A later member replaces an earlier one, also by nothing, but not what the caller's properties say. */
    private void derive(int bit, String name, Object value) {
        if ((said & bit) == 0 && (value != null || (derived & bit) != 0)) {
            derived |= bit;
            event.put(name, value);
        }
    }

    private static boolean hasNames(Map<?, ?> traits) {
        try {
            return Members.hasNames(traits);
        } catch (Throwable e) {
            return false; // the Segment client reads them too, and says that they threw
        }
    }

    private static Object url(Map<?, ?> page) {
        try {
            return page.get("url");
        } catch (Throwable e) {
            return null; // the Segment client reads it too, and says that it threw
        }
    }

    /** The name that a property has in the event. Notes that the caller has said it. */
    private String own(String name) {
        String own = type == MessageType.PAGE ? pageProperty(name) : name;
        said |= bit(own);
        return own;
    }

    private static String pageProperty(String name) {
        return switch (name) {
            case "url" -> URL;
            case "referrer" -> "$referrer";
            default -> name;
        };
    }

    private static int bit(String name) {
        return switch (name) {
            case IP -> SAID_IP;
            case USER_AGENT -> SAID_USER_AGENT;
            case URL -> SAID_URL;
            case CATEGORY -> SAID_CATEGORY;
            default -> 0;
        };
    }

    private static String textOf(PropertyKey key) {
        return key == null ? null : key.name();
    }
}
