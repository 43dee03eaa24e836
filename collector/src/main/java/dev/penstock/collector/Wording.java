package dev.penstock.collector;

import java.util.List;
import java.util.Set;

/** How a protocol words its answers. Any thread. */
enum Wording {
    /** One word for the whole request. */
    CLASSIC {
        @Override
        Reply success(RequestHead head, EventResults results) {
            return Verdict.ACCEPTED.reply();
        }

        @Override
        Reply error(RequestHead head, InvalidRequestException e) {
            Reply reply = Verdict.refused(e.status(), e.getMessage()).reply();
            return e.status() == 308
                    ? reply.with(List.of(new Answer.Header("Location", head.path() + "/" + query(head))))
                    : reply;
        }

        private String query(RequestHead head) {
            return head.query().isEmpty() ? "" : "?" + head.query();
        }
    },
    /** A word for each event, and errors in three parts. */
    ANALYTICS {
        @Override
        Reply success(RequestHead head, EventResults results) {
            Reply reply = repeatingId(head, Reply.json(200, results.json()));
            return results.asksAgain() ? reply.with(RETRY_AFTER) : reply;
        }

        @Override
        Reply error(RequestHead head, InvalidRequestException e) {
            String error = e.isAboutHeader() ? "missing_required_headers" : word(e.status());
            Reply reply = repeatingId(
                    head,
                    Reply.json(
                            e.status(),
                            "{\"error\":\"" + error + "\",\"error_description\":" + Verdict.quoted(e.getMessage())
                                    + ",\"error_uri\":\"https://posthog.com/docs/api\"}"));
            return COMES_WITH_DELAY.contains(e.status()) ? reply.with(RETRY_AFTER) : reply;
        }
    },
    /** One word for the whole request, in another form. */
    SEGMENT {
        @Override
        Reply success(RequestHead head, EventResults results) {
            return Reply.json(200, "{\"success\":true}");
        }

        @Override
        Reply error(RequestHead head, InvalidRequestException e) {
            return Reply.json(e.status(), "{\"success\":false,\"error\":" + Verdict.quoted(e.getMessage()) + "}");
        }
    };

    private static final Set<Integer> COMES_WITH_DELAY = Set.of(408, 500, 503, 504);
    private static final List<Answer.Header> RETRY_AFTER = List.of(new Answer.Header("Retry-After", "1"));

    /** The ordinary answer to a valid request. */
    abstract Reply success(RequestHead head, EventResults results);

    /** The answer to a request that broke a rule. */
    abstract Reply error(RequestHead head, InvalidRequestException e);

    /** The answer of a status that was scripted. */
    final Reply scripted(int status, RequestHead head, EventResults results) {
        return status / 100 == 2
                ? success(head, results)
                : error(head, new InvalidRequestException(status, "scripted answer " + status));
    }

    private static Reply repeatingId(RequestHead head, Reply reply) {
        String id = head.header(AnalyticsHead.REQUEST_ID);
        return id == null ? reply : reply.with(List.of(new Answer.Header("PostHog-Request-Id", id)));
    }

    private static String word(int status) {
        return switch (status) {
            case 400 -> "request_parsing_error";
            case 401 -> "missing_authorization";
            case 402 -> "billing_limit_exceeded";
            case 408 -> "body_read_timeout";
            case 413 -> "payload_too_large";
            case 415 -> "unsupported_content_type";
            case 500 -> "internal_error";
            case 503 -> "service_unavailable";
            case 504 -> "gateway_timeout";
            default -> "status_" + status;
        };
    }
}
