package dev.penstock.client;

/** How a {@linkplain SelfCheckStep step of a self check} ended. */
public enum SelfCheckStatus {
    /** All is well. */
    PASSED,
    /** Events can be delivered, but something about it is not as it should be, or could not be found out. */
    WARNING,
    /** Events cannot be delivered as things are. */
    FAILED,
    /** Not looked at: there was nothing to look at, or an earlier step failed. */
    SKIPPED
}
