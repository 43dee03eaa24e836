package dev.penstock.engine.transport;

import java.util.Map;

/**
 * One POST.
 *
 * @param path path below the configured host, beginning with a slash
 * @param headers headers of this request, content type and encoding included
 * @param body holds the body; not copied
 * @param length how many bytes of {@code body}, from index 0, are the body
 */
@SuppressWarnings("ArrayRecordComponent") // the body is handed over, never compared
public record BatchRequest(String path, Map<String, String> headers, byte[] body, int length) {}
