package dev.penstock.cli.common;

import dev.penstock.client.ErrorListener;
import dev.penstock.client.SpoolMode;
import dev.penstock.client.SpoolSettings;

/**
 * How a command wants its client, whatever it speaks.
 *
 * @param name the client's name
 * @param key the project's API key, or the write key
 * @param host where to send
 * @param batchSize events that close a batch, 1 to {@link WireProtocol#maxBatchSize()}
 * @param gzip whether batches are compressed
 * @param purpose what is sent
 * @param spool whether and how events are kept on disk
 * @param log takes the client's log
 * @param complaints told about trouble
 * @param outcomes told how events ended; null for nobody
 */
public record ClientOptions(
        String name,
        String key,
        String host,
        int batchSize,
        boolean gzip,
        Purpose purpose,
        SpoolSettings spool,
        System.Logger log,
        ErrorListener complaints,
        OutcomeListener outcomes) {

    /** The ring of an import, which has one producer that can wait. */
    static final int IMPORT_RING_SLOTS = 32_768;
    /** Rides out an outage as long as the user's patience lasts. */
    static final int IMPORT_RETRIES = 100;

    /** Whether what is pending at the end can stay on disk. */
    boolean spools() {
        return spool.mode() != SpoolMode.OFF;
    }

    /** Shows no key. */
    @Override
    public String toString() {
        return "ClientOptions[name=" + name + ", host=" + host + ", batchSize=" + batchSize + ", gzip=" + gzip
                + ", purpose=" + purpose + ", spool=" + spool + "]";
    }

    /** What is sent. */
    public enum Purpose {
        /** What happens now, in this process. */
        LIVE,
        /** What happened elsewhere. */
        IMPORT,
        /** What happened elsewhere and long ago; the server is told so. */
        HISTORICAL_IMPORT
    }
}
