package dev.penstock.stress.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A few figures that a process under test leaves in a mapped file for whoever kills it. One writer; any reader, also when
 * the writer is no more.
 */
final class Control {
    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final int LIFE = 0;
    private static final int ON_DISK = 8;
    private static final int WORST_PAUSE = 16;
    private static final int BYTES = 64;

    private final MappedByteBuffer figures;

    private Control(MappedByteBuffer figures) {
        this.figures = figures;
    }

    static Control at(Path file) {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new Control(channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException("the control file " + file + " cannot be used", e);
        }
    }

    /** Says that the process of this number captures from now on, and that nothing is known of its disk yet. */
    void begin(int life) {
        LONGS.setVolatile(figures, ON_DISK, 0L);
        LONGS.setVolatile(figures, LIFE, (long) life);
    }

    int life() {
        return (int) (long) LONGS.getVolatile(figures, LIFE);
    }

    /** Says how many events the client reported on disk and in nobody's memory. */
    void onDisk(long events) {
        LONGS.setVolatile(figures, ON_DISK, events);
    }

    long onDisk() {
        return (long) LONGS.getVolatile(figures, ON_DISK);
    }

    void worstPause(long ns) {
        LONGS.setVolatile(figures, WORST_PAUSE, Math.max(ns, worstPause()));
    }

    /** The longest capture call of any life. */
    long worstPause() {
        return (long) LONGS.getVolatile(figures, WORST_PAUSE);
    }
}
