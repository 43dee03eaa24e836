package dev.penstock.benchmarks.sink;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What has arrived, in a file that both processes have mapped: the sink adds, and the measured process reads without
 * asking anybody. Each count has a cache line of its own.
 * <p>
 * <b>Threads:</b> any, of any process. <b>Allocation:</b> none.
 */
final class SinkCounts {
    /** What is counted. */
    enum Kind {
        /** Events of all bodies. */
        EVENTS,
        /** Bodies with events. */
        BODIES,
        /** Bytes of those bodies as sent. */
        WIRE_BYTES,
        /** Bytes of those bodies after inflating. */
        PLAIN_BYTES,
        /** Requests that could not be read. */
        INVALID
    }

    private static final int STRIDE = 128;
    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final ByteBuffer memory;

    private SinkCounts(ByteBuffer memory) {
        this.memory = memory;
    }

    /** Maps a file, which grows to its length. */
    static SinkCounts map(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new SinkCounts(channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) STRIDE * Kind.values().length));
        }
    }

    void add(Kind kind, long amount) {
        LONGS.getAndAdd(memory, kind.ordinal() * STRIDE, amount);
    }

    long get(Kind kind) {
        return (long) LONGS.getVolatile(memory, kind.ordinal() * STRIDE);
    }
}
