package dev.penstock.client.segment;

import dev.penstock.client.CaptureResult;

/**
 * What became of a message that was sent to both: an answer of each client's own.
 *
 * <p><b>Threads:</b> immutable; any. <b>Allocation:</b> none, the answers that there can be are made once.
 *
 * @param segment the answer of the Segment client
 * @param posthog the answer of the PostHog client
 */
public record DualResult(CaptureResult segment, CaptureResult posthog) {

    private static final CaptureResult[] ANSWERS = CaptureResult.values();
    private static final DualResult[] RESULTS = new DualResult[ANSWERS.length * ANSWERS.length];

    static {
        for (CaptureResult segment : ANSWERS) {
            for (CaptureResult posthog : ANSWERS) {
                RESULTS[index(segment, posthog)] = new DualResult(segment, posthog);
            }
        }
    }

    static DualResult of(CaptureResult segment, CaptureResult posthog) {
        return RESULTS[index(segment, posthog)];
    }

    private static int index(CaptureResult segment, CaptureResult posthog) {
        return segment.ordinal() * ANSWERS.length + posthog.ordinal();
    }

    /**
     * Whether both took the message.
     *
     * @return true if both answers are {@link CaptureResult#ACCEPTED}
     */
    public boolean isAccepted() {
        return segment == CaptureResult.ACCEPTED && posthog == CaptureResult.ACCEPTED;
    }
}
