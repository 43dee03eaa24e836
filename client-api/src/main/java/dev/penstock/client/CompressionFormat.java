package dev.penstock.client;

/** How request bodies are compressed. */
public enum CompressionFormat {
    /** gzip: every route of the server takes it. */
    GZIP,
    /** zlib, which HTTP calls deflate; only {@link CaptureMode#V1} takes it. A few bytes less, and a cheaper checksum. */
    DEFLATE
}
