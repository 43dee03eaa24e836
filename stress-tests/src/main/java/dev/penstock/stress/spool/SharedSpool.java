package dev.penstock.stress.spool;

import dev.penstock.client.SpoolMode;
import dev.penstock.client.SpoolSettings;
import dev.penstock.client.SpoolSync;
import dev.penstock.engine.spool.AppendSink;
import dev.penstock.engine.spool.PendingAppend;
import dev.penstock.engine.spool.Spool;
import dev.penstock.engine.spool.SpoolRecord;
import dev.penstock.engine.spool.TakeSink;
import dev.penstock.engine.stats.DistinctErrors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** One spool for all tests of a process, since each has a thread and files. Any thread. */
final class SharedSpool {
    /** No record was there. */
    static final int NOTHING = 0;
    /** A record as it was appended. */
    static final int WHOLE = 1;
    /** A record that nobody appended so. */
    static final int BROKEN = 2;

    private static final int PENDING = -1;
    private static final int BYTES = 300;
    private static final long PARK_NS = 1_000;

    private static final Spool SPOOL = open();

    private SharedSpool() {}

    private static Spool open() {
        try {
            Path directory = Files.createTempDirectory("penstock-spool-stress-");
            SpoolSettings settings = SpoolSettings.builder(directory)
                    .mode(SpoolMode.ALWAYS)
                    .sync(SpoolSync.NONE)
                    .segmentBytes(1 << 20)
                    .build();
            Spool spool = Spool.open(
                    settings,
                    task -> {
                        Thread thread = new Thread(task, "spool");
                        thread.setDaemon(true);
                        return thread;
                    },
                    new DistinctErrors(() -> System.getLogger("stress"), "stress", 1, null),
                    (ids, events, reason) -> {});
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(spool, directory)));
            return spool;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void end(Spool spool, Path directory) {
        spool.close(System.nanoTime() + TimeUnit.SECONDS.toNanos(5));
        try (Stream<Path> inside = Files.walk(directory)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Appends a record that says its value throughout, and leaves it to whoever takes it; false if it was not stored. */
    static boolean append(byte value) {
        return begin(value).isStored();
    }

    /**
     * An append under way.
     *
     * @param pending for withdrawing it
     * @param told what became of it
     */
    record Append(PendingAppend pending, AtomicInteger told) {

        boolean withdraw() {
            return pending.withdraw();
        }

        /** Waits until it is known. */
        boolean isStored() {
            return await(told) == 1;
        }
    }

    /** Begins to append such a record. */
    static Append begin(byte value) {
        byte[] events = new byte[BYTES];
        Arrays.fill(events, value);
        AtomicInteger told = new AtomicInteger(PENDING);
        PendingAppend pending = SPOOL.append(
                new SpoolRecord(
                        1, false, 0, new byte[0], events, 0, BYTES, BYTES, value, new int[] {0, BYTES}, new long[] {
                            value, value
                        }),
                new AppendSink() {
                    @Override
                    public void stored(long recordId) {
                        SPOOL.release(recordId, 1, 0);
                        told.set(1);
                    }

                    @Override
                    public void notStored(String reason) {
                        told.set(0);
                    }
                });
        return new Append(pending, told);
    }

    /** Takes a record and ends it; tells what it was. */
    static int take() {
        AtomicInteger told = new AtomicInteger(PENDING);
        SPOOL.take(new TakeSink() {
            @Override
            public void taken(long recordId, SpoolRecord record) {
                SPOOL.acknowledge(recordId);
                told.set(isWhole(record) ? WHOLE : BROKEN);
            }

            @Override
            public void none() {
                told.set(NOTHING);
            }
        });
        return await(told);
    }

    private static boolean isWhole(SpoolRecord record) {
        boolean whole = record.length() == BYTES
                && record.count() == 1
                && record.uuids()[0] == record.checksum()
                && record.uuids()[1] == record.checksum();
        for (int i = 0; i < BYTES && whole; i++) {
            whole = record.events()[record.offset() + i] == record.checksum();
        }
        return whole;
    }

    private static int await(AtomicInteger told) {
        while (told.get() == PENDING) {
            LockSupport.parkNanos(PARK_NS);
        }
        return told.get();
    }
}
