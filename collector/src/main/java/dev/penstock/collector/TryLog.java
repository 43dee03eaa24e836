package dev.penstock.collector;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The last tries of analytics requests, to check what must hold from one try of a request to the next. Any thread; one
 * lock, taken twice a request.
 * <p>
 * A try that never reached this host still takes a number. So once connections have been refused or closed without
 * notice, numbers may be missing, though they must go on rising. Requests used least recently are forgotten. So once one
 * has been, a request that is not known may be in the midst of its tries, and is then compared with nothing.
 */
final class TryLog {
    static final int MAX_REQUESTS = 10_000;
    static final int MAX_EVENTS = 1_000_000;

    private static final Duration MAX_AGE = Duration.ofSeconds(5);

    private final Map<String, Tried> requests = new LinkedHashMap<>(64, 0.75f, true);
    private long keptEvents;
    private boolean gapsPossible;
    private boolean forgetful;
    private int epoch;

    /** What is known of one request. */
    private static final class Tried {
        private final int epoch;
        private int attempt;
        private String timestamp = "";
        private int readAttempt;
        private String createdAt = "";
        private BatchDigest events = BatchDigest.NONE;
        private boolean kept = true;

        Tried(int epoch) {
            this.epoch = epoch;
        }
    }

    /** Hears of a try when its header is complete; empty when the header does not tell which try it is. */
    Optional<Try> begin(RequestHead head) {
        if (!AnalyticsHead.namesTry(head)) {
            return Optional.empty();
        }
        String id = head.header(AnalyticsHead.REQUEST_ID).toLowerCase(Locale.ROOT);
        int attempt = Integer.parseInt(head.header(AnalyticsHead.ATTEMPT));
        String timestamp = head.headers().getOrDefault(AnalyticsHead.TIMESTAMP, "");
        synchronized (this) {
            Tried tried = requests.get(id);
            boolean comparable = tried != null || !forgetful || attempt == 1;
            // Ids may come again after a reset, as those of seeded tests do.
            if (tried == null || (tried.epoch != epoch && attempt == 1)) {
                forget(tried);
                tried = new Tried(epoch);
                requests.put(id, tried);
            }
            String fault = comparable ? fault(tried, attempt, timestamp) : null;
            tried.attempt = attempt;
            tried.timestamp = timestamp;
            trim();
            return Optional.of(new Try(tried, attempt, timestamp, Optional.ofNullable(fault)));
        }
    }

    private String fault(Tried tried, int attempt, String timestamp) {
        boolean follows = gapsPossible ? attempt > tried.attempt : attempt == tried.attempt + 1;
        if (!follows) {
            return "PostHog-Attempt is " + attempt + " after " + tried.attempt;
        }
        return timestamp.equals(tried.timestamp) ? "PostHog-Request-Timestamp is that of the try before" : null;
    }

    private void trim() {
        Iterator<Tried> eldest = requests.values().iterator();
        while (requests.size() > 1 && (requests.size() > MAX_REQUESTS || keptEvents > MAX_EVENTS)) {
            forget(eldest.next());
            eldest.remove();
            forgetful = true;
        }
    }

    /** A try of it may still be read; its events do not count any more. */
    private void forget(Tried tried) {
        if (tried != null) {
            tried.kept = false;
            keptEvents -= tried.events.count();
        }
    }

    /** From now on a try may have been lost on its way here. */
    synchronized void expectGaps() {
        gapsPossible = true;
    }

    synchronized void reset() {
        epoch++;
        gapsPossible = false;
    }

    /** One try whose header has been read. */
    final class Try {
        private final Tried tried;
        private final int attempt;
        private final String timestamp;
        private final Optional<String> fault;

        Try(Tried tried, int attempt, String timestamp, Optional<String> fault) {
            this.tried = tried;
            this.attempt = attempt;
            this.timestamp = timestamp;
            this.fault = fault;
        }

        /** Refuses the try unless it follows from the one before. */
        void check(String createdAt, BatchContents contents) throws InvalidRequestException {
            if (fault.isPresent()) {
                throw new InvalidRequestException(fault.get());
            }
            BatchDigest events = contents.digest();
            synchronized (TryLog.this) {
                if (tried.readAttempt == 0) {
                    checkAge(createdAt);
                } else if (attempt > tried.readAttempt) {
                    require(createdAt.equals(tried.createdAt), "created_at differs from that of the try before");
                    events.requirePartOf(tried.events);
                }
                note(createdAt, events);
            }
        }

        private void checkAge(String createdAt) throws InvalidRequestException {
            if (attempt == 1) {
                Instant sent = UtcTimestamp.toInstant(timestamp);
                Duration age = Duration.between(UtcTimestamp.toInstant(createdAt), sent)
                        .abs();
                require(
                        age.compareTo(MAX_AGE) <= 0,
                        "created_at is more than five seconds from PostHog-Request-Timestamp on the first try");
            }
        }

        private void note(String createdAt, BatchDigest events) {
            // The body of a try that was given up may be read after that of the next.
            if (attempt > tried.readAttempt) {
                keptEvents += tried.kept ? events.count() - tried.events.count() : 0;
                tried.readAttempt = attempt;
                tried.createdAt = createdAt;
                tried.events = events;
            }
        }

        private void require(boolean holds, String fault) throws InvalidRequestException {
            if (!holds) {
                throw new InvalidRequestException(fault);
            }
        }
    }
}
