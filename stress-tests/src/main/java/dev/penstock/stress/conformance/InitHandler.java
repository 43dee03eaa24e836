package dev.penstock.stress.conformance;

import dev.penstock.client.ClientConfig;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** {@code POST /init}: starts a client, with its defaults in all that the call leaves open. */
final class InitHandler implements CallHandler {
    private static final String TEST_ID_HEADER = "X-Test-Id";
    /** Tests that run at once have a client each, and none of them captures more than a few events. */
    private static final int RING_SLOTS = 1_024;

    private final ClientRegistry clients;
    private final AdapterSetup setup;

    InitHandler(ClientRegistry clients, AdapterSetup setup) {
        this.clients = clients;
        this.setup = setup;
    }

    @Override
    public Map<String, Object> handle(Call call) throws BadCallException {
        clients.start(call.testId(), config(call));
        return Map.of("success", true);
    }

    private ClientConfig config(Call call) throws BadCallException {
        CallFields fields = call.fields();
        try {
            ClientConfig.Builder builder = ClientConfig.builder(fields.requiredText("api_key"))
                    .host(fields.requiredText("host"))
                    .captureMode(setup.form().mode())
                    .compressionFormat(setup.encoding().format())
                    .compression(fields.truth("enable_compression").orElse(setup.compressesByDefault()))
                    .ringSlots(RING_SLOTS);
            fields.whole("flush_at").ifPresent(builder::maxBatchEvents);
            fields.whole("flush_interval_ms").map(Duration::ofMillis).ifPresent(builder::linger);
            fields.whole("max_retries").ifPresent(builder::maxRetries);
            fields.truth("disable_geoip").ifPresent(builder::disableGeoIp);
            fields.truth("historical_migration").ifPresent(builder::historicalMigration);
            Optional.of(call.testId())
                    .filter(testId -> !testId.isEmpty())
                    .ifPresent(testId -> builder.header(TEST_ID_HEADER, testId));
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new BadCallException(e.getMessage(), e);
        }
    }
}
