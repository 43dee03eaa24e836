package dev.penstock.engine.transport;

import java.nio.ByteBuffer;
import java.util.Locale;
import org.apache.hc.core5.http.EntityDetails;

/**
 * Gathers an answer's body as it arrives, decompressed, up to a bound.
 *
 * <p><b>Threads:</b> the I/O thread.
 */
final class AnswerContent {

    private final int maxBytes;
    private final AnswerBody body;
    private final Gunzip gunzip;
    private long seenBytes;

    AnswerContent(EntityDetails entity, int maxBytes) throws UnusableBodyException {
        if (entity.getContentLength() > maxBytes) {
            throw UnusableBodyException.tooLarge(maxBytes);
        }
        this.maxBytes = maxBytes;
        this.body = new AnswerBody(maxBytes);
        String encoding = entity.getContentEncoding() == null
                ? ""
                : entity.getContentEncoding().strip().toLowerCase(Locale.ROOT);
        this.gunzip = switch (encoding) {
            case "", "identity" -> null;
            case "gzip", "x-gzip" -> new Gunzip(body);
            default -> throw UnusableBodyException.invalid("answer is compressed in a way that was not asked for");
        };
    }

    void take(ByteBuffer source) throws UnusableBodyException {
        seenBytes += source.remaining();
        if (seenBytes > maxBytes) {
            throw UnusableBodyException.tooLarge(maxBytes);
        }
        byte[] bytes = new byte[source.remaining()];
        source.get(bytes);
        if (gunzip == null) {
            body.append(bytes, 0, bytes.length);
        } else {
            gunzip.feed(bytes);
        }
    }

    /** To be called after the last byte. */
    byte[] complete() throws UnusableBodyException {
        if (gunzip != null) {
            gunzip.finish();
        }
        return body.toBytes();
    }

    void close() {
        if (gunzip != null) {
            gunzip.close();
        }
    }
}
