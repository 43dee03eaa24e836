package dev.penstock.collector;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The request line and header fields of one request, with the framing of its body worked out. */
record RequestHead(String method, String path, String query, Map<String, String> headers, boolean http10) {
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    static RequestHead parse(byte[] bytes, int offset, int end) throws InvalidRequestException {
        String text = new String(bytes, offset, end - offset, StandardCharsets.ISO_8859_1);
        int lineEnd = text.indexOf("\r\n");
        String line = lineEnd < 0 ? text : text.substring(0, lineEnd);
        int first = line.indexOf(' ');
        int last = line.lastIndexOf(' ');
        String version = line.substring(last + 1);
        if (first <= 0
                || first == last
                || line.indexOf(' ', first + 1) != last
                || !isToken(line.substring(0, first))
                || line.charAt(first + 1) != '/'
                || !(version.equals("HTTP/1.1") || version.equals("HTTP/1.0"))) {
            throw new InvalidRequestException("malformed request line");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        while (lineEnd >= 0) {
            int start = lineEnd + 2;
            lineEnd = text.indexOf("\r\n", start);
            addField(headers, lineEnd < 0 ? text.substring(start) : text.substring(start, lineEnd));
        }
        String target = line.substring(first + 1, last);
        int mark = target.indexOf('?');
        return new RequestHead(
                line.substring(0, first),
                mark < 0 ? target : target.substring(0, mark),
                mark < 0 ? "" : target.substring(mark + 1),
                Collections.unmodifiableMap(headers),
                version.equals("HTTP/1.0"));
    }

    private static void addField(Map<String, String> headers, String line) throws InvalidRequestException {
        int colon = line.indexOf(':');
        if (colon <= 0
                || !isToken(line.substring(0, colon))
                || line.indexOf('\n') >= 0
                || line.indexOf('\r') >= 0
                || line.indexOf('\0') >= 0) {
            throw new InvalidRequestException("malformed header field");
        }
        headers.merge(
                line.substring(0, colon).toLowerCase(Locale.ROOT),
                line.substring(colon + 1).strip(),
                (a, b) -> a + ", " + b);
    }

    static boolean isToken(String text) {
        return !text.isEmpty()
                && text.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || TOKEN_MARKS.indexOf(c) >= 0);
    }

    /** The field's value, or null when absent. */
    String header(String lowerCaseName) {
        return headers.get(lowerCaseName);
    }

    boolean chunked() {
        return headers.containsKey("transfer-encoding");
    }

    boolean expectsContinue() {
        return "100-continue".equalsIgnoreCase(headers.get("expect"));
    }

    boolean closes() {
        String connection = headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT);
        return http10 ? !connection.contains("keep-alive") : connection.contains("close");
    }

    /** Refuses a request that does not say where its body ends. */
    void requireLength() throws InvalidRequestException {
        if (!chunked() && contentLength() < 0) {
            throw new InvalidRequestException(411, "neither Content-Length nor Transfer-Encoding");
        }
    }

    /** Length of a body that is not chunked; -1 when the request declares no body. */
    long contentLength() throws InvalidRequestException {
        String encoding = header("transfer-encoding");
        String length = header("content-length");
        if (encoding != null) {
            if (length != null) {
                throw new InvalidRequestException("both Content-Length and Transfer-Encoding");
            }
            if (!encoding.equalsIgnoreCase("chunked")) {
                throw new InvalidRequestException(501, "Transfer-Encoding other than chunked");
            }
            return -1;
        }
        if (length == null) {
            return -1;
        }
        if (length.isEmpty() || length.length() > 18 || !length.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new InvalidRequestException("malformed Content-Length");
        }
        return Long.parseLong(length);
    }
}
