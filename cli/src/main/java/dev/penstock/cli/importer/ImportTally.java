package dev.penstock.cli.importer;

/** Counts lines. One thread at a time. */
final class ImportTally {
    private long lines;
    private long bad;
    private long badAfterAll;
    private long unknownFields;
    private long postHogs;

    void line() {
        lines++;
    }

    void bad() {
        bad++;
    }

    /** A line that was accepted turned out to be one that cannot be sent. */
    void badAfterAll() {
        bad++;
        badAfterAll++;
    }

    void unknownFields() {
        unknownFields++;
    }

    /** An accepted line has the name of one of PostHog's own events. */
    void postHogs() {
        postHogs++;
    }

    /** Lines that are not blank. */
    long lines() {
        return lines;
    }

    /** Lines that cannot be sent. */
    long badLines() {
        return bad;
    }

    /** How many bad lines the client had accepted. */
    long acceptedBadLines() {
        return badAfterAll;
    }

    /** The other lines. */
    long goodLines() {
        return lines - bad;
    }

    /** Good lines with fields that are not sent. */
    long linesWithUnknownFields() {
        return unknownFields;
    }

    /** Accepted lines with the name of one of PostHog's own events. */
    long linesWithPostHogsNames() {
        return postHogs;
    }
}
