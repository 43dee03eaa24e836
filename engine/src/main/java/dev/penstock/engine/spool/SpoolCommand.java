package dev.penstock.engine.spool;

/**
 * Something a caller wants of the spool.
 *
 * <p><b>Threads:</b> made by any, run or refused by the spool's thread.
 */
sealed interface SpoolCommand {

    void run(SpoolStore store);

    /** Tells whoever waits, if nobody told it yet, that nothing came of it. */
    void refuse(String reason);

    /** To append a record; what it tells its sink, it tells once. */
    final class Append implements SpoolCommand, AppendSink {

        private final SpoolRecord record;
        private final AppendSink sink;
        private boolean told;

        Append(SpoolRecord record, AppendSink sink) {
            this.record = record;
            this.sink = sink;
        }

        @Override
        public void run(SpoolStore store) {
            store.append(record, this);
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
