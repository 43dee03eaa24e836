package dev.penstock.engine.encode;

/**
 * Builds request bodies, one at a time: begin, append JSON, finish.
 *
 * <p><b>Threads:</b> only the pipeline thread; {@link #close()} once, by whoever stops that thread.
 */
public sealed interface BodyWriter extends AutoCloseable permits GzipBodyWriter, PlainBodyWriter {

    /**
     * Begins a body.
     *
     * @param storage an array to use, from an earlier body; may be replaced by a longer one
     * @param headLength how many bytes of envelope come before the events
     */
    void begin(byte[] storage, int headLength);

    /**
     * Appends JSON after the envelope's head.
     *
     * @param json holds it
     * @param offset index of its first byte
     * @param length how many bytes
     */
    void append(byte[] json, int offset, int length);

    /**
     * Finishes the body. Its head is blank until {@link Body#renewHead}.
     *
     * @return the body
     */
    Body finish();

    /**
     * Makes a writer.
     *
     * @param gzip whether bodies are compressed
     * @return a writer
     */
    static BodyWriter create(boolean gzip) {
        return gzip ? new GzipBodyWriter() : new PlainBodyWriter();
    }

    /** Gives back native memory. */
    @Override
    void close();
}
