package dev.penstock.collector;

import java.io.IOException;
import java.io.InputStream;

/**
 * Undoes one content encoding, for {@link Collector.Builder#decoder(String, BodyDecoder)}; often a constructor.
 * <p>
 * <b>Threads:</b> called on connections' threads, on several at once.
 */
@FunctionalInterface
public interface BodyDecoder {
    /**
     * Opens a stream of the plain bytes.
     *
     * @param encoded the body as received, in memory
     * @return the plain bytes; read up to the bound on decoded bodies, then closed
     * @throws IOException if the body is not in this encoding; the request is then invalid, as it is when something unchecked is
     *     thrown
     */
    InputStream decode(InputStream encoded) throws IOException;
}
