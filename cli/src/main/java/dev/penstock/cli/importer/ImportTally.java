package dev.penstock.cli.importer;

/** Counts lines. One thread at a time. */
final class ImportTally {
    private long lines;
    private long bad;
    private long unknownFields;

    void line() {
        lines++;
    }

    void bad() {
        bad++;
    }

    void unknownFields() {
        unknownFields++;
    }

    /** Lines that are not blank. */
    long lines() {
        return lines;
    }

    /** Lines that cannot be sent. */
    long badLines() {
        return bad;
    }

    /** The other lines. */
    long goodLines() {
        return lines - bad;
    }

    /** Good lines with fields that are not sent. */
    long linesWithUnknownFields() {
        return unknownFields;
    }
}
