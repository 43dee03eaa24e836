package dev.penstock.cli.flags;

/** A record that cannot be used; the message says why, for people. */
final class BadRecordException extends Exception {
    private static final long serialVersionUID = 1L;

    BadRecordException(String reason) {
        super(reason, null, false, false);
    }
}
