package dev.penstock.collector;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnalyticsValidatorTest {
    private static final RequestHead HEAD = new RequestHead(
            "POST",
            AnalyticsRequests.PATH,
            "",
            Map.of(
                    "authorization", "Bearer phc_demo",
                    "content-type", "application/json",
                    "user-agent", "penstock/0.1.0",
                    "posthog-sdk-info", "penstock/0.1.0",
                    "posthog-request-id", AnalyticsRequests.ID,
                    "posthog-attempt", "1",
                    "posthog-request-timestamp", "2026-02-11T09:30:02.417Z"),
            false);

    private final BatchContents contents = new BatchContents();
    private final AnalyticsValidator validator = new AnalyticsValidator(
            new CollectorOptions(
                    0,
                    Optional.empty(),
                    CollectorMode.COUNT,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    1,
                    1,
                    1,
                    1,
                    1,
                    1,
                    0,
                    Map.of()),
            new TryLog());

    @Test
    void shouldNotAllocatePerEventOnceWarm() throws InvalidRequestException {
        String[] events = new String[1_000];
        for (int i = 0; i < events.length; i++) {
            events[i] = AnalyticsRequests.event("report exported", i);
        }
        byte[] body = Batches.utf8(AnalyticsRequests.batch(events));
        for (int i = 0; i < 200; i++) {
            validator.validate(HEAD, body, body.length, contents);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        int rounds = 50;
        for (int i = 0; i < rounds; i++) {
            validator.validate(HEAD, body, body.length, contents);
        }
        long bytesPerRequest = (threads.getCurrentThreadAllocatedBytes() - before) / rounds;
        assertThat(bytesPerRequest).isLessThan(6_000);
    }
}
