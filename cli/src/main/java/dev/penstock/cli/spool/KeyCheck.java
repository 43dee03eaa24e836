package dev.penstock.cli.spool;

import dev.penstock.cli.common.EventClient;
import dev.penstock.cli.common.Interruption;
import dev.penstock.client.SelfCheckStatus;
import dev.penstock.client.SelfCheckStep;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Asks the server about the key before an event goes out with it: to refuse a key is to refuse its events, and refused events
 * leave the spool. While the server is away it is asked again and again.
 * <p>
 * <b>Threads:</b> one; blocks.
 */
final class KeyCheck {
    private static final Duration LEAST = Duration.ofSeconds(5);
    private static final Duration MOST = Duration.ofSeconds(20);
    private static final long AGAIN_MS = 1_000;
    private static final String KEY = "key";

    private final EventClient client;
    private final Duration patience;
    private final Duration timeout;

    /** {@code client} has no spool. */
    KeyCheck(EventClient client, Duration patience) {
        this.client = client;
        this.patience = patience;
        Duration atLeast = patience.compareTo(LEAST) < 0 ? LEAST : patience;
        this.timeout = atLeast.compareTo(MOST) > 0 ? MOST : atLeast;
    }

    /** What stands in the way, if anything does. */
    Optional<SelfCheckStep> failure(Interruption interruption) {
        long start = System.nanoTime();
        while (true) {
            List<SelfCheckStep> steps = client.selfCheck(timeout).steps();
            Optional<SelfCheckStep> failed = firstFailure(steps);
            boolean away = failed.isPresent() && !failed.get().name().equals(KEY);
            if (!away || System.nanoTime() - start > patience.toNanos() || !goesOn(interruption)) {
                return failed;
            }
        }
    }

    /** Up to the key; what comes behind it stands in nobody's way. */
    private static Optional<SelfCheckStep> firstFailure(List<SelfCheckStep> steps) {
        for (SelfCheckStep step : steps) {
            if (step.status() == SelfCheckStatus.FAILED) {
                return Optional.of(step);
            }
            if (step.name().equals(KEY)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static boolean goesOn(Interruption interruption) {
        try {
            return !interruption.await(AGAIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
