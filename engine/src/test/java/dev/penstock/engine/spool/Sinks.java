package dev.penstock.engine.spool;

import dev.penstock.engine.testing.Await;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Sinks that remember what they were told, and complain when they are told twice. */
final class Sinks {

    private Sinks() {}

    /** Remembers what became of one append. */
    static final class Appended implements AppendSink {

        private final CountDownLatch told = new CountDownLatch(1);
        private volatile long id = -1;
        private volatile String reason;
        private volatile int times;

        @Override
        public synchronized void stored(long recordId) {
            times++;
            id = recordId;
            told.countDown();
        }

        @Override
        public synchronized void notStored(String why) {
            times++;
            reason = why;
            told.countDown();
        }

        boolean isTold() {
            return told.getCount() == 0;
        }

        int times() {
            return times;
        }

        /** The id, or null if it was not stored or nobody said so yet. */
        Long idNow() {
            return id < 0 ? null : id;
        }

        long id() {
            Await.latch(told, "an append is told");
            if (id < 0) {
                throw new AssertionError("not stored: " + reason);
            }
            return id;
        }

        /** Waits until it is told, and says whether it was stored. */
        boolean succeeds() {
            Await.latch(told, "an append is told");
            return id >= 0;
        }

        String reason() {
            Await.latch(told, "an append is told");
            if (reason == null) {
                throw new AssertionError("stored as " + id);
            }
            return reason;
        }
    }

    /** Remembers what one take has found. */
    static final class Taken implements TakeSink {

        private final CountDownLatch told = new CountDownLatch(1);
        private volatile long id = -1;
        private volatile SpoolRecord record;
        private volatile int times;

        @Override
        public synchronized void taken(long recordId, SpoolRecord found) {
            times++;
            id = recordId;
            record = found;
            told.countDown();
        }

        @Override
        public synchronized void none() {
            times++;
            told.countDown();
        }

        int times() {
            return times;
        }

        long id() {
            record();
            return id;
        }

        /** The record, or null if there was none. */
        SpoolRecord record() {
            Await.latch(told, "a take is told");
            return record;
        }
    }

    /** A loss. */
    record Loss(Integer protocol, List<Long> uuids, int events, String reason) {}

    /** Remembers losses. */
    static final class Losses implements LossSink {

        private final List<Loss> all = new CopyOnWriteArrayList<>();

        @Override
        public void lost(RecordIds ids, int events, String reason) {
            all.add(
                    ids == null
                            ? new Loss(null, null, events, reason)
                            : new Loss(
                                    ids.protocol(),
                                    Arrays.stream(ids.uuids()).boxed().toList(),
                                    events,
                                    reason));
        }

        List<Loss> all() {
            return all;
        }

        int events() {
            return all.stream().mapToInt(Loss::events).sum();
        }
    }
}
