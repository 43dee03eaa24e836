package dev.penstock.collector;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/**
 * What validation makes of a request, and the ordinary answer that follows from it.
 *
 * @param reason the broken rule, or null; a request may be accepted in spite of one
 */
record Verdict(Reply reply, String reason) {
    static final Verdict ACCEPTED = new Verdict(Reply.json(200, "{\"status\":1}"), null);

    static Verdict refused(int status, String reason) {
        return new Verdict(Reply.json(status, errorBody(reason)), reason);
    }

    /** The answer of a status that was scripted, where nothing else is usual. */
    static Reply scripted(int status) {
        return status / 100 == 2
                ? new Reply(status, ACCEPTED.reply().headers(), ACCEPTED.reply().body())
                : refused(status, "scripted answer " + status).reply();
    }

    static String errorBody(String reason) {
        return "{\"error\":" + quoted(reason) + "}";
    }

    static String quoted(String text) {
        return "\"" + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }

    boolean accepted() {
        return reply.status() == 200;
    }
}
