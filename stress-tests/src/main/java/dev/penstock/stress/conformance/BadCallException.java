package dev.penstock.stress.conformance;

/** A call that cannot be carried out as it stands; the message says what is wrong with it. */
final class BadCallException extends Exception {
    private static final long serialVersionUID = 1L;

    BadCallException(String message) {
        super(message);
    }

    BadCallException(String message, Throwable cause) {
        super(message, cause);
    }
}
