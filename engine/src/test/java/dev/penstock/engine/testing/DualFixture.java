package dev.penstock.engine.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.ClientConfig;
import dev.penstock.client.FlushResult;
import dev.penstock.client.segment.DualAnalytics;
import dev.penstock.client.segment.SegmentConfig;
import dev.penstock.collector.Collector;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.collector.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A client of each kind behind one call, and the collector that both send to when they are flushed. Closing it closes all, and
 * checks both accounts.
 *
 * <p><b>Threads:</b> any.
 */
public final class DualFixture implements AutoCloseable {

    /** What the PostHog client says of itself. */
    private static final Set<String> OF_THE_CLIENT = Set.of("$lib", "$lib_version", "$geoip_disable", "$is_server");

    private final Collector collector;
    private final ClientFixture posthog;
    private final SegmentFixture segment;
    private final DualAnalytics analytics;

    private DualFixture(Collector collector, ClientFixture posthog, SegmentFixture segment) {
        this.collector = collector;
        this.posthog = posthog;
        this.segment = segment;
        this.analytics = DualAnalytics.of(posthog.client(), segment.client());
    }

    /** Two clients of a collector, which stays the caller's. */
    public static DualFixture of(Collector collector) {
        return of(collector, config -> config, config -> config);
    }

    /** Two clients of a collector, with options of their own. */
    public static DualFixture of(
            Collector collector,
            UnaryOperator<ClientConfig.Builder> posthog,
            UnaryOperator<SegmentConfig.Builder> segment) {
        return new DualFixture(
                collector,
                ClientFixture.sendingOnFlush(collector.uri(), config -> posthog.apply(config.systemProperties(false))),
                SegmentFixture.sendingOnFlush(collector.uri(), segment));
    }

    /** Both as one. */
    public DualAnalytics analytics() {
        return analytics;
    }

    /** The client that gets events. */
    public ClientFixture posthog() {
        return posthog;
    }

    /** The client that gets messages. */
    public SegmentFixture segment() {
        return segment;
    }

    /** Flushes both, which must be completed. */
    public void flush() {
        assertThat(analytics.flush(Await.LONG)).isEqualTo(FlushResult.COMPLETED);
        assertThat(collector.invalidReasons()).isEmpty();
    }

    /** Flushes, and takes the one event that was received. */
    public ReceivedEvent event() {
        flush();
        return only(collector.eventsBy(Route.BATCH));
    }

    /** Flushes, and takes the one message that was received. */
    public ReceivedEvent message() {
        flush();
        return only(collector.eventsBy(Route.SEGMENT));
    }

    private static ReceivedEvent only(List<ReceivedEvent> received) {
        assertThat(received).hasSize(1);
        return received.get(0);
    }

    /** An event's properties without the client's own. */
    public static Map<String, Object> ownProperties(ReceivedEvent event) {
        Map<String, Object> properties = new LinkedHashMap<>(event.properties());
        properties.keySet().removeAll(OF_THE_CLIENT);
        return properties;
    }

    @Override
    public void close() {
        analytics.close();
        posthog.close();
        segment.close();
    }
}
