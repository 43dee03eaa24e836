package dev.penstock.stress.account;

import dev.penstock.client.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What is known of every event of a run, in a file that is mapped into memory: it outlives a process that is killed, takes
 * no heap, and only as much disk as there are events.
 *
 * <pre>
 * header  base time in ms, seed, producers, capacity        8 bytes each
 * then, for each producer
 *   attempted   numbers given out                           8 bytes
 *   accepted    tick + 1 of the answer ACCEPTED             2 bytes an event
 *   ended       outcome + 1 (3 bits), twice (1), tick (12)  2 bytes an event
 *   held        how often the host has it, up to 255        1 byte an event
 * </pre>
 *
 * A tick is {@value #TICK_MS} ms of wall clock since the base; ticks stop at their highest.
 * <p>
 * <b>Threads:</b> of each producer's events one thread may write {@code attempted} and {@code accepted}, one {@code ended},
 * and one {@code held}, in any process. The audit reads when they have ended.
 */
public final class Account implements AutoCloseable {
    /** Length of a tick. */
    public static final int TICK_MS = 50;

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final int HEADER = 32;
    private static final int EVENT_BYTES = 5;
    private static final int OUTCOME_MASK = 7;
    private static final int TWICE = 8;
    private static final int ENDED_TICK_SHIFT = 4;
    private static final int MAX_ACCEPTED_TICK = 0xFFFE;
    private static final int MAX_ENDED_TICK = 0xFFF;
    private static final Outcome[] OUTCOMES = Outcome.values();

    private final FileChannel file;
    private final long baseMs;
    private final int capacity;
    private final EventIds ids;
    private final MappedByteBuffer[] producers;

    private Account(FileChannel file, long baseMs, long seed, int producers, int capacity) throws IOException {
        this.file = file;
        this.baseMs = baseMs;
        this.capacity = capacity;
        this.ids = new EventIds(seed, producers);
        this.producers = new MappedByteBuffer[producers];
        long size = size(capacity);
        for (int i = 0; i < producers; i++) {
            this.producers[i] = file.map(FileChannel.MapMode.READ_WRITE, HEADER + i * size, size);
            this.producers[i].order(ByteOrder.nativeOrder());
        }
    }

    private static long size(int capacity) {
        return Long.BYTES + (long) EVENT_BYTES * capacity + 7 & ~7L;
    }

    /**
     * Begins an account.
     *
     * @param path made anew
     * @param seed of the run
     * @param producers how many
     * @param capacity events of each, at most
     * @return the account, to be closed
     */
    public static Account create(Path path, long seed, int producers, int capacity) {
        try {
            FileChannel file = FileChannel.open(
                    path,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            long base = System.currentTimeMillis();
            ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.nativeOrder());
            header.putLong(base)
                    .putLong(seed)
                    .putLong(producers)
                    .putLong(capacity)
                    .flip();
            file.write(header, 0);
            return new Account(file, base, seed, producers, capacity);
        } catch (IOException e) {
            throw new UncheckedIOException("the account cannot be kept in " + path, e);
        }
    }

    /**
     * Joins an account that another process began.
     *
     * @param path its file
     * @return the account, to be closed
     */
    public static Account open(Path path) {
        try {
            FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.nativeOrder());
            file.read(header, 0);
            header.flip();
            return new Account(
                    file, header.getLong(), header.getLong(), (int) header.getLong(), (int) header.getLong());
        } catch (IOException e) {
            throw new UncheckedIOException("the account in " + path + " cannot be read", e);
        }
    }

    /**
     * The ids of the run's events.
     *
     * @return the same each time
     */
    public EventIds ids() {
        return ids;
    }

    /**
     * How many producers there are.
     *
     * @return at least 1
     */
    public int producers() {
        return producers.length;
    }

    /**
     * How many events each producer may have.
     *
     * @return at least 1
     */
    public int capacity() {
        return capacity;
    }

    /**
     * Now, in ticks.
     *
     * @return 0 or more
     */
    public int tick() {
        return tickAt(System.currentTimeMillis());
    }

    /**
     * A moment in ticks.
     *
     * @param epochMs milliseconds since 1970
     * @return 0 or more
     */
    public int tickAt(long epochMs) {
        return (int) ((epochMs - baseMs) / TICK_MS);
    }

    /**
     * Notes that an event is about to be captured.
     *
     * @param producer its producer
     * @param number its number
     */
    public void attempt(int producer, int number) {
        LONGS.setRelease(producers[producer], 0, (long) number + 1);
    }

    /**
     * How many numbers a producer has used.
     *
     * @param producer the producer
     * @return 0 to {@link #capacity()}
     */
    public int attempted(int producer) {
        return (int) (long) LONGS.getAcquire(producers[producer], 0);
    }

    /**
     * Notes that an event was accepted.
     *
     * @param producer its producer
     * @param number its number
     */
    public void accept(int producer, int number) {
        char tick = (char) (Math.min(tick(), MAX_ACCEPTED_TICK) + 1);
        producers[producer].putChar(acceptedAt(number), tick);
    }

    /**
     * When an event was accepted.
     *
     * @param producer its producer
     * @param number its number
     * @return a tick; -1 if it was not accepted
     */
    public int acceptedTick(int producer, int number) {
        return producers[producer].getChar(acceptedAt(number)) - 1;
    }

    /**
     * Notes an outcome. The first one stays; another is remembered as such.
     *
     * @param producer its producer
     * @param number its number
     * @param outcome how it ended
     */
    public void end(int producer, int number, Outcome outcome) {
        MappedByteBuffer events = producers[producer];
        int at = endedAt(number);
        char before = events.getChar(at);
        int tick = Math.min(tick(), MAX_ENDED_TICK);
        int now = before == 0 ? outcome.ordinal() + 1 | tick << ENDED_TICK_SHIFT : before | TWICE;
        events.putChar(at, (char) now);
    }

    /**
     * How an event ended.
     *
     * @param producer its producer
     * @param number its number
     * @return its first outcome; null if there was none
     */
    public Outcome outcome(int producer, int number) {
        int code = producers[producer].getChar(endedAt(number)) & OUTCOME_MASK;
        return code == 0 ? null : OUTCOMES[code - 1];
    }

    /**
     * How many events ended in an outcome.
     *
     * @param outcome the outcome
     * @return a count
     */
    public long count(Outcome outcome) {
        long count = 0;
        for (int producer = 0; producer < producers.length; producer++) {
            int attempted = attempted(producer);
            for (int number = 0; number < attempted; number++) {
                count += outcome(producer, number) == outcome ? 1 : 0;
            }
        }
        return count;
    }

    /**
     * Whether an event had more than one outcome.
     *
     * @param producer its producer
     * @param number its number
     * @return true if so
     */
    public boolean endedTwice(int producer, int number) {
        return (producers[producer].getChar(endedAt(number)) & TWICE) != 0;
    }

    /**
     * When an event ended.
     *
     * @param producer its producer
     * @param number its number
     * @return a tick, meaningless if it has not
     */
    public int endedTick(int producer, int number) {
        return producers[producer].getChar(endedAt(number)) >>> ENDED_TICK_SHIFT;
    }

    /**
     * Notes that the host has an event, once more.
     *
     * @param producer its producer
     * @param number its number
     */
    public void hold(int producer, int number) {
        int held = held(producer, number);
        if (held < 255) {
            producers[producer].put(heldAt(number), (byte) (held + 1));
        }
    }

    /**
     * How often the host has an event.
     *
     * @param producer its producer
     * @param number its number
     * @return 0 to 255
     */
    public int held(int producer, int number) {
        return producers[producer].get(heldAt(number)) & 0xFF;
    }

    private static int acceptedAt(int number) {
        return Long.BYTES + 2 * number;
    }

    private int endedAt(int number) {
        return Long.BYTES + 2 * capacity + 2 * number;
    }

    private int heldAt(int number) {
        return Long.BYTES + 4 * capacity + number;
    }

    /** Closes the file; the mapped memory goes with this object. */
    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
