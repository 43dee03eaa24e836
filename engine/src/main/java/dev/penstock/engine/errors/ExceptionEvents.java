package dev.penstock.engine.errors;

import dev.penstock.client.EventWriter;
import dev.penstock.client.errors.ExceptionDetails;
import dev.penstock.client.errors.ExceptionLevel;
import dev.penstock.client.errors.ExceptionSettings;
import java.util.List;
import java.util.Map;

/**
 * Writes what was thrown as the properties of an {@code $exception} event, and knows which of them an application may
 * not set itself.
 *
 * <p><b>Threads:</b> any, several at a time; the application's code ({@code getMessage} and the like) runs on the calling
 * thread, and whatever it throws stays here. <b>Allocation:</b> proportional to the stack traces, up to a part of the
 * largest event.
 */
public final class ExceptionEvents {

    /** The part of the largest event that the list may take; the rest is for all other properties. */
    private static final double LIST_SHARE = 0.6;

    private final ExceptionSettings settings;
    private final StackFrames frames;
    private final long listBytes;

    /**
     * Makes a writer of exceptions.
     *
     * @param settings how to write them
     * @param maxEventBytes the limit of an event's JSON, of which the list takes no more than about 60 percent
     */
    public ExceptionEvents(ExceptionSettings settings, int maxEventBytes) {
        this.settings = settings;
        this.frames = new StackFrames(
                new InAppRule(settings.inAppIncludes(), settings.inAppExcludes()),
                settings.mapId().orElse(null));
        this.listBytes = (long) (maxEventBytes * LIST_SHARE);
    }

    /**
     * Whether the settings say to leave this out. Cheap; to be asked before anything else.
     *
     * @param thrown what was thrown, or null
     * @return true if it is an exception to ignore
     */
    public boolean isIgnored(Object thrown) {
        return thrown instanceof Throwable exception
                && Foreign.call(() -> settings.ignored().test(exception), failure -> false);
    }

    /**
     * Writes the properties of an exception; name, ids and everything else are the caller's.
     *
     * @param thrown what was thrown: a {@link Throwable}, or anything else, null included, which is then given a type, a
     *     text and the current stack
     * @param details what is known besides; null is {@link ExceptionDetails#MANUAL}
     * @param event takes the properties
     */
    public void write(Object thrown, ExceptionDetails details, EventWriter event) {
        ExceptionDetails known = details == null ? ExceptionDetails.MANUAL : details;
        SourceContext source = new SourceContext(settings.sourceLocator().orElse(null));
        List<Map<String, Object>> list = new ExceptionList(frames, source, new SizeBudget(listBytes)).of(thrown, known);
        event.put("$exception_list", list);
        known.level().map(ExceptionLevel::wireName).ifPresent(level -> event.put("$exception_level", level));
        known.source().ifPresent(name -> event.put("$exception_source", name));
        known.fingerprint().ifPresent(fingerprint -> event.put("$exception_fingerprint", fingerprint));
        if (settings.flatProperties()) {
            event.put("$exception_type", list.get(0).get("type"));
            event.put("$exception_message", list.get(0).get("value"));
        }
    }
}
