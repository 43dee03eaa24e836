package dev.penstock.collector;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Status, fields and body of one answer, before it is framed. The body must not be changed. */
@SuppressWarnings("ArrayRecordComponent")
record Reply(int status, List<Answer.Header> headers, byte[] body) {

    static Reply json(int status, String body) {
        return new Reply(status, List.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds fields; one of the same name gives way. */
    Reply with(List<Answer.Header> more) {
        if (more.isEmpty()) {
            return this;
        }
        List<Answer.Header> all = new ArrayList<>(headers);
        all.removeIf(old -> more.stream().anyMatch(header -> header.name().equalsIgnoreCase(old.name())));
        all.addAll(more);
        return new Reply(status, List.copyOf(all), body);
    }

    /** The same in gzip with one byte turned over, so that either the data or the checksum is wrong. */
    Reply damagedGzip() {
        byte[] packed = Gzip.compress(body);
        packed[packed.length / 2] ^= (byte) 0xff;
        return new Reply(status, headers, packed).with(List.of(new Answer.Header("Content-Encoding", "gzip")));
    }
}
