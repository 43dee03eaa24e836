package dev.penstock.engine.spool;

/** The directory cannot be a spool: says what is wrong, where, and what to do. */
public final class SpoolException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SpoolException(String message, Throwable cause) {
        super(message, cause);
    }
}
