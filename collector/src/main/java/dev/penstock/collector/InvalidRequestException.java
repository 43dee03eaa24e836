package dev.penstock.collector;

/** A request breaks a rule; carries the status to answer and the reason, and no stack trace. */
final class InvalidRequestException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    InvalidRequestException(int status, String reason) {
        super(reason, null, false, false);
        this.status = status;
    }

    InvalidRequestException(String reason) {
        this(400, reason);
    }

    int status() {
        return status;
    }
}
