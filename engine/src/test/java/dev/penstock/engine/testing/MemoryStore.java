package dev.penstock.engine.testing;

import dev.penstock.engine.spool.AppendSink;
import dev.penstock.engine.spool.PendingAppend;
import dev.penstock.engine.spool.RecordStore;
import dev.penstock.engine.spool.SpoolRecord;
import dev.penstock.engine.spool.TakeSink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.NanoClock;

/**
 * A spool without a disk. It answers at once, or, while it is held, when it is let go on.
 *
 * <p><b>Threads:</b> one at a time.
 */
public final class MemoryStore implements RecordStore {

    private final NanoClock clock;
    private final Map<Long, Kept> kept = new TreeMap<>();
    private final Queue<Runnable> held = new ArrayDeque<>();
    private long nextId = 1;
    private boolean holding;
    private boolean writing;
    private String failure;
    private int appends;
    private int takes;

    private static final class Kept {
        private final SpoolRecord record;
        private boolean owned;
        private long notBeforeNs = Long.MIN_VALUE;

        Kept(SpoolRecord record, boolean owned) {
            this.record = record;
            this.owned = owned;
        }
    }

    public MemoryStore(NanoClock clock) {
        this.clock = clock;
    }

    @Override
    public PendingAppend append(SpoolRecord record, AppendSink sink) {
        appends++;
        AtomicBoolean decided = new AtomicBoolean(!holding || !writing);
        boolean begun = decided.get();
        writing = holding;
        byte[] given = record.events().clone();
        act(() -> {
            if (!begun && !decided.compareAndSet(false, true)) {
                sink.notStored("withdrawn");
            } else if (failure != null) {
                sink.notStored(failure);
            } else {
                if (!Arrays.equals(record.events(), given)) {
                    throw new AssertionError("somebody has changed what is being stored");
                }
                long id = nextId++;
                kept.put(id, new Kept(copy(record), true));
                sink.stored(id);
            }
        });
        return () -> decided.compareAndSet(false, true);
    }

    @Override
    public void acknowledge(long recordId) {
        act(() -> kept.remove(recordId));
    }

    @Override
    public void release(long recordId, int events, long delayNs) {
        act(() -> {
            Kept record = kept.get(recordId);
            record.owned = false;
            record.notBeforeNs = clock.nanoTime() + delayNs;
        });
    }

    @Override
    public void take(TakeSink sink) {
        takes++;
        act(() -> {
            for (Map.Entry<Long, Kept> entry : kept.entrySet()) {
                if (isFree(entry.getValue())) {
                    entry.getValue().owned = true;
                    sink.taken(entry.getKey(), copy(entry.getValue().record));
                    return;
                }
            }
            sink.none();
        });
    }

    @Override
    public boolean hasBacklog() {
        return kept.values().stream().anyMatch(this::isFree);
    }

    private boolean isFree(Kept record) {
        return !record.owned && (record.notBeforeNs == Long.MIN_VALUE || clock.nanoTime() - record.notBeforeNs >= 0);
    }

    private void act(Runnable action) {
        if (holding) {
            held.add(action);
        } else {
            action.run();
        }
    }

    private static SpoolRecord copy(SpoolRecord record) {
        return new SpoolRecord(
                record.protocol(),
                record.historical(),
                record.encoding(),
                record.envelope().clone(),
                Arrays.copyOfRange(record.events(), record.offset(), record.offset() + record.length()),
                0,
                record.length(),
                record.plainLength(),
                record.checksum(),
                record.starts().clone(),
                record.uuids().clone());
    }

    /** Answers nothing until {@link #goOn()}: it has begun with the first append that comes, and with no other. */
    public void hold() {
        holding = true;
    }

    /** Does what was held. */
    public void goOn() {
        holding = false;
        writing = false;
        for (Runnable next = held.poll(); next != null; next = held.poll()) {
            next.run();
        }
    }

    /** Does the first thing that was held, if there is one, and goes on holding. */
    public void letOne() {
        if (!held.isEmpty()) {
            held.remove().run();
        }
    }

    /** Stores nothing from now on, for this reason; null for storing again. */
    public void fail(String reason) {
        failure = reason;
    }

    /** Forgets who owns what, as a new run does. */
    public void restart() {
        kept.values().forEach(record -> {
            record.owned = false;
            record.notBeforeNs = Long.MIN_VALUE;
        });
    }

    /** Records that are not acknowledged. */
    public int records() {
        return kept.size();
    }

    /** Events in records that belong to nobody. */
    public long pendingEvents() {
        return kept.values().stream()
                .filter(record -> !record.owned)
                .mapToLong(record -> record.record.count())
                .sum();
    }

    /** The records that each event is in. */
    public Map<UUID, List<String>> places() {
        Map<UUID, List<String>> places = new HashMap<>();
        kept.forEach((id, each) -> {
            long[] halves = each.record.uuids();
            for (int i = 0; i < halves.length; i += 2) {
                places.computeIfAbsent(new UUID(halves[i], halves[i + 1]), event -> new ArrayList<>())
                        .add("record " + id + (each.owned ? ", owned" : ""));
            }
        });
        return places;
    }

    /** Records that belong to somebody. */
    public long owned() {
        return kept.values().stream().filter(record -> record.owned).count();
    }

    /** How many times something was to be stored. */
    public int appends() {
        return appends;
    }

    /** How many times something was asked for. */
    public int takes() {
        return takes;
    }

    /** A record that is not acknowledged, by its place. */
    public SpoolRecord record(int index) {
        return kept.values().stream().skip(index).findFirst().orElseThrow().record;
    }
}
