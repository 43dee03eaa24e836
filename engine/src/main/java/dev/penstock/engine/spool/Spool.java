package dev.penstock.engine.spool;

import dev.penstock.client.SpoolSettings;
import dev.penstock.engine.stats.DistinctErrors;
import java.io.IOException;
import java.util.concurrent.ThreadFactory;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Keeps batches on disk until each of their events has a server's verdict.
 *
 * <p>A record that was appended or taken belongs to whoever did so, until {@link #acknowledge} ends it or {@link #release}
 * leaves it to the next {@link #take}. What is neither at the end stays on disk for the next start.
 *
 * <p><b>Threads:</b> any; nothing here waits for the disk but {@link #open} and {@link #close}. Commands of one thread are
 * carried out in its order. <b>Allocation:</b> a command; a taken record.
 */
public final class Spool implements RecordStore {

    private final SpoolThread thread;
    private final SpoolCounters counters;

    private Spool(SpoolThread thread, SpoolCounters counters) {
        this.thread = thread;
        this.counters = counters;
    }

    /**
     * Takes a directory and starts the thread, which first looks for what earlier runs have left.
     *
     * @param settings as configured
     * @param threads makes the thread
     * @param errors the funnel for trouble
     * @param losses told what is given up, possibly before this returns
     * @return the open spool
     * @throws SpoolException if the directory is in use, is none, or cannot be written
     */
    public static Spool open(SpoolSettings settings, ThreadFactory threads, DistinctErrors errors, LossSink losses) {
        return open(settings, SpoolDirectory.open(settings.directory(), errors), threads, errors, losses);
    }

    /** As above, with a disk of its own; closes the disk if there is no thread. */
    static Spool open(
            SpoolSettings settings, SpoolDisk disk, ThreadFactory threads, DistinctErrors errors, LossSink losses) {
        SpoolCounters counters = new SpoolCounters();
        SpoolSurroundings spool = new SpoolSurroundings(
                settings, disk, counters, errors, losses, SystemNanoClock.INSTANCE, SystemEpochClock.INSTANCE);
        try {
            SpoolThread thread = new SpoolThread(spool, threads);
            thread.start();
            return new Spool(thread, counters);
        } catch (RuntimeException | Error e) {
            try {
                disk.close();
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    /**
     * Writes a record. It belongs to the caller until {@link #acknowledge} or {@link #release}.
     *
     * @param record its arrays stay as they are until the sink is told, or it is withdrawn
     * @param sink told once; that it is not stored, at once, if the spool is closed
     * @return for taking it back
     */
    @Override
    public PendingAppend append(SpoolRecord record, AppendSink sink) {
        SpoolCommand.Append append = new SpoolCommand.Append(record, sink);
        thread.submit(append);
        return append;
    }

    /**
     * Ends a record whose events all have a verdict. An id that is unknown, or was given up, is ignored.
     *
     * @param recordId names the record
     */
    @Override
    public void acknowledge(long recordId) {
        thread.submit(new SpoolCommand.Acknowledge(recordId));
    }

    /**
     * Leaves a record of the caller's to whoever takes it. One that was given up meanwhile is lost, and the {@link
     * LossSink} told.
     *
     * @param recordId names the record
     * @param events how many it has, which are pending here from now on
     * @param delayNs how long it cannot be taken; 0 or less for not at all
     */
    @Override
    public void release(long recordId, int events, long delayNs) {
        counters.addReleased(events);
        try {
            thread.submit(new SpoolCommand.Release(recordId, events, delayNs));
        } catch (Throwable e) {
            counters.addReleased(-events); // memory has ended: the caller still has them
            throw e;
        }
    }

    /**
     * Takes the oldest record that nobody has.
     *
     * @param sink told once; that there is none, at once, if the spool is closed
     */
    @Override
    public void take(TakeSink sink) {
        thread.submit(new SpoolCommand.Take(sink));
    }

    /**
     * Whether a record could be taken now.
     *
     * @return false until {@link #hasRecovered}, and after the thread's end
     */
    @Override
    public boolean hasBacklog() {
        return counters.waitingRecords() > 0 && thread.isRecovered() && !thread.hasEnded();
    }

    /**
     * Whether it is known what earlier runs have left.
     *
     * @return true once it is
     */
    public boolean hasRecovered() {
        return thread.isRecovered();
    }

    /**
     * The figures.
     *
     * @return always the same, for any thread
     */
    public SpoolCounters counters() {
        return counters;
    }

    /**
     * Grows with everything the thread does.
     *
     * @return a count
     */
    public long progress() {
        return thread.progress();
    }

    /**
     * Whether the thread has something to do, or is held up in it.
     *
     * @return false while it sleeps and after its end
     */
    public boolean hasWork() {
        return thread.hasWork();
    }

    /**
     * Whether the thread has ended without a {@link #close}: then nothing is stored or taken any more, and everybody is told
     * so at once.
     *
     * @return true if it has, and was not closed since
     */
    public boolean hasDied() {
        return thread.hasDied();
    }

    /**
     * Has the thread carry out what is queued, force and close the files, give the directory back, and end. It is never
     * interrupted: if the disk holds it up, it does all this when the disk lets it, and what is queued by the deadline's end
     * is refused.
     *
     * @param deadlineNs by when, as {@link System#nanoTime()}; waits until then at most, and puts off an interrupt
     * @return whether the thread has ended; false on the spool's own thread
     */
    public boolean close(long deadlineNs) {
        thread.requestClose(deadlineNs);
        return thread.awaitEnd(deadlineNs);
    }
}
