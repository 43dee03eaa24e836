package dev.penstock.cli.common;

import dev.penstock.client.ClientStats;

/**
 * How many events have no outcome yet. Goes by outcomes, which only grow: an event on its way from one place to another may
 * be pending at neither for a moment. Stateless.
 */
final class Unsettled {

    private Unsettled() {}

    static long events(ClientStats stats) {
        long settled = stats.delivered() + stats.refused() + stats.expired() + stats.discarded();
        return stats.accepted() + stats.recovered() - settled;
    }
}
