package dev.penstock.client.flags;

/**
 * Told when definitions have changed, after the first load too.
 *
 * <p><b>Threads:</b> called on the client's listener thread, one call at a time. It must not throw; what it throws is
 * logged. A slow listener delays later notices, never evaluations.
 */
@FunctionalInterface
public interface FlagChangeListener {

    /**
     * Definitions have changed; evaluations already answer by the new ones.
     *
     * @param change what is different; at least one of its sets is not empty
     */
    void onChange(FlagChange change);
}
