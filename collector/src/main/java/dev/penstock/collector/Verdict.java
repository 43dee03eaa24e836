package dev.penstock.collector;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** What validation makes of a request, and the ordinary answer that follows from it. */
record Verdict(int status, String body, String reason) {
    static final String SUCCESS_BODY = "{\"status\":1}";
    static final Verdict ACCEPTED = new Verdict(200, SUCCESS_BODY, null);

    static Verdict refused(int status, String reason) {
        return new Verdict(status, errorBody(reason), reason);
    }

    static String errorBody(String reason) {
        return "{\"error\":\"" + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(reason)) + "\"}";
    }

    Reply reply() {
        return Reply.json(status, body);
    }

    boolean accepted() {
        return reason == null;
    }
}
