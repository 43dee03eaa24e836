package dev.penstock.engine.encode;

/**
 * A finished request body: the envelope's head, which is renewed at every try, and what follows it, which never changes.
 *
 * <p>It is a heap array: a body that somebody may still be reading can be left to the garbage collector, so a server
 * that hangs costs no native memory.
 *
 * <p><b>Threads:</b> the pipeline thread, but for {@link #readEvents}, which any thread may call on a body that is no
 * longer renewed.
 */
public sealed interface Body permits DeflatedBody, EncodedBody, PlainBody {

    /**
     * Writes the envelope's head into its place.
     *
     * @param head holds the head; exactly as long as was said when the body was begun
     */
    void renewHead(byte[] head);

    /**
     * A copy whose head can be renewed while somebody reads this one.
     *
     * @return an equal body of its own
     */
    Body copy();

    /**
     * The bytes of the request, from index 0.
     *
     * @return this body's own array, or one that nobody writes to; another one after {@link #renewHead}, where that
     *     means to encode anew
     */
    byte[] bytes();

    /**
     * What the request has to say of the body in {@code Content-Encoding}.
     *
     * @return the encoding's name, or null if the body is not compressed
     */
    String contentEncoding();

    /**
     * How many of {@link #bytes()} are the request.
     *
     * @return the length on the wire
     */
    int length();

    /**
     * The array it was built in, for another body when nobody reads this one any more.
     *
     * @return an array
     */
    byte[] storage();

    /**
     * What it holds on the heap.
     *
     * @return bytes
     */
    int heldBytes();

    /**
     * The length before compression, envelope included.
     *
     * @return bytes of JSON
     */
    int plainLength();

    /**
     * What a disk keeps of it: all but the envelope's head.
     *
     * @return a view of this body, not a copy
     */
    StoredBody stored();

    /**
     * The JSON that was appended, read back.
     *
     * @return a new array without the head
     */
    byte[] readEvents();
}
