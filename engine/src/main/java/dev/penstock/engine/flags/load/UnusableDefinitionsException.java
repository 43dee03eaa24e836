package dev.penstock.engine.flags.load;

/** Bytes are no flag definitions. The message is for reports: where, but no content. */
public final class UnusableDefinitionsException extends Exception {

    private static final long serialVersionUID = 1;

    /**
     * Says so.
     *
     * @param message what is wrong, without a full stop
     * @param cause what noticed it, or null
     */
    public UnusableDefinitionsException(String message, Throwable cause) {
        super(message, cause);
    }
}
