package dev.penstock.engine.spool;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * The directory of a spool: all that the rest of this package knows of a file system.
 *
 * <p><b>Threads:</b> only the spool's thread, or the one that inspects.
 */
interface SpoolDisk extends Closeable {

    /** The directory, for messages. */
    String where();

    /** The names of everything in it, in no order. */
    List<String> names() throws IOException;

    /** Whether there is a file of that name; a link or a directory is none. */
    boolean isFile(String name);

    /** Makes an empty file that its owner alone can read; fails if there is one of that name. */
    SegmentFile create(String name) throws IOException;

    /** Opens a file for reading and, unless the disk is only looked at, writing. Never follows a link. */
    SegmentFile open(String name) throws IOException;

    /** Gives a closed file another name. */
    void rename(String from, String to) throws IOException;

    void delete(String name) throws IOException;

    /** Moves whatever has this name out of the way, and returns where it is now. Never replaces anything. */
    String setAside(String name) throws IOException;

    /** What is in the way no more; never null. */
    List<String> namesSetAside() throws IOException;

    /** What that takes. */
    long bytesSetAside() throws IOException;

    /** Returns when the names themselves are on the disk, where a system can say so. */
    void force() throws IOException;

    /** Lets go of the directory. */
    @Override
    void close() throws IOException;
}
