package dev.penstock.engine.encode;

/**
 * The part of a body that is the same at every try, apart from the envelope's head: what a disk keeps of it.
 *
 * @param encoding how it is compressed
 * @param bytes holds it; not to be changed
 * @param offset index of its first byte
 * @param length how many bytes
 * @param plainLength its length before compression
 * @param checksum what its encoding computes over it before compression; 0 where that is nothing
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record StoredBody(BodyEncoding encoding, byte[] bytes, int offset, int length, int plainLength, int checksum) {

    /**
     * Makes a body of it again. Its head is blank until {@link Body#renewHead}.
     *
     * @param headLength how many bytes of envelope come before the events
     * @param writer builds a body where this was not compressed: the body is then as today's bodies are
     * @return a body of its own
     */
    public Body restore(int headLength, BodyWriter writer) {
        return switch (encoding) {
            case GZIP -> DeflatedBody.restored(Framing.GZIP, headLength, this);
            case DEFLATE -> DeflatedBody.restored(Framing.ZLIB, headLength, this);
            case NONE -> {
                writer.begin(new byte[headLength + length], headLength);
                writer.append(bytes, offset, length);
                yield writer.finish();
            }
        };
    }
}
