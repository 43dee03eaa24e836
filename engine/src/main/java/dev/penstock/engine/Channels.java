package dev.penstock.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * All channels of an engine.
 *
 * @param events the one that is always there
 * @param ai AI events
 * @param logs log records
 */
record Channels(Channel events, SideChannel ai, SideChannel logs) {

    /** Those that have been started. */
    List<Channel> started() {
        List<Channel> started = new ArrayList<>();
        started.add(events);
        if (ai.started() != null) {
            started.add(ai.started());
        }
        if (logs.started() != null) {
            started.add(logs.started());
        }
        return started;
    }

    /** All lanes that have been started. */
    List<Lane> lanes() {
        return started().stream().flatMap(channel -> channel.lanes().stream()).toList();
    }

    /** Starts no more of them. Answers all lanes there are. */
    List<Lane> seal() {
        ai.seal();
        logs.seal();
        return lanes();
    }
}
