package dev.penstock.stress.conformance;

import dev.penstock.client.CompressionFormat;
import java.util.Locale;

/** How clients compress request bodies. */
enum BodyEncoding {
    /** The format of RFC 1952. */
    GZIP("encoding_gzip", CompressionFormat.GZIP),
    /** The format of RFC 1950, which HTTP calls deflate. */
    DEFLATE("encoding_deflate", CompressionFormat.DEFLATE);

    private final String capability;
    private final CompressionFormat format;

    BodyEncoding(String capability, CompressionFormat format) {
        this.capability = capability;
        this.format = format;
    }

    /** By which a harness knows that it may test this encoding. */
    String capability() {
        return capability;
    }

    /** The same in terms of a client. */
    CompressionFormat format() {
        return format;
    }

    /** The name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
