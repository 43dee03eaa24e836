package dev.penstock.client.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.penstock.client.CaptureClient;
import dev.penstock.client.FlushResult;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How two clients are flushed and closed. What is sent is tested with real ones. */
@Timeout(30)
class DualAnalyticsTest {

    /** A client of which only what the handler knows is asked. */
    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static DualAnalytics of(InvocationHandler posthog, InvocationHandler segment) {
        return DualAnalytics.of(fake(CaptureClient.class, posthog), fake(SegmentAnalytics.class, segment));
    }

    @Test
    void shouldBeClosingBothAtTheSameTime() {
        // Each waits until the other is being closed as well.
        CyclicBarrier both = new CyclicBarrier(2);
        InvocationHandler closing = (client, method, arguments) -> {
            assertThat(method.getName()).isEqualTo("close");
            both.await(20, TimeUnit.SECONDS);
            return null;
        };
        DualAnalytics analytics = of(closing, closing);
        analytics.close();
        analytics.close(Duration.ofSeconds(1));

        assertThat(both.isBroken()).isFalse();
        assertThat(both.getNumberWaiting()).isZero();
    }

    @Test
    void shouldCloseEachEvenIfTheOtherFails() {
        List<String> closed = new ArrayList<>();
        InvocationHandler failing = (client, method, arguments) -> {
            throw new IllegalStateException("broken");
        };
        InvocationHandler closing = (client, method, arguments) -> {
            closed.add(method.getName());
            return null;
        };

        assertThatIllegalStateException()
                .isThrownBy(of(failing, closing)::close)
                .havingCause()
                .withMessage("broken");
        assertThatIllegalStateException()
                .isThrownBy(() -> of(closing, failing).close(Duration.ZERO))
                .withMessage("broken");
        assertThat(closed).hasSize(2);
    }

    @Test
    void shouldShowBothFailuresWhenNeitherCanBeClosed() {
        InvocationHandler posthog = (client, method, arguments) -> {
            throw new IllegalStateException("posthog is broken");
        };
        InvocationHandler segment = (client, method, arguments) -> {
            throw new IllegalStateException("segment is broken");
        };
        DualAnalytics analytics = of(posthog, segment);
        for (ThrowingCallable closing :
                List.<ThrowingCallable>of(analytics::close, () -> analytics.close(Duration.ZERO))) {
            assertThatIllegalStateException()
                    .isThrownBy(closing)
                    .withMessage("segment is broken")
                    .satisfies(failure -> assertThat(failure.getSuppressed())
                            .singleElement()
                            .extracting(Throwable::getCause)
                            .extracting(Throwable::getMessage)
                            .isEqualTo("posthog is broken"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldAnswerTheWorseOfTwoFlushes(FlushResult segment) {
        for (FlushResult posthog : FlushResult.values()) {
            FlushResult worse = of((client, method, arguments) -> posthog, (client, method, arguments) -> segment)
                    .flush(Duration.ofSeconds(1));

            assertThat(worse.ordinal()).isEqualTo(Math.max(posthog.ordinal(), segment.ordinal()));
        }
    }

    @Test
    void shouldStartOneFlushBeforeItWaitsForTheOtherAndShareTheTimeout() {
        List<String> flushes = new ArrayList<>();
        List<Duration> timeouts = new ArrayList<>();
        InvocationHandler posthog = (client, method, arguments) -> {
            flushes.add("posthog");
            timeouts.add((Duration) arguments[0]);
            return FlushResult.COMPLETED;
        };
        InvocationHandler segment = (client, method, arguments) -> {
            flushes.add("segment");
            timeouts.add((Duration) arguments[0]);
            return FlushResult.COMPLETED;
        };
        Duration timeout = Duration.ofSeconds(5);
        of(posthog, segment).flush(timeout);

        assertThat(flushes).containsExactly("posthog", "segment", "posthog");
        assertThat(timeouts.get(0)).isZero();
        assertThat(timeouts.get(1)).isEqualTo(timeout);
        assertThat(timeouts.get(2)).isPositive().isLessThan(timeout);
    }
}
