package dev.penstock.cli.demo;

import dev.penstock.client.CaptureResult;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * Captures impressions until its quota is met or it is stopped. An event that finds the ring full is tried again after a
 * short park, so that nothing is skipped; each try is timed. Runs on a thread of its own.
 */
final class Producer implements Runnable {
    private static final long PARK_NS = 75_000;

    private final ImpressionCapture capture;
    private final ImpressionStream stream;
    private final SingleWriterRecorder times;
    private final long quota;
    private final double intervalNs;
    private final double offsetNs;
    private volatile boolean stopped;
    private volatile CaptureResult failure;
    private long accepted;

    Producer(
            ImpressionCapture capture,
            ImpressionStream stream,
            SingleWriterRecorder times,
            long quota,
            double intervalNs,
            double offsetNs) {
        this.capture = capture;
        this.stream = stream;
        this.times = times;
        this.quota = quota;
        this.intervalNs = intervalNs;
        this.offsetNs = offsetNs;
    }

    void stop() {
        stopped = true;
    }

    /** The answer that ended this producer early; null if none did. */
    CaptureResult failure() {
        return failure;
    }

    /** How many events were accepted; read after the thread has ended. */
    long accepted() {
        return accepted;
    }

    /** Depends on every string read; keeps those reads alive. */
    int touched() {
        return stream.touched();
    }

    @Override
    public void run() {
        long start = System.nanoTime();
        while (accepted < quota && !stopped) {
            stream.next();
            if (intervalNs > 0) {
                awaitTurn(start + (long) (offsetNs + accepted * intervalNs));
            }
            CaptureResult result = send();
            if (result == CaptureResult.ACCEPTED) {
                accepted++;
            } else if (result != CaptureResult.RING_FULL) {
                failure = result;
                return;
            }
        }
    }

    private CaptureResult send() {
        CaptureResult result = timed();
        while (result == CaptureResult.RING_FULL && !stopped) {
            LockSupport.parkNanos(PARK_NS);
            result = timed();
        }
        return result;
    }

    private CaptureResult timed() {
        long start = System.nanoTime();
        CaptureResult result = capture.capture(stream);
        times.recordValue(Math.min(System.nanoTime() - start, CaptureTimes.HIGHEST_NS));
        return result;
    }

    private void awaitTurn(long intended) {
        for (long left = intended - System.nanoTime(); left > 0 && !stopped; left = intended - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, 50_000_000));
        }
    }
}
