package dev.penstock.collector;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** The validated choices of a {@link Collector.Builder}. */
record CollectorOptions(
        int port,
        Optional<SSLContext> sslContext,
        CollectorMode mode,
        Optional<Path> recordTo,
        Optional<String> apiKey,
        Optional<String> secretKey,
        int maxHeaderBytes,
        int maxBodyBytes,
        int maxInflatedBytes,
        int maxConnections,
        int maxStoredEvents,
        long maxStoredBytes,
        int receiveBuffer,
        Map<String, BodyDecoder> decoders) {

    boolean stores() {
        return mode == CollectorMode.STORE;
    }
}
