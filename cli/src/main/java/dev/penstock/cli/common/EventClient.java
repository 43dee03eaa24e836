package dev.penstock.cli.common;

import dev.penstock.client.ClientStats;
import dev.penstock.client.CloseReport;
import dev.penstock.client.FlushResult;
import dev.penstock.client.PropertyKey;
import dev.penstock.client.SelfCheckReport;
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
     * Looks at the way to the server, the key included, without sending an event. Blocks.
     *
     * @param timeout the longest time for all steps together
     * @return what was found
     */
    SelfCheckReport selfCheck(Duration timeout);

    /**
     * Sends what is pending and stops. Bounded, idempotent.
     *
     * @param timeout the longest time to spend on delivery
     * @return the final account
     */
    CloseReport close(Duration timeout);

    /**
     * Stops without waiting for the server any longer: what is pending stays in the spool, or is discarded where there is
     * none. Bounded, idempotent.
     *
     * @return the final account
     */
    CloseReport giveUp();

    @Override
    void close();
}
