package dev.penstock.stress.load;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientStats;
import dev.penstock.client.CloseReport;
import dev.penstock.client.FlushResult;
import dev.penstock.client.PropertyKey;
import dev.penstock.client.segment.MessageListener;
import dev.penstock.client.segment.MessageNotice;
import dev.penstock.client.segment.SegmentAnalytics;
import dev.penstock.client.segment.SegmentClients;
import dev.penstock.client.segment.SegmentConfig;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;

/** A client that speaks to Segment. */
final class SegmentSubject implements Subject {
    private final SegmentAnalytics client;
    private final PropertyKey number;

    SegmentSubject(String name, Setup setup, URI host, Outcomes outcomes) {
        client = SegmentClients.create(SegmentConfig.builder("stress")
                .host(host)
                .name(name)
                .compression(setup.gzip())
                .overflowPolicy(setup.overflow())
                .overflowWait(Duration.ofMillis(Setup.OVERFLOW_WAIT_MS))
                .lanes(setup.lanes())
                .ringSlots(setup.ringSlots())
                .maxBatchMessages(setup.batch())
                .linger(Duration.ofMillis(setup.lingerMs()))
                .maxInFlightRequests(setup.inFlight())
                .maxRetries(setup.retries())
                .retryDelay(StressTimes.RETRY_DELAY)
                .requestTimeout(Duration.ofMillis(setup.requestTimeoutMs()))
                .connectTimeout(StressTimes.CONNECT_TIMEOUT)
                .circuitFailures(setup.circuitFailures())
                .spool(setup.spool())
                .listenerQueueMessages(StressTimes.NOTICES)
                .messageListener(new Told(outcomes))
                .logger(StressLog.INSTANCE)
                .build());
        number = client.propertyKey("n");
    }

    @Override
    public CaptureResult capture(long high, long low, int value, String padding) {
        return client.track("stress")
                .userId("somebody")
                .messageId(high, low)
                .put(number, value)
                .put("padding", padding)
                .send();
    }

    @Override
    public ClientStats stats() {
        return client.stats();
    }

    @Override
    public FlushResult flush(Duration timeout) {
        return client.flush(timeout);
    }

    @Override
    public CloseReport close(Duration timeout) {
        return client.close(timeout);
    }

    private record Told(Outcomes outcomes) implements MessageListener {
        @Override
        public void onSuccess(MessageNotice notice) {
            outcomes.ended(UUID.fromString(notice.messageId()), notice.outcome());
        }

        @Override
        public void onFailure(MessageNotice notice) {
            outcomes.ended(UUID.fromString(notice.messageId()), notice.outcome());
        }
    }
}
