package dev.penstock.client.segment;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The UUIDs of messages that go to two places: those made here, UUIDv7s, and those that stand for an id of the caller's.
 *
 * <p>Every thread draws from a generator of its own. What it draws is mixed with a number that is this process's alone, since
 * those generators begin with little more than the clock.
 *
 * <p><b>Threads:</b> any. <b>Allocation:</b> none but for the caller's ids.
 */
final class MessageIds {

    /** Segment's own bound is "less than 100 characters". */
    static final int MAX_CHARS = 99;

    private static final int UUID_CHARS = 36;
    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final UUID PROCESS = UUID.randomUUID();

    private MessageIds() {}

    /** The first half of a new one: the time, and 12 random bits. */
    static long newHigh(long epochMillis) {
        long random = ThreadLocalRandom.current().nextLong() ^ PROCESS.getMostSignificantBits();
        return (epochMillis << 16) | VERSION | (random >>> 52);
    }

    /** The second half: 62 random bits. */
    static long newLow() {
        long random = ThreadLocalRandom.current().nextLong() ^ PROCESS.getLeastSignificantBits();
        return VARIANT | (random >>> 2);
    }

    /** The UUID that a text is, in letters of any case, or else the one that its bytes name. */
    static UUID of(String text) {
        UUID uuid = text.length() == UUID_CHARS ? parsed(text) : null;
        return uuid != null ? uuid : UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static UUID parsed(String text) {
        try {
            UUID uuid = UUID.fromString(text);
            // It also takes other forms, and reads them as something else.
            return uuid.toString().equalsIgnoreCase(text) ? uuid : null;
        } catch (IllegalArgumentException e) {
            return null; // any text may be an id
        }
    }
}
