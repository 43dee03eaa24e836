package dev.penstock.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/** Capture times of all producers: a recorder each, gathered by the one thread that reports. */
final class CaptureTimes {
    static final long HIGHEST_NS = TimeUnit.MINUTES.toNanos(10);
    private static final int DIGITS = 3;

    private final List<SingleWriterRecorder> recorders = new ArrayList<>();
    private final List<Histogram> spares = new ArrayList<>();
    private final Histogram interval = new Histogram(1, HIGHEST_NS, DIGITS);
    private final Histogram total = new Histogram(1, HIGHEST_NS, DIGITS);

    /** Makes a recorder for one producer; before any thread starts. */
    SingleWriterRecorder recorder() {
        SingleWriterRecorder recorder = new SingleWriterRecorder(1, HIGHEST_NS, DIGITS);
        recorders.add(recorder);
        spares.add(null);
        return recorder;
    }

    /** What was measured since the last call; valid until the next. */
    Histogram interval() {
        interval.reset();
        for (int i = 0; i < recorders.size(); i++) {
            Histogram part = recorders.get(i).getIntervalHistogram(spares.get(i));
            interval.add(part);
            spares.set(i, part);
        }
        total.add(interval);
        return interval;
    }

    /** Everything measured up to now. */
    Histogram total() {
        interval();
        return total;
    }
}
