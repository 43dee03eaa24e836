package dev.penstock.client.context;

import java.util.Map;
import java.util.function.Function;

/**
 * Reads the headers by which client-side libraries tell whom a request is from and which session it belongs to.
 *
 * <p>Anyone can send such a header. It says where events belong, nothing more: never decide by it who somebody is or what
 * they may do. An id that the application has authenticated replaces it, see {@link ContextScope#setDistinctId(String)}.
 *
 * <p>Values are cleaned: control characters go, then white space around the rest, and no more than 1,000 characters are kept.
 * What is empty then, missing, or throws while it is read, counts as not sent; nothing here throws because of a header.
 *
 * <p><b>Threads:</b> any. <b>Allocation:</b> the builder and the values.
 */
public final class TracingHeaders {

    /** Whom the request is from. */
    public static final String DISTINCT_ID = "X-POSTHOG-DISTINCT-ID";

    /** Which session it belongs to. */
    public static final String SESSION_ID = "X-POSTHOG-SESSION-ID";

    /** More values of one header than anybody sends. */
    private static final int MAX_VALUES = 16;

    private TracingHeaders() {}

    /**
     * Reads them through a getter, such as {@code request::getHeader} of a servlet.
     *
     * @param getter gives a header's value by its name, in any letter case; null if there is none
     * @return the beginning of a context
     */
    public static RequestContext.Builder fromGetter(Function<String, String> getter) {
        return read(name -> HeaderText.cleaned(getter.apply(name)));
    }

    /**
     * Reads them from a map with one value for each name.
     *
     * @param headers names in any letter case, and values
     * @return the beginning of a context
     */
    public static RequestContext.Builder fromMap(Map<String, String> headers) {
        return read(name -> search(headers, name, HeaderText::cleaned));
    }

    /**
     * Reads them from a map with any number of values for each name. The first that is usable counts.
     *
     * @param headers names in any letter case, and values
     * @return the beginning of a context
     */
    public static RequestContext.Builder fromMultiMap(Map<String, ? extends Iterable<String>> headers) {
        return read(name -> search(headers, name, TracingHeaders::firstUsable));
    }

    private static RequestContext.Builder read(Function<String, String> reader) {
        return RequestContext.builder()
                .distinctId(valueOrNull(reader, DISTINCT_ID))
                .sessionId(valueOrNull(reader, SESSION_ID));
    }

    /** A header is never an error, not even where the server's own code trips over it. */
    private static String valueOrNull(Function<String, String> reader, String name) {
        try {
            return reader.apply(name);
        } catch (Throwable e) {
            return null;
        }
    }

    private static <V> String search(Map<String, V> headers, String name, Function<V, String> reader) {
        for (Map.Entry<String, V> header : headers.entrySet()) {
            if (name.equalsIgnoreCase(header.getKey())) {
                String value = reader.apply(header.getValue());
                if (value != null) {
                    return value;
                }
            }
        }
        return null;
    }

    private static String firstUsable(Iterable<String> values) {
        int seen = 0;
        for (Object value : values) { // not every framework keeps its word about the type
            String cleaned = value instanceof String text ? HeaderText.cleaned(text) : null;
            if (cleaned != null || ++seen == MAX_VALUES) {
                return cleaned;
            }
        }
        return null;
    }
}
