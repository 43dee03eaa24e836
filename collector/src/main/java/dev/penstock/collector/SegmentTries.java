package dev.penstock.collector;

import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The last tries of Segment batches, to check what must hold from one try of a batch to the next. Any thread; one lock,
 * taken three times a request.
 * <p>
 * Which batch it is stands in the body. So a try whose body was not read, or is still to be read, may be one of any batch.
 * While there is such a one, and once connections have been refused or closed without notice, the first try known of a
 * batch need not be its first. Nor need it be once a batch has been forgotten, which are those used least recently.
 * <p>
 * Keeps a hash of the message ids and not the ids, so that a batch takes the same room whatever it holds.
 */
final class SegmentTries {
    static final int MAX_BATCHES = 10_000;

    private static final String RETRY_COUNT = "x-retry-count";
    private static final Pattern COUNT_FORM = Pattern.compile("[1-9][0-9]{0,8}");

    private final Map<String, Tried> batches = new LinkedHashMap<>(64, 0.75f, true);
    private long begun;
    private int unread;
    private boolean gapsPossible;
    private boolean forgetful;
    private int epoch;

    /** The last try read of one batch. */
    private record Tried(int epoch, long order, int retryCount, Instant sentAt, int messages, long ids) {}

    /** Hears of a try when its header is complete. */
    synchronized Try begin(RequestHead head) {
        unread++;
        return new Try(head.header(RETRY_COUNT), ++begun, epoch);
    }

    /** From now on a try may have been lost on its way here. */
    synchronized void expectGaps() {
        gapsPossible = true;
    }

    synchronized void reset() {
        epoch++;
        unread = 0;
        gapsPossible = false;
    }

    private synchronized void note(String batchId, Tried now) throws InvalidRequestException {
        Tried before = batches.get(batchId);
        // Ids may come again after a reset, as those of seeded tests do.
        if (before == null || (before.epoch != now.epoch && now.retryCount == 0)) {
            boolean mayBeLater = gapsPossible || forgetful || unread > 0;
            require(
                    now.retryCount == 0 || mayBeLater,
                    "X-Retry-Count is " + now.retryCount + " on the first try of its batch");
        } else if (now.order < before.order) {
            return; // The body of a try that was given up may be read after that of the next.
        } else {
            checkFollows(before, now);
        }
        batches.put(batchId, now);
        trim();
    }

    private synchronized void read(int begunIn) {
        if (begunIn == epoch) {
            unread--;
        }
    }

    private static void checkFollows(Tried before, Tried now) throws InvalidRequestException {
        require(now.retryCount > 0, "X-Retry-Count is missing on a later try of its batch");
        require(
                now.retryCount > before.retryCount,
                "X-Retry-Count is " + now.retryCount + " after " + before.retryCount);
        require(now.sentAt.isAfter(before.sentAt), "sentAt is not later than that of the try before");
        require(
                now.messages == before.messages && now.ids == before.ids,
                "batch holds other messages than the try before, or in another order");
    }

    private void trim() {
        if (batches.size() > MAX_BATCHES) {
            Iterator<Tried> eldest = batches.values().iterator();
            eldest.next();
            eldest.remove();
            forgetful = true;
        }
    }

    private static void require(boolean holds, String fault) throws InvalidRequestException {
        if (!holds) {
            throw new InvalidRequestException(fault);
        }
    }

    /** One try whose header has been read. */
    final class Try {
        private final String retryCount;
        private final long order;
        private final int begunIn;

        Try(String retryCount, long order, int begunIn) {
            this.retryCount = retryCount;
            this.order = order;
            this.begunIn = begunIn;
        }

        /** The body has been read; all there is to say of one that names no batch. */
        void end() {
            read(begunIn);
        }

        /** The body has been read: refuses the try unless it follows from the one before. */
        void check(String batchId, String sentAt, BatchContents contents) throws InvalidRequestException {
            end();
            require(
                    retryCount == null || COUNT_FORM.matcher(retryCount).matches(),
                    "X-Retry-Count is not a whole number of at least 1");
            int count = retryCount == null ? 0 : Integer.parseInt(retryCount);
            Instant sent = OffsetTimestamp.toInstant(sentAt);
            note(batchId, new Tried(begunIn, order, count, sent, contents.count(), contents.hashIds()));
        }
    }
}
