package dev.penstock.benchmarks.encode;

/** What kind of event. */
public enum Shape {
    /** {@code ad_impression} with registered keys. */
    REFERENCE,
    /** The same with keys as text. */
    REFERENCE_NAMES,
    /** {@code commit pushed}: repository, hash, a subject of about 50 characters, three numbers. */
    COMMIT,
    /** The same with a subject in Japanese and an emoji, and so a record that is UTF-8. */
    WIDE
}
