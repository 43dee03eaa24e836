package dev.penstock.cli.importer;

/** A line that cannot be sent; the message says why, for people. */
final class BadLineException extends Exception {
    private static final long serialVersionUID = 1L;

    BadLineException(String reason) {
        super(reason, null, false, false);
    }
}
