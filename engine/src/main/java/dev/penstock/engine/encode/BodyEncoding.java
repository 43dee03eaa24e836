package dev.penstock.engine.encode;

/** How request bodies are compressed. */
public enum BodyEncoding {
    /** Not at all. */
    NONE,
    /** As one gzip member. */
    GZIP,
    /** As one zlib stream, which HTTP calls deflate. */
    DEFLATE
}
