package dev.penstock.engine.selfcheck;

/** What a client does with events at the moment. */
public enum ClientState {
    /** Takes and sends them. */
    OPEN,
    /** Takes them, keeps them in memory and sends none. */
    RECORDING,
    /** Takes none for now. */
    SWITCHED_OFF,
    /** Takes none until somebody opts in. */
    OPTED_OUT,
    /** Configured as disabled. */
    DISABLED,
    /** Has no key. */
    WITHOUT_KEY,
    /** Closed for good. */
    CLOSED
}
