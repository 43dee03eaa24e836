package dev.penstock.engine.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;

/**
 * A file behind a {@link FileChannel}. An interrupt closes such a channel: the file is then opened again and the operation
 * repeated, so an interrupt of the thread by somebody else costs nothing.
 *
 * <p><b>Threads:</b> one at a time.
 */
final class ChannelFile implements SegmentFile {

    /** Something done to a channel that can be repeated. */
    @FunctionalInterface
    private interface Operation {
        int on(FileChannel channel) throws IOException;
    }

    private final Path path;
    private final Set<? extends OpenOption> options;
    private FileChannel channel;
    private boolean closed;

    /** Takes over a channel, and knows how to open another one. */
    ChannelFile(Path path, Set<? extends OpenOption> options, FileChannel channel) {
        this.path = path;
        this.options = options;
        this.channel = channel;
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
        int begin = from.position();
        int written = perform(open -> {
            from.position(begin);
            while (from.hasRemaining()) {
                open.write(from, position + from.position() - begin);
            }
            return from.position() - begin;
        });
        assert written == from.limit() - begin;
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        int begin = into.position();
        return perform(open -> {
            into.position(begin);
            int last = 0;
            while (into.hasRemaining() && last >= 0) {
                last = open.read(into, position + into.position() - begin);
            }
            return into.position() - begin;
        });
    }

    @Override
    public void force(boolean metadata) throws IOException {
        perform(open -> {
            open.force(metadata);
            return 0;
        });
    }

    @Override
    public void truncate(long length) throws IOException {
        perform(open -> {
            open.truncate(length);
            return 0;
        });
    }

    @Override
    public long size() throws IOException {
        long[] size = new long[1];
        perform(open -> {
            size[0] = open.size();
            return 0;
        });
        return size[0];
    }

    @Override
    public void close() throws IOException {
        closed = true;
        channel.close();
    }

    private int perform(Operation operation) throws IOException {
        while (true) {
            try {
                return operation.on(channel);
            } catch (ClosedChannelException e) {
                if (closed) {
                    throw e;
                }
                Thread.interrupted(); // not meant for this thread: it ends by its own rules
                channel = FileChannel.open(path, options);
            }
        }
    }
}
