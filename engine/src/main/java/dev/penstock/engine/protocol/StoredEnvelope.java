package dev.penstock.engine.protocol;

/**
 * What a disk keeps of an envelope, so that events can be sent under it again: nothing of the key.
 *
 * @param protocol the code of its protocol, one of the constants here, which never change
 * @param historical whether the events are an import
 * @param shared what all events have in common, in the protocol's own form; empty where that is nothing. Not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record StoredEnvelope(int protocol, boolean historical, byte[] shared) {

    /** {@link PostHogV0}. */
    public static final int POSTHOG_V0 = 1;

    /** {@link PostHogV1}. */
    public static final int POSTHOG_V1 = 2;

    /** {@link PostHogAi}. */
    public static final int POSTHOG_AI = 3;

    /** {@link PostHogLogs}. */
    public static final int POSTHOG_LOGS = 4;

    /** {@link Segment}. */
    public static final int SEGMENT = 5;

    private static final byte[] NOTHING = {};

    /**
     * Whether what is stored under a protocol are events, which listeners hear of.
     *
     * @param protocol its code
     * @return false for log records
     */
    public static boolean carriesEvents(int protocol) {
        return protocol != POSTHOG_LOGS;
    }

    static StoredEnvelope of(int protocol, boolean historical) {
        return new StoredEnvelope(protocol, historical, NOTHING);
    }
}
