package dev.penstock.engine.spool;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The figures of a spool.
 *
 * <p><b>Threads:</b> the spool's thread counts, any thread reads. Figures are exact whenever the spool stands still.
 */
public final class SpoolCounters {

    private final AtomicLong records = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong recovered = new AtomicLong();
    private final AtomicLong storedEvents = new AtomicLong();
    private final AtomicLong failedEvents = new AtomicLong();
    private final AtomicLong discardedEvents = new AtomicLong();
    private final AtomicLong damagedRecords = new AtomicLong();
    private final AtomicLong tornBytes = new AtomicLong();
    private final AtomicLong filesSetAside = new AtomicLong();
    private final AtomicLong pendingEvents = new AtomicLong();
    private final AtomicLong releasedEvents = new AtomicLong();
    private final AtomicLong waitingRecords = new AtomicLong();

    SpoolCounters() {}

    /**
     * Records on disk that are not acknowledged.
     *
     * @return a count
     */
    public long records() {
        return records.get();
    }

    /**
     * What the files take, preallocated room and files set aside included.
     *
     * @return bytes
     */
    public long bytes() {
        return bytes.get();
    }

    /**
     * Events that an earlier run had left, damaged ones included where a count could be read.
     *
     * @return a count
     */
    public long recovered() {
        return recovered.get();
    }

    /**
     * Events whose record was stored.
     *
     * @return a count
     */
    public long storedEvents() {
        return storedEvents.get();
    }

    /**
     * Events whose record could not be stored.
     *
     * @return a count
     */
    public long failedEvents() {
        return failedEvents.get();
    }

    /**
     * Events that the {@link LossSink} was told of.
     *
     * @return a count
     */
    public long discardedEvents() {
        return discardedEvents.get();
    }

    /**
     * Records that were found damaged.
     *
     * @return a count
     */
    public long damagedRecords() {
        return damagedRecords.get();
    }

    /**
     * What followed the last readable record of files, up to the last byte that is not zero.
     *
     * @return bytes
     */
    public long tornBytes() {
        return tornBytes.get();
    }

    /**
     * Files that were moved aside.
     *
     * @return a count
     */
    public long filesSetAside() {
        return filesSetAside.get();
    }

    /**
     * Events in records that nobody has in memory.
     *
     * @return a count
     */
    public long pendingEvents() {
        return pendingEvents.get() + releasedEvents.get();
    }

    /** Records that could be taken now. */
    long waitingRecords() {
        return waitingRecords.get();
    }

    void addRecords(long by) {
        records.addAndGet(by);
    }

    void setBytes(long now) {
        bytes.set(now);
    }

    void addRecovered(long events) {
        recovered.addAndGet(events);
    }

    void addStored(long events) {
        storedEvents.addAndGet(events);
    }

    void addFailed(long events) {
        failedEvents.addAndGet(events);
    }

    void addDiscarded(long events) {
        discardedEvents.addAndGet(events);
    }

    void addDamagedRecord() {
        damagedRecords.incrementAndGet();
    }

    void addTornBytes(long by) {
        tornBytes.addAndGet(by);
    }

    void addFileSetAside() {
        filesSetAside.incrementAndGet();
    }

    /** Events of records whose release is on its way to the thread: they are nowhere else any more. */
    void addReleased(long events) {
        releasedEvents.addAndGet(events);
    }

    void addPending(long events) {
        pendingEvents.addAndGet(events);
    }

    void addWaiting(long by) {
        waitingRecords.addAndGet(by);
    }
}
