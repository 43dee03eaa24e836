package dev.penstock.engine.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One open file of the spool. Every operation says where; there is no current position, so each can be repeated.
 *
 * <p><b>Threads:</b> only the spool's thread, or the one that inspects.
 */
interface SegmentFile extends Closeable {

    /** Writes all that remains in the buffer. */
    void write(ByteBuffer from, long position) throws IOException;

    /** Fills what remains of the buffer, as far as the file goes; returns how many bytes that were. */
    int read(ByteBuffer into, long position) throws IOException;

    /** Returns when what was written is on the disk itself; with its length, if {@code metadata}. */
    void force(boolean metadata) throws IOException;

    /** Cuts the file; never makes it longer. */
    void truncate(long length) throws IOException;

    long size() throws IOException;
}
