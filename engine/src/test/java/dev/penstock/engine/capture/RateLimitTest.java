package dev.penstock.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.record.TestSeed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTest {

    private static final long SECOND_NS = 1_000_000_000L;

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5 * SECOND_NS); // a clock that runs over

    private RateLimit limit(int perSecond) {
        return new RateLimit(perSecond, now::get);
    }

    private static long admit(RateLimit limit) {
        return limit.admit("user", 1, 2);
    }

    private static int admitted(RateLimit limit, int tries) {
        int admitted = 0;
        for (int i = 0; i < tries; i++) {
            admitted += admit(limit) == EventSampler.LEFT_OUT ? 0 : 1;
        }
        return admitted;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 50, 1_000_000})
    void shouldKeepASecondsWorthAtOnceAndNoMore(int perSecond) {
        RateLimit limit = limit(perSecond);

        assertThat(admitted(limit, perSecond + 10)).isEqualTo(perSecond);
    }

    @Test
    void shouldGetOneTokenBackAtATime() {
        RateLimit limit = limit(4);
        admitted(limit, 10);
        now.addAndGet(SECOND_NS / 4 - 1);
        assertThat(admit(limit)).isEqualTo(EventSampler.LEFT_OUT);
        now.addAndGet(1);
        assertThat(admitted(limit, 5)).isEqualTo(1);
        now.addAndGet(SECOND_NS / 2);
        assertThat(admitted(limit, 5)).isEqualTo(2);
    }

    @Test
    void shouldNotHoldMoreThanASecondsWorthAfterAPause() {
        RateLimit limit = limit(10);
        admitted(limit, 10);
        now.addAndGet(3_600 * SECOND_NS);

        assertThat(admitted(limit, 100)).isEqualTo(10);
    }

    @Test
    void shouldHaveTheNextKeptEventStandForThoseLeftOut() {
        RateLimit limit = limit(1);
        assertThat(admit(limit)).isZero();
        assertThat(limit.rate(0)).isEqualTo(1);
        admitted(limit, 3);
        now.addAndGet(SECOND_NS);

        assertThat(admit(limit)).isEqualTo(3);
        assertThat(limit.rate(3)).isEqualTo(0.25);
        now.addAndGet(SECOND_NS);
        assertThat(admit(limit)).isZero();
    }

    @Test
    void shouldHandOnWhatAnEventCouldNotSay() {
        RateLimit limit = limit(1);
        admitted(limit, 4);
        now.addAndGet(SECOND_NS);
        limit.giveBack(admit(limit));
        admitted(limit, 2);
        now.addAndGet(SECOND_NS);

        assertThat(admit(limit)).isEqualTo(5);
    }

    @Test
    void shouldGiveBackEveryCountFromItsRate() {
        RateLimit limit = limit(1);
        for (long leftOut = 0; leftOut < 200_000; leftOut++) {
            assertThat(Math.round(1 / limit.rate(leftOut))).isEqualTo(leftOut + 1);
        }
    }

    @Test
    void shouldStandForExactlyWhatWasCapturedWheneverItCame() {
        TestSeed.run(random -> {
            RateLimit limit = limit(1 + random.nextInt(50));
            long captured = 0;
            long stoodFor = 0;
            for (int i = 0; i < 50_000; i++) {
                now.addAndGet(random.nextLong(SECOND_NS / 100));
                captured++;
                long leftOut = admit(limit);
                stoodFor += leftOut == EventSampler.LEFT_OUT ? 0 : 1 + leftOut;
            }
            now.addAndGet(2 * SECOND_NS);
            assertThat(stoodFor + 1 + admit(limit)).isEqualTo(captured + 1);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 5_000})
    void shouldNeverExceedItsRateWhateverRacesForIt(int perSecond) throws InterruptedException {
        RateLimit limit = limit(perSecond);
        int turns = 2_000;
        AtomicLong admitted = new AtomicLong();
        AtomicLong stoodFor = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        long begin = now.get();
        for (int i = 0; i < 4; i++) {
            threads.add(new Thread(() -> {
                for (int turn = 0; turn < turns; turn++) {
                    now.addAndGet(SECOND_NS / turns / 4);
                    for (int k = 0; k < 5; k++) {
                        long leftOut = admit(limit);
                        if (leftOut != EventSampler.LEFT_OUT) {
                            admitted.incrementAndGet();
                            stoodFor.addAndGet(1 + leftOut);
                        }
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join(60_000);
        }

        assertThat(now.get() - begin).isEqualTo(SECOND_NS);
        assertThat(admitted.get()).isBetween((long) perSecond, 2L * perSecond);
        now.addAndGet(2 * SECOND_NS);
        assertThat(stoodFor.get() + 1 + admit(limit)).isEqualTo(4L * turns * 5 + 1);
    }
}
