package dev.penstock.engine.flags.definitions;

/** What was sent cannot be used as definitions at all. The message is a plain sentence that quotes nothing of it. */
public final class DefinitionsException extends Exception {

    private static final long serialVersionUID = 1L;

    DefinitionsException(String message) {
        super(message);
    }
}
