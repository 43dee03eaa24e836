package dev.penstock.cli.common;

import dev.penstock.client.Outcome;
import dev.penstock.client.segment.MessageListener;
import dev.penstock.client.segment.MessageNotice;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Tells how messages ended whose ids are all UUIDs, as {@link TrackEvent} gives them. */
final class TrackOutcomes implements MessageListener {
    private final OutcomeListener outcomes;
    private final int maxBytes;

    TrackOutcomes(OutcomeListener outcomes, int maxBytes) {
        this.outcomes = outcomes;
        this.maxBytes = maxBytes;
    }

    @Override
    public void onSuccess(MessageNotice notice) {
        outcomes.settled(UUID.fromString(notice.messageId()), false);
    }

    @Override
    public void onFailure(MessageNotice notice) {
        if (!notice.messageId().isEmpty()) { // it is when the message could not be encoded
            outcomes.settled(UUID.fromString(notice.messageId()), isTooLarge(notice));
        }
    }

    private boolean isTooLarge(MessageNotice notice) {
        return notice.outcome() == Outcome.REFUSED && notice.json().getBytes(StandardCharsets.UTF_8).length > maxBytes;
    }
}
