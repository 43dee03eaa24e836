package dev.penstock.collector;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

/** Bodies for the batch route. */
final class Batches {
    static final String PROPERTIES = "{\"$lib\":\"penstock\",\"$lib_version\":\"0.1.0\",\"amount_cents\":12900}";

    private Batches() {}

    static String uuid(long n) {
        return new UUID(0x019c4c0a6f107000L, 0x8000000000000000L | n).toString();
    }

    static String event(String name, long n) {
        return "{\"event\":\"" + name + "\",\"distinct_id\":\"account-7781\",\"uuid\":\"" + uuid(n)
                + "\",\"timestamp\":\"2026-02-11T09:30:01.902Z\",\"properties\":" + PROPERTIES + "}";
    }

    static String batch(String... events) {
        return "{\"api_key\":\"phc_demo\",\"sent_at\":\"2026-02-11T09:30:02.417Z\",\"batch\":["
                + String.join(",", events) + "]}";
    }

    static String one(long n) {
        return batch(event("invoice paid", n));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
