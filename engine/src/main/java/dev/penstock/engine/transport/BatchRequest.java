package dev.penstock.engine.transport;

import java.util.Map;

/**
 * One POST.
 *
 * @param path path below the configured host, beginning with a slash
 * @param headers headers of this request, content type and encoding included
 * @param body holds the body; not copied
 * @param length how many bytes of {@code body}, from index 0, are the body
 * @param maxAnswerBytes the longest answer whose body is wanted; 0 if the status says enough
 */
@SuppressWarnings("ArrayRecordComponent") // the body is handed over, never compared
public record BatchRequest(String path, Map<String, String> headers, byte[] body, int length, int maxAnswerBytes) {

    /** Without query and headers, which may hold a key. */
    @Override
    public String toString() {
        int query = path.indexOf('?');
        return "BatchRequest{" + (query < 0 ? path : path.substring(0, query)) + ", " + length + " bytes}";
    }
}
