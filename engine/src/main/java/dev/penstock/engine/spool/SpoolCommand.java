package dev.penstock.engine.spool;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Something a caller wants of the spool.
 *
 * <p><b>Threads:</b> made, and withdrawn, by any; run or refused by the spool's thread.
 */
sealed interface SpoolCommand {

    void run(SpoolStore store);

    /** Tells whoever waits, if nobody told it yet, that nothing came of it. */
    void refuse(String reason);

    /** To append a record, or to withdraw it before that begins; what it tells its sink, it tells once. */
    final class Append implements SpoolCommand, AppendSink, PendingAppend {

        private final AppendSink sink;

        /** Null once it is withdrawn: a disk that hangs must not hold memory. */
        private SpoolRecord record;

        /** Whether it is begun or withdrawn, which cannot be undone. */
        private final AtomicBoolean decided = new AtomicBoolean();

        private boolean told;

        Append(SpoolRecord record, AppendSink sink) {
            this.record = record;
            this.sink = sink;
        }

        @Override
        public void run(SpoolStore store) {
            if (decided.compareAndSet(false, true)) {
                store.append(record, this);
            } else {
                notStored("withdrawn");
            }
        }

        @Override
        public boolean withdraw() {
            boolean inTime = decided.compareAndSet(false, true);
            if (inTime) {
                record = null;
            }
            return inTime;
        }

        @Override
        public void stored(long recordId) {
            if (!told) {
                told = true;
                sink.stored(recordId);
            }
        }

        @Override
        public void notStored(String reason) {
            if (!told) {
                told = true;
                sink.notStored(reason);
            }
        }

        @Override
        public void refuse(String reason) {
            notStored(reason);
        }
    }

    /**
     * To take a record. A sink that throws was not told: nobody has the record then, and the sink hears that there is none.
     */
    final class Take implements SpoolCommand, TakeSink {

        private final TakeSink sink;
        private boolean told;

        Take(TakeSink sink) {
            this.sink = sink;
        }

        @Override
        public void run(SpoolStore store) {
            store.take(this);
        }

        @Override
        public void taken(long recordId, SpoolRecord record) {
            sink.taken(recordId, record);
            told = true;
        }

        @Override
        public void none() {
            if (!told) {
                sink.none();
                told = true;
            }
        }

        @Override
        public void refuse(String reason) {
            none();
        }
    }

    /** To end a record. */
    record Acknowledge(long recordId) implements SpoolCommand {

        @Override
        public void run(SpoolStore store) {
            store.acknowledge(recordId);
        }

        @Override
        public void refuse(String reason) {
            // the record stays on disk and is sent again
        }
    }

    /** To leave a record to others. */
    record Release(long recordId, int events, long delayNs) implements SpoolCommand {

        @Override
        public void run(SpoolStore store) {
            store.release(recordId, delayNs);
            store.released(events);
        }

        @Override
        public void refuse(String reason) {
            // the record stays on disk, and its events pending
        }
    }
}
