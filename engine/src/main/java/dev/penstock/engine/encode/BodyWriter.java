package dev.penstock.engine.encode;

import dev.penstock.client.Compressor;
import dev.penstock.client.spi.ContentEncoder;
import java.util.function.BiConsumer;

/**
 * Builds request bodies, one at a time: begin, append JSON, finish.
 *
 * <p><b>Threads:</b> only the pipeline thread; {@link #close()} once, by whoever stops that thread.
 */
public sealed interface BodyWriter extends AutoCloseable
        permits DeflatedBodyWriter, EncodedBodyWriter, EventDeflatedBodyWriter, PlainBodyWriter {

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
     * Appends an event's JSON.
     *
     * @param event holds it, and knows where its values are
     */
    default void append(JsonOutput event) {
        append(event.bytes(), 0, event.length());
    }

    /**
     * Appends a comma and an event's JSON.
     *
     * @param event holds the JSON, and knows where its values are
     */
    default void appendNext(JsonOutput event) {
        append(JsonOutput.COMMA, 0, 1);
        append(event);
    }

    /**
     * Finishes the body. Its head is blank until {@link Body#renewHead}.
     *
     * @return the body
     */
    Body finish();

    /**
     * Makes a writer.
     *
     * @param encoding how bodies are compressed
     * @param compressor by what, if they are
     * @return a writer
     */
    static BodyWriter create(BodyEncoding encoding, Compressor compressor) {
        return switch (encoding) {
            case NONE -> plain();
            case GZIP -> deflating(Framing.GZIP, compressor);
            case DEFLATE -> deflating(Framing.ZLIB, compressor);
        };
    }

    /**
     * Makes a writer of bodies that are not compressed.
     *
     * @return a writer
     */
    static BodyWriter plain() {
        return new PlainBodyWriter();
    }

    private static BodyWriter deflating(Framing framing, Compressor compressor) {
        return switch (compressor) {
            case EVENT_AWARE -> new EventDeflatedBodyWriter(framing);
            case ZLIB -> new DeflatedBodyWriter(framing);
        };
    }

    /**
     * Makes a writer of bodies that the user's encoder compresses when they are sent, anew only if their head has
     * changed. A body that it fails on is left as it is.
     *
     * @param encoder the encoder
     * @param failures told of each failure: what happened, and the exception or null
     * @return a writer
     */
    static BodyWriter encodedBy(ContentEncoder encoder, BiConsumer<String, Throwable> failures) {
        return new EncodedBodyWriter(encoder, failures);
    }

    /** Gives back native memory. */
    @Override
    void close();
}
