package dev.penstock.engine.transport;

import java.io.IOException;

/** An answer's body is over the bound or cannot be decompressed. The message is for reports. */
final class UnusableBodyException extends IOException {

    private static final long serialVersionUID = 1;

    private final FailureKind kind;

    private UnusableBodyException(FailureKind kind, String message) {
        super(message);
        this.kind = kind;
    }

    static UnusableBodyException tooLarge(int maxBytes) {
        return new UnusableBodyException(FailureKind.TOO_LARGE, "answer longer than " + maxBytes + " bytes");
    }

    static UnusableBodyException invalid(String message) {
        return new UnusableBodyException(FailureKind.INVALID_BODY, message);
    }

    static UnusableBodyException cutOff() {
        return new UnusableBodyException(FailureKind.TRUNCATED, "answer cut off");
    }

    FailureKind kind() {
        return kind;
    }
}
