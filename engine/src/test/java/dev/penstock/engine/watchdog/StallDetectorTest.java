package dev.penstock.engine.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.watchdog.StallDetector.Finding;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StallDetectorTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /** The monotonic clock may be negative, and overflow. */
    private long now = Long.MAX_VALUE - 3 * SECOND;

    private final StallDetector detector = new StallDetector(10 * SECOND, 2 * SECOND);

    @Test
    void shouldFindAStallOnceItHasStoodForTheTimeout() {
        detector.look(now, 7, true);
        assertThat(look(9, 7, true)).containsOnly(Finding.NOTHING);
        assertThat(after(SECOND - 1, 7, true)).isEqualTo(Finding.NOTHING);
        assertThat(after(1, 7, true)).isEqualTo(Finding.STALL);
        assertThat(detector.stoodNs()).isEqualTo(10 * SECOND);
        assertThat(detector.isStalled()).isTrue();
    }

    @Test
    void shouldFindItOnlyOnceAndSayHowLongItTook() {
        detector.look(now, 7, true);
        assertThat(look(10, 7, true)).endsWith(Finding.STALL);
        assertThat(look(100, 7, true)).containsOnly(Finding.NOTHING);
        assertThat(detector.stoodNs()).isEqualTo(110 * SECOND);

        assertThat(after(SECOND, 8, true)).isEqualTo(Finding.GOES_ON);
        assertThat(detector.stoodNs()).isEqualTo(110 * SECOND);
        assertThat(detector.isStalled()).isFalse();
        assertThat(look(9, 8, true)).containsOnly(Finding.NOTHING);
        assertThat(after(SECOND, 8, true)).as("armed again, from zero").isEqualTo(Finding.STALL);
        assertThat(detector.stoodNs()).isEqualTo(10 * SECOND);
    }

    @Test
    void shouldFindNothingWhileThereIsNothingToDo() {
        detector.look(now, 7, false);
        assertThat(look(100, 7, false)).containsOnly(Finding.NOTHING);
        assertThat(look(9, 7, true)).containsOnly(Finding.NOTHING);
        assertThat(after(SECOND, 7, false)).isEqualTo(Finding.NOTHING);
        assertThat(look(9, 7, true)).as("counted from when work came").containsOnly(Finding.NOTHING);
        assertThat(after(SECOND, 7, true)).isEqualTo(Finding.STALL);
    }

    @Test
    void shouldFindNothingWhileThereIsProgress() {
        long progress = 0;
        for (int i = 0; i < 100; i++) {
            assertThat(after(SECOND, i % 9 == 0 ? ++progress : progress, true)).isEqualTo(Finding.NOTHING);
        }
    }

    @Test
    void shouldTakeAnyChangeForProgress() {
        detector.look(now, 7, true);
        look(9, 7, true);
        assertThat(after(SECOND, -7, true)).isEqualTo(Finding.NOTHING);
        assertThat(detector.stoodNs()).isEqualTo(9 * SECOND);
    }

    @Test
    void shouldGoOnWhenTheWorkIsGone() {
        detector.look(now, 7, true);
        assertThat(look(10, 7, true)).endsWith(Finding.STALL);
        assertThat(after(SECOND, 7, false)).isEqualTo(Finding.GOES_ON);
        assertThat(after(SECOND, 7, false)).isEqualTo(Finding.NOTHING);
    }

    @Test
    void shouldNotCountTimeInWhichNobodyLooked() {
        detector.look(now, 7, true);
        assertThat(after(1_000 * SECOND, 7, true)).as("the process was stopped").isEqualTo(Finding.NOTHING);
        assertThat(look(7, 7, true)).containsOnly(Finding.NOTHING);
        assertThat(after(SECOND, 7, true)).isEqualTo(Finding.STALL);
    }

    private Finding after(long ns, long progress, boolean hasWork) {
        now += ns;
        return detector.look(now, progress, hasWork);
    }

    private Finding[] look(int seconds, long progress, boolean hasWork) {
        Finding[] findings = new Finding[seconds];
        for (int i = 0; i < seconds; i++) {
            findings[i] = after(SECOND, progress, hasWork);
        }
        return findings;
    }
}
