package dev.penstock.engine.transport;

/** A fetch under way. */
public interface Fetch {

    /**
     * Gives the request up. If its answer is decided already, the sink is told that, before this returns or by whoever is
     * at it.
     *
     * @return true if this has ended the fetch and the sink will never be told
     */
    boolean cancel();
}
