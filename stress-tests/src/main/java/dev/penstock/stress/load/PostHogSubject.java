package dev.penstock.stress.load;

import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureClients;
import dev.penstock.client.CaptureMode;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientConfig;
import dev.penstock.client.ClientStats;
import dev.penstock.client.CloseReport;
import dev.penstock.client.FlushResult;
import dev.penstock.client.PropertyKey;
import java.net.URI;
import java.time.Duration;

/** A client that speaks to PostHog. */
final class PostHogSubject implements Subject {
    private final CaptureClient client;
    private final PropertyKey number;

    PostHogSubject(String name, Setup setup, URI host, Outcomes outcomes) {
        client = CaptureClients.create(ClientConfig.builder("phc_stress")
                .host(host.toString())
                .name(name)
                .captureMode(setup.wire() == Wire.V1 ? CaptureMode.V1 : CaptureMode.V0)
                .compression(setup.gzip())
                .overflowPolicy(setup.overflow())
                .overflowWait(Duration.ofMillis(Setup.OVERFLOW_WAIT_MS))
                .lanes(setup.lanes())
                .ringSlots(setup.ringSlots())
                .maxBatchEvents(setup.batch())
                .linger(Duration.ofMillis(setup.lingerMs()))
                .maxInFlightRequests(setup.inFlight())
                .maxRetries(setup.retries())
                .retryDelay(StressTimes.RETRY_DELAY)
                .requestTimeout(Duration.ofMillis(setup.requestTimeoutMs()))
                .connectTimeout(StressTimes.CONNECT_TIMEOUT)
                .systemProperties(false)
                .circuitFailures(setup.circuitFailures())
                .spool(setup.spool())
                .listenerQueueEvents(StressTimes.NOTICES)
                .deliveryListener(notice -> outcomes.ended(notice.uuid(), notice.outcome()))
                .logger(StressLog.INSTANCE)
                .build());
        number = client.propertyKey("n");
    }

    @Override
    public CaptureResult capture(long high, long low, int value, String padding) {
        return client.event("stress")
                .distinctId("somebody")
                .uuid(high, low)
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
}
