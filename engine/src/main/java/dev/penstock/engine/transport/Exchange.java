package dev.penstock.engine.transport;

/** A request under way. */
public interface Exchange {

    /**
     * Gives the request up. If its status has arrived, the sink is told it, before this returns; otherwise the sink may
     * or may not still be told. An ended exchange ignores this.
     */
    void cancel();

    /**
     * Whether nobody can read the request's body any more. True only after an ordinary end; a cancelled or failed
     * exchange may say false for ever, and its body must then be left to the garbage collector.
     *
     * @return true if the body may be reused
     */
    boolean isBodyReleased();
}
