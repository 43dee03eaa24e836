/**
 * The spool: batches on disk, in files that one thread owns.
 *
 * <p>{@link dev.penstock.engine.spool.Spool} is the front: it queues commands for {@code SpoolThread}, which is never
 * interrupted by the engine and alone touches the files. What the commands do is up to {@code SpoolStore} and its parts:
 * {@code SpoolRecovery} finds what an earlier run has left, {@code SpoolWriter} appends, {@code SpoolIndex} knows every record
 * and who has it, {@code SegmentDisposal} deletes files and sets them aside. {@code SegmentHeader} and {@code FrameHead} draw the
 * bytes; {@code SpoolDisk} is all that knows a file system. {@link dev.penstock.engine.spool.SpoolInspection} looks at a
 * directory without owning it.
 *
 * <p>A record leaves the disk when it is acknowledged, and else only with a count: given up at the bound, or found damaged.
 * Neighbours: the pipeline appends, takes, acknowledges and releases; {@code stats} takes reports. Knows no other package.
 */
package dev.penstock.engine.spool;
