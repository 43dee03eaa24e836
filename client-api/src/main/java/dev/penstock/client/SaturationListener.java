package dev.penstock.client;

/**
 * Told when events come faster than they leave, early enough to do something about it, and when that is over.
 *
 * <p>What an application can do: leave out what matters least, take a sample, slow down an import. The client's
 * {@code remainingCapacity()} says at any moment how much room is left.
 *
 * <p><b>Threads:</b> called on one thread of the client's own, one call at a time. It must not throw; what it throws is
 * logged. While it is busy, changes that take each other back are not told.
 */
@FunctionalInterface
public interface SaturationListener {

    /**
     * The client has become saturated, or is so no longer. Calls alternate, and the first one says saturated.
     *
     * @param change what is the case now
     */
    void onSaturation(SaturationChange change);
}
