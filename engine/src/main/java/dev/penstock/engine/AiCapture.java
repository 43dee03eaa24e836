package dev.penstock.engine;

import dev.penstock.client.AiClient;
import dev.penstock.client.ClientStats;
import dev.penstock.client.EventBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Captures AI events on their own channel.
 *
 * <p><b>Threads:</b> any.
 */
final class AiCapture implements AiClient {

    private final SideChannel channel;
    private final StatsReader stats;

    AiCapture(SideChannel channel, StatsReader stats) {
        this.channel = channel;
        this.stats = stats;
    }

    @Override
    public Optional<UUID> capture(String distinctId, String event, Map<String, ?> properties) {
        return event(event).distinctId(distinctId).putAll(properties).sendForUuid();
    }

    @Override
    public EventBuilder event(String name) {
        return channel.scratch().begin(name);
    }

    @Override
    public ClientStats stats() {
        return stats.read();
    }
}
