package dev.penstock.engine;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientStats;
import dev.penstock.client.Outcome;
import dev.penstock.engine.listener.ListenerThread;
import dev.penstock.engine.pipeline.LaneCounters;
import dev.penstock.engine.pipeline.LaneCounters.Figure;
import dev.penstock.engine.stats.ResultCounters;
import dev.penstock.engine.transport.BatchTransport;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the account from where each part of it is kept.
 *
 * <p>Outcomes are read before acceptances, so that an event counted in the one is counted in the other.
 *
 * <p><b>Threads:</b> any.
 */
final class StatsReader {

    private final ResultCounters results;
    private final List<Lane> lanes;
    private final BatchTransport transport;
    private final ListenerThread listener;

    /** {@code transport} and {@code listener} may be null. */
    StatsReader(ResultCounters results, List<Lane> lanes, BatchTransport transport, ListenerThread listener) {
        this.results = results;
        this.lanes = lanes;
        this.transport = transport;
        this.listener = listener;
    }

    ClientStats read() {
        Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            long settled = 0;
            for (Lane lane : lanes) {
                settled += lane.counters().settled(outcome);
            }
            outcomes.put(outcome, settled);
        }
        outcomes.merge(Outcome.DISCARDED, results.unpublished(), Long::sum);
        long inFlight = figure(Figure.IN_FLIGHT_EVENTS);
        long open = figure(Figure.OPEN_EVENTS);
        long inRing = 0;
        long slots = 0;
        long occupied = 0;
        long arenaBytes = 0;
        for (Lane lane : lanes) {
            inRing += lane.ring().countPublished();
            slots += lane.ring().capacity();
            occupied += lane.ring().occupied();
            arenaBytes += lane.ring().arenaBytes();
        }
        Map<CaptureResult, Long> answers = results.results();
        return new ClientStats(
                answers,
                outcomes,
                new ClientStats.Pending(inRing, open, inFlight, 0),
                new ClientStats.Delivery(
                        figure(Figure.REQUESTS),
                        figure(Figure.RETRIES),
                        figure(Figure.SPLITS),
                        figure(Figure.TIMEOUTS),
                        figure(Figure.WIRE_BYTES),
                        figure(Figure.PLAIN_BYTES),
                        transport == null ? 0 : transport.restarts()),
                new ClientStats.Ring(slots, occupied, arenaBytes),
                results.valuesReplaced(),
                results.personless(),
                listener == null ? 0 : listener.dropped());
    }

    private long figure(Figure figure) {
        long sum = 0;
        for (Lane lane : lanes) {
            LaneCounters counters = lane.counters();
            sum += counters.figure(figure);
        }
        return sum;
    }
}
