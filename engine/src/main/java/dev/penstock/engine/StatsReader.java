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
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Reads the account from where each part of it is kept.
 *
 * <p>Outcomes are read before acceptances, so that an event counted in the one is counted in the other.
 *
 * <p><b>Threads:</b> any.
 */
final class StatsReader {

    private final Supplier<List<Channel>> channels;
    private final BatchTransport transport;
    private final ListenerThread listener;

    /**
     * Makes a reader.
     *
     * @param channels those whose account it is
     * @param transport told how often it was rebuilt; may be null
     * @param listener told what it dropped; may be null
     */
    StatsReader(Supplier<List<Channel>> channels, BatchTransport transport, ListenerThread listener) {
        this.channels = channels;
        this.transport = transport;
        this.listener = listener;
    }

    ClientStats read() {
        List<Channel> read = channels.get();
        List<Lane> lanes =
                read.stream().flatMap(channel -> channel.lanes().stream()).toList();
        Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            long settled = 0;
            for (Lane lane : lanes) {
                settled += lane.counters().settled(outcome);
            }
            outcomes.put(outcome, settled);
        }
        outcomes.merge(Outcome.DISCARDED, sum(read, ResultCounters::unpublished), Long::sum);
        long inFlight = figure(lanes, Figure.IN_FLIGHT_EVENTS);
        long open = figure(lanes, Figure.OPEN_EVENTS);
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
        Map<CaptureResult, Long> answers = new EnumMap<>(CaptureResult.class);
        for (Channel channel : read) {
            channel.results().results().forEach((answer, count) -> answers.merge(answer, count, Long::sum));
        }
        return new ClientStats(
                answers,
                outcomes,
                new ClientStats.Pending(inRing, open, inFlight, 0),
                new ClientStats.Delivery(
                        figure(lanes, Figure.REQUESTS),
                        figure(lanes, Figure.RETRIES),
                        figure(lanes, Figure.SPLITS),
                        figure(lanes, Figure.TIMEOUTS),
                        figure(lanes, Figure.WIRE_BYTES),
                        figure(lanes, Figure.PLAIN_BYTES),
                        transport == null ? 0 : transport.restarts(),
                        new ClientStats.Verdicts(
                                figure(lanes, Figure.VERDICT_OK),
                                figure(lanes, Figure.VERDICT_WARNING),
                                figure(lanes, Figure.VERDICT_LIMITED),
                                figure(lanes, Figure.VERDICT_UNKNOWN),
                                figure(lanes, Figure.VERDICT_MISSING),
                                figure(lanes, Figure.UNREADABLE))),
                new ClientStats.Ring(slots, occupied, arenaBytes),
                ClientStats.Spool.NONE,
                ClientStats.Health.NONE,
                sum(read, ResultCounters::valuesReplaced),
                sum(read, ResultCounters::personless),
                listener == null ? 0 : listener.dropped());
    }

    private static long sum(List<Channel> channels, ToLongFunction<ResultCounters> count) {
        return channels.stream().map(Channel::results).mapToLong(count).sum();
    }

    private static long figure(List<Lane> lanes, Figure figure) {
        long sum = 0;
        for (Lane lane : lanes) {
            LaneCounters counters = lane.counters();
            sum += counters.figure(figure);
        }
        return sum;
    }
}
