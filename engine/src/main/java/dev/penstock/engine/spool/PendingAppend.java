package dev.penstock.engine.spool;

/**
 * An append whose sink has perhaps not been told yet.
 *
 * <p><b>Threads:</b> any.
 */
@FunctionalInterface
public interface PendingAppend {

    /**
     * Takes the record back, if the store has not begun to write it.
     *
     * @return true, once, if it is not written and never will be, and its arrays are not read any more; the sink hears so
     *     all the same. Else false: it may be there, and the sink is told when the disk lets it
     */
    boolean withdraw();
}
