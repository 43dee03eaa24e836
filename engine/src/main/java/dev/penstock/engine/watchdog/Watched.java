package dev.penstock.engine.watchdog;

/**
 * Something that works on a thread of its own and can stand still.
 *
 * <p><b>Threads:</b> called by the watchdog alone, which must not be held up: nothing here may wait.
 */
public interface Watched {

    /**
     * Which part of the engine it is.
     *
     * @return the part
     */
    Part part();

    /**
     * The name of its thread, as a thread dump has it.
     *
     * @return the name
     */
    String name();

    /**
     * A number that changes whenever it gets on with its work.
     *
     * @return the number
     */
    long progress();

    /**
     * Whether there is anything to get on with.
     *
     * @return true if there is
     */
    boolean hasWork();

    /**
     * The thread, to say where it stands.
     *
     * @return the thread, or null if it is not known
     */
    default Thread thread() {
        return null;
    }

    /**
     * Whether its thread has ended although it was not asked to.
     *
     * @return true if somebody must help
     */
    default boolean hasDied() {
        return false;
    }

    /**
     * How much longer than others it may take without being said to stand still.
     *
     * @return nanoseconds
     */
    default long patienceNs() {
        return 0;
    }

    /**
     * Helps: starts again what has ended, replaces what stands still.
     *
     * @return false if it could not, or nothing can be done
     */
    default boolean recover() {
        return false;
    }
}
