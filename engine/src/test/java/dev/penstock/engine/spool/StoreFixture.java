package dev.penstock.engine.spool;

import dev.penstock.client.SpoolSettings;
import dev.penstock.engine.spool.Sinks.Appended;
import dev.penstock.engine.spool.Sinks.Losses;
import dev.penstock.engine.spool.Sinks.Taken;
import dev.penstock.engine.stats.DistinctErrors;
import dev.penstock.engine.testing.ManualClock;
import dev.penstock.engine.testing.RecordingLogger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The spool without its thread, on a fake disk, with a clock that is moved by hand: every command ends a turn. */
final class StoreFixture {

    final RecordingLogger logger = new RecordingLogger();
    final DistinctErrors errors = new DistinctErrors(() -> logger, "test", 0, null);
    final ManualClock clock = new ManualClock(Instant.EPOCH);
    final Losses losses = new Losses();
    private final SpoolSettings settings;
    private FakeDisk disk = new FakeDisk();
    private SpoolCounters counters;
    private SpoolStore store;

    StoreFixture(SpoolSettings settings) {
        this.settings = settings;
        open();
    }

    /** Opens it on what is there, with figures that begin at zero. */
    void open() {
        counters = new SpoolCounters();
        store = new SpoolStore(new SpoolSurroundings(
                settings,
                disk,
                counters,
                errors,
                losses,
                clock,
                () -> clock.instant().toEpochMilli()));
        while (store.hasMore()) {
            store.endTurn();
        }
    }

    void openOn(FakeDisk next) {
        disk = next;
        open();
    }

    void close() {
        store.close();
    }

    void reopen() {
        close();
        open();
    }

    FakeDisk disk() {
        return disk;
    }

    SpoolStore store() {
        return store;
    }

    SpoolCounters counters() {
        return counters;
    }

    Appended append(SpoolRecord record) {
        Appended appended = new Appended();
        store.append(record, appended);
        store.endTurn();
        return appended;
    }

    /** Appends all of them in one turn. */
    List<Appended> appendTogether(List<SpoolRecord> records) {
        List<Appended> all = new ArrayList<>();
        for (SpoolRecord record : records) {
            all.add(new Appended());
            store.append(record, all.get(all.size() - 1));
        }
        store.endTurn();
        return all;
    }

    long leave(SpoolRecord record) {
        long id = append(record).id();
        release(id, 0);
        return id;
    }

    void acknowledge(long id) {
        store.acknowledge(id);
        store.endTurn();
    }

    void release(long id, long delayNs) {
        store.release(id, delayNs);
        store.endTurn();
    }

    Taken take() {
        Taken taken = new Taken();
        store.take(taken);
        store.endTurn();
        return taken;
    }

    List<String> takeAll(boolean acknowledge) {
        List<String> all = new ArrayList<>();
        for (Taken taken = take(); taken.record() != null; taken = take()) {
            all.add(Records.text(taken.record()));
            if (acknowledge) {
                acknowledge(taken.id());
            }
        }
        return all;
    }

    void pass(Duration time) {
        clock.advance(time);
        store.endTurn();
    }

    List<String> warnings() {
        errors.report(clock.nanoTime());
        return logger.from(System.Logger.Level.WARNING);
    }
}
