package dev.penstock.stress.conformance;

import dev.penstock.client.ClientStats;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code GET /state}: the client's account. Requests are counted by a client and not listed, so that list is empty. */
final class StateHandler implements CallHandler {
    private final ClientRegistry clients;

    StateHandler(ClientRegistry clients) {
        this.clients = clients;
    }

    @Override
    public Map<String, Object> handle(Call call) throws BadCallException {
        ClientStats stats = clients.client(call.testId()).stats();
        Map<String, Object> state = new HashMap<>();
        state.put("pending_events", stats.pending().total());
        state.put("total_events_captured", stats.accepted());
        state.put("total_events_sent", stats.delivered());
        state.put("total_retries", stats.delivery().retries());
        state.put("last_error", loss(stats));
        state.put("requests_made", List.of());
        return state;
    }

    private static String loss(ClientStats stats) {
        return stats.refused() + stats.expired() == 0
                ? null
                : stats.refused() + " events refused, " + stats.expired() + " expired";
    }
}
