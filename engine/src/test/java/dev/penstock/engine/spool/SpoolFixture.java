package dev.penstock.engine.spool;

import dev.penstock.client.SpoolSettings;
import dev.penstock.engine.spool.Sinks.Appended;
import dev.penstock.engine.spool.Sinks.Losses;
import dev.penstock.engine.spool.Sinks.Taken;
import dev.penstock.engine.stats.DistinctErrors;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.RecordingLogger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A spool in a directory that can be closed and opened again. */
final class SpoolFixture implements AutoCloseable {

    final RecordingLogger logger = new RecordingLogger();
    final DistinctErrors errors = new DistinctErrors(() -> logger, "test", 0, null);
    final Losses losses = new Losses();
    private final SpoolSettings settings;
    private Spool spool;
    private volatile Thread thread;

    SpoolFixture(SpoolSettings settings) {
        this.settings = settings;
        open();
    }

    static SpoolSettings.Builder settings(Path directory) {
        return SpoolSettings.builder(directory).segmentBytes(64 * 1024).maxBytes(1 << 20);
    }

    void open() {
        spool = Spool.open(settings, this::newThread, errors, losses);
        Await.until(spool::hasRecovered, "the spool has recovered");
    }

    private Thread newThread(Runnable task) {
        thread = new Thread(task, "penstock-test-spool");
        thread.setDaemon(true);
        return thread;
    }

    Thread thread() {
        return thread;
    }

    Spool spool() {
        return spool;
    }

    SpoolCounters counters() {
        return spool.counters();
    }

    void reopen() {
        close();
        open();
    }

    Appended append(SpoolRecord record) {
        Appended appended = new Appended();
        spool.append(record, appended);
        return appended;
    }

    /** Appends a record and leaves it to whoever takes it. */
    long leave(SpoolRecord record) {
        long id = append(record).id();
        spool.release(id, record.count(), 0);
        return id;
    }

    Taken take() {
        Taken taken = new Taken();
        spool.take(taken);
        taken.record();
        return taken;
    }

    /** Takes all there is, and acknowledges it or not. */
    List<String> takeAll(boolean acknowledge) {
        List<String> all = new ArrayList<>();
        for (Taken taken = take(); taken.record() != null; taken = take()) {
            all.add(Records.text(taken.record()));
            if (acknowledge) {
                spool.acknowledge(taken.id());
            }
        }
        return all;
    }

    /** Returns when everything asked before is done. */
    void settle() {
        Await.until(() -> !spool.hasWork(), "the spool has nothing to do");
    }

    List<String> warnings() {
        errors.report(System.nanoTime());
        return logger.from(System.Logger.Level.WARNING);
    }

    @Override
    public void close() {
        boolean ended = spool.close(System.nanoTime() + Duration.ofSeconds(15).toNanos());
        if (!ended) {
            throw new AssertionError("the spool has not ended");
        }
    }
}
