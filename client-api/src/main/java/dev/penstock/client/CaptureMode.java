package dev.penstock.client;

/** Which of the server's endpoints takes captured events. */
public enum CaptureMode {
    /** {@code /batch}, which answers once for a whole batch. Every PostHog server has it. */
    V0,
    /**
     * {@code /i/v1/analytics/events}, which answers for each event, so that one event that cannot be stored costs no
     * other a second try. Events whose name begins with {@code $ai_} go to {@code /batch} all the same.
     */
    V1
}
