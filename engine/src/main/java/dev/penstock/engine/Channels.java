package dev.penstock.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * All channels of an engine.
 *
 * @param events the one that is always there
 * @param sides those that begin with their first use
 */
record Channels(Channel events, List<SideChannel> sides) {

    /** Those that have been started. */
    List<Channel> started() {
        List<Channel> started = new ArrayList<>();
        started.add(events);
        for (SideChannel side : sides) {
            if (side.started() != null) {
                started.add(side.started());
            }
        }
        return started;
    }

    /** All lanes that have been started. */
    List<Lane> lanes() {
        return started().stream().flatMap(channel -> channel.lanes().stream()).toList();
    }

    /** Starts no more of them. Answers all lanes there are. */
    List<Lane> seal() {
        sides.forEach(SideChannel::seal);
        return lanes();
    }
}
