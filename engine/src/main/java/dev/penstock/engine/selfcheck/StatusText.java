package dev.penstock.engine.selfcheck;

import dev.penstock.engine.transport.FetchAnswer;

/** What is wrong with an answer, as far as that is the same wherever it comes from. */
final class StatusText {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;

    private StatusText() {}

    static boolean refusesKey(FetchAnswer answer) {
        return answer.status() == UNAUTHORIZED || answer.status() == FORBIDDEN;
    }

    /** Whether nobody is at home at the path. */
    static boolean isUnknownPath(FetchAnswer answer) {
        return answer.status() == NOT_FOUND || answer.status() == NOT_ALLOWED;
    }

    static boolean isSuccess(FetchAnswer answer) {
        return answer.status() / 100 == 2;
    }

    /**
     * What stands in the way of any request.
     *
     * @return the finding, or null if it is none of that
     */
    static Finding obstacle(FetchAnswer answer, String host) {
        if (answer.failure() != null) {
            return Finding.failed(
                    "A request got no answer: " + answer.reason() + ".",
                    "Connections are made, so the trouble is at the server, or at something that sits between and reads along.");
        }
        if (answer.status() / 100 == 3) {
            return Finding.failed(
                    host + " sends requests elsewhere (status " + answer.status()
                            + "), and the client does not follow.",
                    "Configure the host that it redirects to; often that is https instead of http.");
        }
        return null;
    }

    /** The server's word against the key. */
    static Finding refusedKey(FetchAnswer answer, String remedy) {
        return Finding.failed("The server refuses the key (status " + answer.status() + ").", remedy);
    }
}
