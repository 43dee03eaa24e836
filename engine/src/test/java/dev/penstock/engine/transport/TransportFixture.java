package dev.penstock.engine.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;

/** Settings, requests and waiting, as the tests of this package need them. */
final class TransportFixture {

    static final String USER_AGENT = "penstock-test/1";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private TransportFixture() {}

    static TransportSettings settings(URI host) {
        return settings(host, Map.of(), null, null, "penstock-t" + NUMBER.incrementAndGet() + "-io");
    }

    static TransportSettings settings(
            URI host, Map<String, String> headers, URI proxy, SSLContext sslContext, String threadName) {
        return new TransportSettings(
                host,
                headers,
                proxy,
                sslContext,
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                4,
                USER_AGENT,
                daemons(threadName));
    }

    static HttpBatchTransport transport(URI host) {
        return transport(settings(host));
    }

    static HttpBatchTransport transport(TransportSettings settings) {
        return new HttpBatchTransport(settings, InstantSource.system());
    }

    static ThreadFactory daemons(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    static BatchRequest request() {
        return request("{\"batch\":[]}".getBytes(StandardCharsets.UTF_8));
    }

    static BatchRequest request(byte[] body) {
        return new BatchRequest("/batch", Map.of("Content-Type", "application/json"), body, body.length, 0);
    }

    /** Waits for something to become true, ten seconds at most. */
    static void await(String what, BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean() && System.nanoTime() < deadlineNs) {
            LockSupport.parkNanos(2_000_000);
        }
        assertThat(condition.getAsBoolean()).as(what).isTrue();
    }

    /** How many live threads have a name that begins so. */
    static long threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .count();
    }
}
