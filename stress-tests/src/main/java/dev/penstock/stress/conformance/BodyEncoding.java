package dev.penstock.stress.conformance;

import java.util.Locale;

/** How clients compress request bodies. */
enum BodyEncoding {
    /** The format of RFC 1952. */
    GZIP("encoding_gzip");

    private final String capability;

    BodyEncoding(String capability) {
        this.capability = capability;
    }

    /** By which a harness knows that it may test this encoding. */
    String capability() {
        return capability;
    }

    /** The name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
