package dev.penstock.stress.load;

import java.time.Duration;

/** Options of clients under test that no scenario changes. */
final class StressTimes {
    /** The shortest there is, so that much happens in little time. */
    static final Duration RETRY_DELAY = Duration.ofMillis(100);

    static final Duration CONNECT_TIMEOUT = Duration.ofMillis(500);

    /** As many as there may be: the account by id needs every notice. */
    static final int NOTICES = 1 << 20;

    private StressTimes() {}
}
