package dev.penstock.collector;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The rules of the write key, which comes as the user of the Authorization header, in the body, or both. Immutable; never
 * shows a key.
 */
final class SegmentKey {
    private static final String SCHEME = "Basic ";

    private final Optional<String> expected;

    SegmentKey(Optional<String> expected) {
        this.expected = expected;
    }

    /** The key in the header, which must be the one expected; null without the header. */
    String ofHeader(RequestHead head) throws InvalidRequestException {
        String authorization = head.header("authorization");
        if (authorization == null) {
            return null;
        }
        require(
                authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length()),
                "Authorization header is not of the Basic scheme");
        String pair = decoded(authorization.substring(SCHEME.length()).strip());
        int colon = pair.indexOf(':');
        require(colon >= 0, "Authorization header has no colon after the write key");
        require(colon + 1 == pair.length(), "Authorization header has a password, which must be empty");
        String key = pair.substring(0, colon);
        require(!key.isBlank(), "Authorization header has no write key");
        require(isExpected(key), "the write key of the Authorization header is not the one expected");
        return key;
    }

    private static String decoded(String base64) throws InvalidRequestException {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(401, "Authorization header is not proper base64");
        }
    }

    /** Refuses the request unless one key came, and no two that differ; either may be null. */
    void check(String ofHeader, String ofBody) throws InvalidRequestException {
        if (ofBody == null) {
            require(ofHeader != null, "neither an Authorization header nor writeKey in the body");
            return;
        }
        require(isExpected(ofBody), "writeKey is not the one expected");
        require(ofHeader == null || ofHeader.equals(ofBody), "writeKey is not that of the Authorization header");
    }

    private boolean isExpected(String key) {
        return expected.isEmpty() || expected.get().equals(key);
    }

    private static void require(boolean holds, String fault) throws InvalidRequestException {
        if (!holds) {
            throw new InvalidRequestException(401, fault);
        }
    }
}
