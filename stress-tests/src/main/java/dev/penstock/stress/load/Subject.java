package dev.penstock.stress.load;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientStats;
import dev.penstock.client.CloseReport;
import dev.penstock.client.FlushResult;
import java.net.URI;
import java.time.Duration;

/** A client under test, whatever it speaks. <b>Threads:</b> as the client. */
public interface Subject extends AutoCloseable {

    /**
     * Opens a client.
     *
     * @param name of its threads
     * @param setup its options
     * @param host where it sends to
     * @param outcomes told how each event ended
     * @return the client, to be closed
     */
    static Subject open(String name, Setup setup, URI host, Outcomes outcomes) {
        return setup.wire() == Wire.SEGMENT
                ? new SegmentSubject(name, setup, host, outcomes)
                : new PostHogSubject(name, setup, host, outcomes);
    }

    /**
     * Captures an event.
     *
     * @param high first half of its id
     * @param low second half of its id
     * @param number what it says of itself in the property {@code n}
     * @param padding what makes it long
     * @return the client's answer
     */
    CaptureResult capture(long high, long low, int number, String padding);

    /**
     * The client's account.
     *
     * @return see {@link dev.penstock.client.CaptureClient#stats()}
     */
    ClientStats stats();

    /**
     * Flushes.
     *
     * @param timeout at most
     * @return see {@link dev.penstock.client.CaptureClient#flush}
     */
    FlushResult flush(Duration timeout);

    /**
     * Closes.
     *
     * @param timeout at most
     * @return see {@link dev.penstock.client.CaptureClient#close(Duration)}
     */
    CloseReport close(Duration timeout);

    @Override
    default void close() {
        close(Duration.ofSeconds(5));
    }
}
