package dev.penstock.stress.disk;

import java.util.Locale;

/** What is wrong with the disk. */
public enum DiskKind {
    /** A file system of {@value TinyDisk#MEGABYTES} MiB fills up while the host is away, and is freed by delivery. */
    FULL(true),
    /** The spool's own bound is met; events wait in memory, as far as it reaches. */
    BOUND_STOPS(false),
    /** The spool's own bound is met; the oldest events are given up and counted. */
    BOUND_DROPS(false),
    /** The file system cannot be written: the client says so and does not start. */
    READ_ONLY(true),
    /** The directory is deleted while it is used. */
    REMOVED(false);

    private final boolean needsMount;

    DiskKind(boolean needsMount) {
        this.needsMount = needsMount;
    }

    /** Whether a file system of its own is needed, which only root can mount. */
    boolean needsMount() {
        return needsMount;
    }

    /**
     * As on the command line.
     *
     * @return in lower case, with hyphens
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
