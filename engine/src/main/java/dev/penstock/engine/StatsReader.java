package dev.penstock.engine;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientStats;
import dev.penstock.client.Outcome;
import dev.penstock.engine.listener.ListenerThread;
import dev.penstock.engine.pipeline.LaneCounters;
import dev.penstock.engine.pipeline.LaneCounters.Figure;
import dev.penstock.engine.spool.SpoolCounters;
import dev.penstock.engine.stats.ResultCounters;
import dev.penstock.engine.transport.BatchTransport;
import dev.penstock.engine.watchdog.Watchdog;
import dev.penstock.engine.watchdog.WatchdogCounters;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Reads the account from where each part of it is kept.
 *
 * <p>Outcomes are read before acceptances, so that an event counted in the one is counted in the other. Places are read in
 * the order in which an event passes them: one that moves on meanwhile is seen twice rather than nowhere. One that comes back
 * from the disk meanwhile may be seen nowhere.
 *
 * <p><b>Threads:</b> any.
 */
final class StatsReader {

    private final Supplier<List<Channel>> channels;
    private final BatchTransport transport;
    private final ListenerThread listener;
    private final EngineCore core;
    private final Watchdog watchdog;

    /**
     * Makes a reader.
     *
     * @param channels those whose account it is
     * @param transport told how often it was rebuilt; may be null
     * @param listener told what it dropped; may be null
     * @param core has the spool; null for the account of a part, to which they do not belong
     * @param watchdog tells what stood still; may be null
     */
    StatsReader(
            Supplier<List<Channel>> channels,
            BatchTransport transport,
            ListenerThread listener,
            EngineCore core,
            Watchdog watchdog) {
        this.watchdog = watchdog;
        this.channels = channels;
        this.core = core;
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
        SpoolCounters spool =
                core == null || core.spool() == null ? null : core.spool().counters();
        if (spool != null) {
            outcomes.merge(Outcome.DISCARDED, spool.discardedEvents(), Long::sum);
        }
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
        long open = figure(lanes, Figure.OPEN_EVENTS);
        long inFlight = 0;
        for (Lane lane : lanes) {
            inFlight += lane.counters().arriving();
            inFlight += lane.counters().figure(Figure.IN_FLIGHT_EVENTS);
        }
        Map<CaptureResult, Long> answers = new EnumMap<>(CaptureResult.class);
        for (Channel channel : read) {
            channel.results().results().forEach((answer, count) -> answers.merge(answer, count, Long::sum));
        }
        return new ClientStats(
                answers,
                outcomes,
                new ClientStats.Pending(inRing, open, inFlight, spool == null ? 0 : spool.pendingEvents()),
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
                spool == null ? ClientStats.Spool.NONE : shown(spool, figure(lanes, Figure.UNKEPT_EVENTS)),
                core == null ? ClientStats.Health.NONE : health(lanes),
                sum(read, ResultCounters::valuesReplaced),
                sum(read, ResultCounters::personless),
                listener == null ? 0 : listener.dropped());
    }

    private static ClientStats.Spool shown(SpoolCounters spool, long unkept) {
        return new ClientStats.Spool(
                spool.records(),
                spool.bytes(),
                spool.recovered(),
                spool.storedEvents(),
                spool.failedEvents() + unkept,
                spool.discardedEvents(),
                spool.damagedRecords(),
                spool.tornBytes(),
                spool.filesSetAside());
    }

    private ClientStats.Health health(List<Lane> lanes) {
        WatchdogCounters stalls = watchdog == null ? new WatchdogCounters() : watchdog.counters();
        return new ClientStats.Health(
                stalls.pipelineStalls(),
                lanes.stream().mapToLong(Lane::restarts).sum(),
                stalls.ioStalls(),
                stalls.listenerStalls(),
                stalls.spoolStalls(),
                figure(lanes, Figure.CIRCUIT_OPENINGS));
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
