package dev.penstock.engine.selfcheck;

/** The check has to end before it is done. Has no stack trace. */
final class CheckEndedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    private CheckEndedException(String text, String remedy) {
        super(text, null, false, false);
        this.remedy = remedy;
    }

    static CheckEndedException timeUp() {
        return new CheckEndedException(
                "The time for the whole check was up before this.", "Give the check more time; 20 s are plenty.");
    }

    static CheckEndedException closed() {
        return new CheckEndedException("The client was closed during the check.", "Check before closing.");
    }

    static CheckEndedException interrupted() {
        return new CheckEndedException("The calling thread was interrupted.", "Check again.");
    }

    Finding finding() {
        return Finding.failed(getMessage(), remedy);
    }
}
