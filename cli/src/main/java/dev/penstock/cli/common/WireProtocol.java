package dev.penstock.cli.common;

import dev.penstock.client.CaptureMode;
import dev.penstock.client.ClientConfig;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What a client speaks to the server, as {@code --protocol} names it. */
public enum WireProtocol {
    /** PostHog's batch endpoint. */
    POSTHOG("posthog", CaptureMode.V0),
    /** PostHog's analytics endpoint, which answers for each event. */
    POSTHOG_V1("posthog-v1", CaptureMode.V1);

    private final String text;
    private final CaptureMode mode;

    WireProtocol(String text, CaptureMode mode) {
        this.text = text;
        this.mode = mode;
    }

    /**
     * Has a client speak this.
     *
     * @param config the client's configuration
     */
    public void applyTo(ClientConfig.Builder config) {
        config.captureMode(mode);
    }

    @Override
    public String toString() {
        return text;
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
