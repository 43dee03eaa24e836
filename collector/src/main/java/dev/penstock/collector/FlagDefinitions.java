package dev.penstock.collector;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** One set of flag definitions as it is sent, plain and packed, with its entity tag. Immutable. */
final class FlagDefinitions {
    static final FlagDefinitions NONE =
            of("{\"flags\":[],\"group_type_mapping\":{},\"cohorts\":{}}".getBytes(StandardCharsets.UTF_8));

    private static final int TAG_BYTES = 8;

    private final byte[] plain;
    private final byte[] packed;
    private final String tag;

    private FlagDefinitions(byte[] plain) {
        this.plain = plain;
        this.packed = Gzip.compress(plain);
        this.tag = "W/\"" + HexFormat.of().formatHex(digest(plain), 0, TAG_BYTES) + "\"";
    }

    /**
     * Checks and takes definitions.
     *
     * @param json not to be changed afterwards
     * @throws IllegalArgumentException if it is not a JSON object with a list of flags
     */
    static FlagDefinitions of(byte[] json) {
        try {
            if (!(JsonBody.parse(json, json.length).get("flags") instanceof List)) {
                throw new InvalidRequestException("flags is not a list");
            }
        } catch (InvalidRequestException e) {
            throw new IllegalArgumentException("not flag definitions: " + e.getMessage(), e);
        }
        return new FlagDefinitions(json);
    }

    /** The answer to a valid request; a whole one is neither conditional nor packed. */
    Reply reply(FlagRequest request, boolean whole) {
        Answer.Header etag = new Answer.Header("ETag", tag);
        // Only the very bytes of the tag count: a client that alters it is to be found out.
        if (!whole && request.header("if-none-match").filter(tag::equals).isPresent()) {
            return new Reply(304, List.of(etag), new byte[0]);
        }
        if (!whole && takesGzip(request.header("accept-encoding").orElse(""))) {
            return new Reply(200, List.of(etag, new Answer.Header("Content-Encoding", "gzip")), packed);
        }
        return new Reply(200, List.of(etag), plain);
    }

    private static boolean takesGzip(String accepted) {
        for (String coding : accepted.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = coding.split(";", 2);
            if (parts[0].strip().equals("gzip")) {
                return parts.length == 1 || !parts[1].replace(" ", "").matches("q=0(\\.0*)?");
            }
        }
        return false;
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
