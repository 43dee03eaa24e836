package dev.penstock.cli.common;

import dev.penstock.client.ClientStats;
import dev.penstock.client.CloseReport;
import dev.penstock.client.FlushResult;
import dev.penstock.client.PropertyKey;
import java.time.Duration;

/**
 * What a command needs of a client, whatever it speaks; {@link WireProtocol#open} makes one.
 * <p>
 * <b>Threads:</b> any thread.
 */
public interface EventClient extends AutoCloseable {

    /**
     * Makes a way in for one thread.
     *
     * @return a new one, to be used for event after event
     */
    OutgoingEvent outgoing();

    /**
     * Registers a property key, which costs less than its text.
     *
     * @param name the property's name
     * @return the key
     */
    PropertyKey propertyKey(String name);

    /**
     * The largest event that is accepted.
     *
     * @return bytes of JSON
     */
    int maxEventBytes();

    /**
     * Reads the account.
     *
     * @return the account now
     */
    ClientStats stats();

    /**
     * Sends what was accepted and waits for its outcome.
     *
     * @param timeout the longest time to wait
     * @return how it ended
     */
    FlushResult flush(Duration timeout);

    /**
     * Sends what is pending and stops. Bounded, idempotent.
     *
     * @param timeout the longest time to spend on delivery
     * @return the final account
     */
    CloseReport close(Duration timeout);

    /**
     * Stops now; what is pending is discarded.
     *
     * @return the final account
     */
    CloseReport discard();

    @Override
    void close();
}
