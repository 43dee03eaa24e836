package dev.penstock.cli.common;

import dev.penstock.client.CaptureMode;
import dev.penstock.client.segment.SegmentConfig;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What a client speaks to the server, as {@code --protocol} names it, and what a command must know of it. */
public enum WireProtocol {
    /** PostHog's batch endpoint. */
    POSTHOG("posthog", Service.POSTHOG),
    /** PostHog's analytics endpoint, which answers for each event. */
    POSTHOG_V1("posthog-v1", Service.POSTHOG),
    /** Segment's batch endpoint. */
    SEGMENT("segment", Service.SEGMENT);

    private static final int LONGEST_FACTOR = 3;

    private final String text;
    private final Service service;

    WireProtocol(String text, Service service) {
        this.text = text;
        this.service = service;
    }

    /**
     * Makes and starts a client that speaks this.
     *
     * @param options how it is wanted
     * @return a started client
     * @throws IllegalArgumentException if the host or the key cannot be used; the message begins with {@code host} or
     *     {@code key} and shows no key
     */
    public EventClient open(ClientOptions options) {
        try {
            return start(options);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(service.withoutPrefix(e.getMessage()), e);
        }
    }

    private EventClient start(ClientOptions options) {
        return switch (this) {
            case POSTHOG -> PostHogClient.open(options, CaptureMode.V0);
            case POSTHOG_V1 -> PostHogClient.open(options, CaptureMode.V1);
            case SEGMENT -> SegmentClient.open(options);
        };
    }

    /**
     * The most events that a batch may have.
     *
     * @return 1 or more
     */
    public int maxBatchSize() {
        return service.maxBatchSize;
    }

    /**
     * The environment variable that holds the host.
     *
     * @return its name
     */
    public String hostVariable() {
        return service.hostVariable;
    }

    /**
     * The environment variable that holds the key.
     *
     * @return its name
     */
    public String keyVariable() {
        return service.keyVariable;
    }

    /**
     * The host that is meant when none is named.
     *
     * @return a URL; empty when one must be named
     */
    public Optional<String> defaultHost() {
        return Optional.ofNullable(service.defaultHost);
    }

    /**
     * Whether the server can be told that events are old.
     *
     * @return false if their timestamps have to do
     */
    public boolean marksOldEvents() {
        return service.marksOldEvents;
    }

    /**
     * How long an import waits while nothing moves, unless told otherwise.
     *
     * @return seconds; more than a server may ask to wait that does ask
     */
    public int patienceSeconds() {
        return service.patienceSeconds;
    }

    /**
     * When an import gives up. Where the server may ask for long waits, requests count as signs of life, for three times the
     * limit at most.
     *
     * @param limit how long nothing may move
     * @return a new one
     */
    public Patience patience(Duration limit) {
        return new Patience(limit, service.asksToWait ? limit.multipliedBy(LONGEST_FACTOR) : limit);
    }

    /**
     * Whether the server acts on events by names of PostHog's own, such as {@code $identify}.
     *
     * @return false if those are events like others
     */
    public boolean knowsPostHogEvents() {
        return service == Service.POSTHOG;
    }

    @Override
    public String toString() {
        return text;
    }

    /** Who takes the events, with what all ways to speak to it have in common. */
    private enum Service {
        POSTHOG("POSTHOG_HOST", null, "POSTHOG_API_KEY", "apiKey", 1_000, true, 60, false),
        SEGMENT(
                "SEGMENT_HOST",
                SegmentConfig.DEFAULT_HOST.toString(),
                "SEGMENT_WRITE_KEY",
                "writeKey",
                2_500,
                false,
                330,
                true);

        private final String hostVariable;
        private final String defaultHost;
        private final String keyVariable;
        private final String keyOption;
        private final int maxBatchSize;
        private final boolean marksOldEvents;
        private final int patienceSeconds;
        private final boolean asksToWait;

        Service(
                String hostVariable,
                String defaultHost,
                String keyVariable,
                String keyOption,
                int maxBatchSize,
                boolean marksOldEvents,
                int patienceSeconds,
                boolean asksToWait) {
            this.hostVariable = hostVariable;
            this.defaultHost = defaultHost;
            this.keyVariable = keyVariable;
            this.keyOption = keyOption;
            this.maxBatchSize = maxBatchSize;
            this.marksOldEvents = marksOldEvents;
            this.patienceSeconds = patienceSeconds;
            this.asksToWait = asksToWait;
        }

        /** What the library calls by its full name is plain {@code key} here. */
        String withoutPrefix(String problem) {
            return problem.startsWith(keyOption) ? "key" + problem.substring(keyOption.length()) : problem;
        }
    }

    /** Reads the option. */
    public static final class Converter implements ITypeConverter<WireProtocol> {
        @Override
        public WireProtocol convert(String value) {
            return Arrays.stream(values())
                    .filter(protocol -> protocol.text.equals(value))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + value + "' is none of " + names()));
        }
    }

    private static String names() {
        return Arrays.stream(values()).map(WireProtocol::toString).collect(Collectors.joining(", "));
    }

    /** The names, for help and completion. */
    public static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(values()).map(WireProtocol::toString).iterator();
        }
    }
}
