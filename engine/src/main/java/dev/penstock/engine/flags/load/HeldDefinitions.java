package dev.penstock.engine.flags.load;

import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * What is held of the server's definitions, apart from the definitions themselves: the tag that belongs to them, and
 * whether there are any.
 *
 * <p><b>Threads:</b> the flag thread, and the starting thread before it.
 */
final class HeldDefinitions {

    private final DefinitionsTarget target;
    private final Readiness readiness;
    private final BiConsumer<String, Throwable> trouble;
    private String etag;
    private byte[] cached;
    private boolean held;

    HeldDefinitions(DefinitionsTarget target, Readiness readiness, BiConsumer<String, Throwable> trouble) {
        this.target = target;
        this.readiness = readiness;
        this.trouble = trouble;
    }

    /** The tag of what is held, or null if it has none. */
    String etag() {
        return etag;
    }

    boolean isEmpty() {
        return !held;
    }

    /**
     * Takes a new body if it is usable; if not, everything stays as it is.
     *
     * @param origin where it comes from, for the report
     * @return whether it was taken
     */
    boolean replace(byte[] body, String newEtag, long nowMs, String origin) {
        try {
            int flags = target.replace(body, nowMs);
            etag = newEtag;
            cached = null;
            held = true;
            readiness.set(flags > 0);
            return true;
        } catch (UnusableDefinitionsException e) {
            trouble.accept("flag definitions from " + origin + " are unusable: " + e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            trouble.accept("flag definitions from " + origin + " could not be taken into use: " + e, e);
        }
        return false;
    }

    /** As {@link #replace}, but bytes that are held already are only confirmed. */
    boolean replaceFromCache(byte[] body, long nowMs) {
        if (Arrays.equals(body, cached)) {
            target.confirmed();
            return true;
        }
        boolean taken = replace(body, null, nowMs, "the cache");
        if (taken) {
            cached = body.clone();
        }
        return taken;
    }

    /** What is held is up to date; {@code newEtag} may be null, which changes nothing. */
    void confirm(String newEtag) {
        etag = newEtag == null ? etag : newEtag;
        target.confirmed();
    }

    void drop() {
        etag = null;
        cached = null;
        held = false;
        readiness.set(false);
        target.drop();
    }
}
