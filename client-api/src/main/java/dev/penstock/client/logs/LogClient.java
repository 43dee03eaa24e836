package dev.penstock.client.logs;

import dev.penstock.client.CaptureResult;

/**
 * Captures structured log records and delivers them in the background.
 *
 * <p>Records have a ring, a pipeline and bounds of their own ({@link LogSettings}) and go to {@code /i/v1/logs}; they
 * never share a request with events. {@link dev.penstock.client.CaptureClient#flush} and {@link
 * dev.penstock.client.CaptureClient#close} cover them. They are kept in memory only.
 *
 * <p>A record gets {@code posthogDistinctId}, {@code sessionId} and {@code feature_flags} (the keys of active flags) from
 * the request context it is captured in, as they are at that moment. Its own attributes win over them.
 *
 * <p><b>Threads:</b> any thread, any number of them; wakes no other thread. The first record that passes hooks and rate cap
 * starts the ring and its thread, and takes a lock for it, once; after that no lock is taken. A full ring is waited for only
 * under {@link dev.penstock.client.OverflowPolicy#WAIT}, no longer than for events. <b>Allocation:</b> the record and what its
 * attributes need.
 */
public interface LogClient {

    /**
     * Captures a record. Never throws: what is wrong with a record is in the answer.
     *
     * @param record the record; null is answered {@link CaptureResult#INVALID}. Its attributes' values are read during the
     *     call and free to change afterwards
     * @return what became of it; never null. {@link CaptureResult#INVALID} without a body, {@link CaptureResult#FILTERED}
     *     if a {@linkplain LogSettings.Builder#beforeSend hook} dropped it, {@link CaptureResult#SAMPLED} if the {@linkplain
     *     LogSettings.Builder#maxLogs rate cap} is reached
     */
    CaptureResult captureLog(LogRecord record);

    /**
     * The short form.
     *
     * @return a logger, always the same; never null
     */
    Logger logger();
}
