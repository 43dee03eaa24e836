package dev.penstock.engine.flags.usage;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Under which text a distinct id is remembered: itself, unless it is so long that remembering it would cost memory. */
final class TrackedId {

    private static final int MAX_CHARS = 200;

    private TrackedId() {}

    static String of(String distinctId) {
        return distinctId.length() <= MAX_CHARS ? distinctId : digest(distinctId);
    }

    private static String digest(String id) {
        return id.substring(0, MAX_CHARS) + UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8));
    }
}
