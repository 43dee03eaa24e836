package dev.penstock.engine.transport;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * One request whose answer's body is wanted.
 *
 * <p>{@link #toString()} shows neither the query nor the value of a header nor the body.
 *
 * @param path path and query below the configured host, beginning with a slash
 * @param headers headers of this request
 * @param body what to POST, not copied; null makes it a GET
 * @param maxAnswerBytes how long the answer's body may be, as sent and again once decompressed
 */
@SuppressWarnings("ArrayRecordComponent") // the body is handed over, never compared
public record FetchRequest(String path, Map<String, String> headers, byte[] body, int maxAnswerBytes) {

    /**
     * Percent-encodes text that becomes a segment of a path or a value in a query.
     *
     * @param text any text
     * @return the text with everything encoded that is not plain everywhere in a URL
     */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The method: there are only these two. */
    String method() {
        return body == null ? "GET" : "POST";
    }

    @Override
    public String toString() {
        int query = path.indexOf('?');
        return "FetchRequest{" + method() + ' ' + (query < 0 ? path : path.substring(0, query)) + ", headers="
                + headers.keySet() + '}';
    }
}
