package dev.penstock.collector;

/** A request breaks a rule; carries the status to answer and the reason, and no stack trace. */
final class InvalidRequestException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final boolean header;

    private InvalidRequestException(int status, String reason, boolean header) {
        super(reason, null, false, false);
        this.status = status;
        this.header = header;
    }

    InvalidRequestException(int status, String reason) {
        this(status, reason, false);
    }

    InvalidRequestException(String reason) {
        this(400, reason);
    }

    /** A header field that must be there is missing or malformed. */
    static InvalidRequestException ofHeader(String reason) {
        return new InvalidRequestException(400, reason, true);
    }

    int status() {
        return status;
    }

    boolean isAboutHeader() {
        return header;
    }
}
