package dev.penstock.engine.pipeline;

import dev.penstock.engine.ring.RecordHandler;
import java.util.List;

/**
 * The open batches of a lane, one for each route.
 *
 * <p>Why it is shaped so: a lane of one route, which most are, hands its records to the only batch there is and pays
 * nothing for the choice.
 *
 * <p><b>Threads:</b> only the pipeline thread.
 */
final class OpenBatches {

    private final BatchAssembler[] assemblers;
    private final RecordFilter[] filters;
    private final RecordHandler handler;

    /** Makes an assembler for each route. */
    OpenBatches(List<Route> routes, BatchDelivery delivery, Reports reports, BatchLimits limits) {
        assemblers = new BatchAssembler[routes.size()];
        filters = new RecordFilter[routes.size()];
        for (int i = 0; i < assemblers.length; i++) {
            assemblers[i] = new BatchAssembler(routes.get(i), delivery, reports, limits);
            filters[i] = routes.get(i).takes();
        }
        handler = assemblers.length == 1 ? assemblers[0] : this::choose;
    }

    /** Takes the lane's records. */
    RecordHandler handler() {
        return handler;
    }

    /** The last route takes every record. */
    private boolean choose(byte[] bytes, int offset, int length, Object[] references, int at) {
        int i = 0;
        while (i < filters.length - 1 && !filters[i].takes(bytes, offset)) {
            i++;
        }
        return assemblers[i].onRecord(bytes, offset, length, references, at);
    }

    /** The time that events of this turn open a batch at. */
    void setTime(long ns) {
        for (BatchAssembler assembler : assemblers) {
            assembler.setTime(ns);
        }
    }

    /** Closes what has been open for at least so long. */
    void sealOlderThan(long ageNs, long now) {
        for (BatchAssembler assembler : assemblers) {
            if (!assembler.isEmpty() && now - assembler.openedNs() >= ageNs) {
                assembler.seal();
            }
        }
    }

    /** How long until one has been open for so long; {@link Long#MAX_VALUE} if none is open. */
    long untilDueNs(long ageNs, long now) {
        long until = Long.MAX_VALUE;
        for (BatchAssembler assembler : assemblers) {
            if (!assembler.isEmpty()) {
                until = Math.min(until, ageNs - (now - assembler.openedNs()));
            }
        }
        return until;
    }

    /** Closes whatever is open. */
    void seal() {
        for (BatchAssembler assembler : assemblers) {
            assembler.seal();
        }
    }

    boolean isEmpty() {
        for (BatchAssembler assembler : assemblers) {
            if (!assembler.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Gives back native memory. */
    void close() {
        for (BatchAssembler assembler : assemblers) {
            assembler.close();
        }
    }
}
