package dev.penstock.stress.soak;

import java.util.Locale;

/** What a process must not hold more and more of, and how much more the second half of a run may show. */
enum Resource {
    /** Heap that survives a collection. */
    HEAP("MB", 1 << 20, 0.10, 8L << 20),
    /** Live threads; those of connections come and go. */
    THREADS("", 1, 0, 8),
    /** Open file handles; those of connections come and go. */
    HANDLES("", 1, 0, 12),
    /** Memory of direct buffers. */
    DIRECT("MB", 1 << 20, 0.10, 1L << 20),
    /** What the spool takes on disk, in calm weather. */
    SPOOL("MB", 1 << 20, 0.10, 16L << 20);

    private final String unit;
    private final long scale;
    private final double share;
    private final long slack;

    Resource(String unit, long scale, double share, long slack) {
        this.unit = unit;
        this.scale = scale;
        this.share = share;
        this.slack = slack;
    }

    boolean isFlat(long before, long after) {
        return after <= before + (long) (before * share) + slack;
    }

    String text(long before, long after) {
        return name().toLowerCase(Locale.ROOT) + " " + before / scale + " -> " + after / scale
                + (unit.isEmpty() ? "" : " " + unit);
    }
}
