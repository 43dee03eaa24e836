package dev.penstock.engine.listener;

/**
 * Told of events that have got their outcome.
 *
 * <p><b>Threads:</b> only pipeline threads, several when there are several lanes. Hands over and returns.
 */
public interface SettlementSink {

    /**
     * Whether there is anybody to be told; if not, the events' bytes are used again at once.
     *
     * @return true if somebody is waiting or listening now
     */
    boolean wantsOutcomes();

    /**
     * Some events of one batch have ended.
     *
     * @param events which and how; belongs to the sink from now on
     */
    void settled(SettledEvents events);
}
