package dev.penstock.client.spi;

/**
 * Compresses request bodies in a way that the JDK does not know, such as {@code zstd} or {@code br}.
 *
 * <p>Only the events of {@link dev.penstock.client.CaptureMode#V1} are sent so; the server's other routes take gzip
 * alone. A body for which the encoder throws anything, or returns null or nothing, is sent uncompressed, and a warning is
 * given.
 *
 * <pre>{@code
 * ContentEncoder zstd = new ContentEncoder() {
 *     public String name() {
 *         return "zstd";
 *     }
 *
 *     public byte[] encode(byte[] bytes, int offset, int length) {
 *         return Zstd.compress(Arrays.copyOfRange(bytes, offset, offset + length));
 *     }
 * };
 * }</pre>
 *
 * <p><b>Threads:</b> {@link #encode} is called by pipeline threads, several at once when there are several lanes, and
 * holds delivery up while it runs.
 */
public interface ContentEncoder {

    /**
     * The name of the encoding, for the header {@code Content-Encoding}.
     *
     * @return letters, digits and dashes; always the same
     */
    String name();

    /**
     * Compresses one body. Called once for all tries of the same bytes; again for those that an answer has left of them,
     * and at the next try after a failure.
     *
     * @param bytes holds the body; not to be changed or kept
     * @param offset index of its first byte
     * @param length how many bytes it has
     * @return the body compressed, filling an array that nobody changes any more
     */
    byte[] encode(byte[] bytes, int offset, int length);
}
