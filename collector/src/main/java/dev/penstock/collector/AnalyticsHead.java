package dev.penstock.collector;

import java.util.Optional;
import java.util.regex.Pattern;

/** The rules of the header fields on the analytics route. Immutable; never shows a key. */
final class AnalyticsHead {
    static final String REQUEST_ID = "posthog-request-id";
    static final String ATTEMPT = "posthog-attempt";
    static final String TIMESTAMP = "posthog-request-timestamp";

    private static final String SCHEME = "Bearer ";
    private static final Pattern PRODUCT = Pattern.compile("[^\\s/]+/[^\\s/]+");
    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Pattern COUNT_FORM = Pattern.compile("[1-9][0-9]{0,8}");

    private final Optional<String> expectedKey;

    AnalyticsHead(Optional<String> expectedKey) {
        this.expectedKey = expectedKey;
    }

    /** Refuses the request if a field is missing or malformed. */
    void check(RequestHead head) throws InvalidRequestException {
        checkKey(head.header("authorization"));
        if (!JsonBody.isJson(required(head, "content-type", "Content-Type"))) {
            throw new InvalidRequestException(415, "Content-Type is not application/json");
        }
        checkForm(head, "user-agent", "User-Agent", PRODUCT, "name/version");
        checkForm(head, "posthog-sdk-info", "PostHog-Sdk-Info", PRODUCT, "name/version");
        checkForm(head, REQUEST_ID, "PostHog-Request-Id", UUID_FORM, "a uuid in 8-4-4-4-12 form");
        checkForm(head, ATTEMPT, "PostHog-Attempt", COUNT_FORM, "a decimal number of at least 1");
        String time = required(head, TIMESTAMP, "PostHog-Request-Timestamp");
        if (!UtcTimestamp.isValid(time)) {
            throw InvalidRequestException.ofHeader("PostHog-Request-Timestamp " + UtcTimestamp.FAULT);
        }
    }

    private void checkKey(String authorization) throws InvalidRequestException {
        if (authorization == null) {
            throw new InvalidRequestException(401, "Authorization header is missing");
        }
        if (!authorization.startsWith(SCHEME)
                || authorization.substring(SCHEME.length()).isBlank()) {
            throw new InvalidRequestException(401, "Authorization header is not a bearer key");
        }
        if (expectedKey.isPresent() && !expectedKey.get().equals(authorization.substring(SCHEME.length()))) {
            throw new InvalidRequestException(401, "the bearer key is not the one expected");
        }
    }

    /** Whether the fields that tell one try from another can be read. */
    static boolean namesTry(RequestHead head) {
        String id = head.header(REQUEST_ID);
        String attempt = head.header(ATTEMPT);
        return id != null
                && UUID_FORM.matcher(id).matches()
                && attempt != null
                && COUNT_FORM.matcher(attempt).matches();
    }

    private static void checkForm(RequestHead head, String field, String title, Pattern form, String wanted)
            throws InvalidRequestException {
        if (!form.matcher(required(head, field, title)).matches()) {
            throw InvalidRequestException.ofHeader(title + " is not " + wanted);
        }
    }

    private static String required(RequestHead head, String field, String title) throws InvalidRequestException {
        String value = head.header(field);
        if (value == null || value.isEmpty()) {
            throw InvalidRequestException.ofHeader(title + " header is missing");
        }
        return value;
    }
}
