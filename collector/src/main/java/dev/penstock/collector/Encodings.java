package dev.penstock.collector;

import java.util.HashSet;
import java.util.Set;

/**
 * The values of Content-Encoding that a protocol takes, besides none.
 *
 * @param names the values
 * @param otherStatus status of the answer to a body in another
 */
record Encodings(Set<String> names, int otherStatus) {
    static final Encodings GZIP = new Encodings(Set.of("gzip"), 400);
    static final Encodings GZIP_OR_IDENTITY = new Encodings(Set.of("gzip", ContentDecoder.IDENTITY), 400);

    static Encodings ofAnalytics(Set<String> further) {
        Set<String> all = new HashSet<>(further);
        all.add("gzip");
        all.add("deflate");
        return new Encodings(Set.copyOf(all), 415);
    }
}
