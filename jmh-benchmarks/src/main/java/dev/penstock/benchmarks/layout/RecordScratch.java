package dev.penstock.benchmarks.layout;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Builds one event record, fixed-width fields first and then all text together:
 *
 * <pre>
 *    0  short  event key id             36  for each property
 *    2  byte   text is wide                   short  key id
 *    3  byte   number of properties           byte   type
 *    4  long   epoch milliseconds             then, by type: 8 bytes of number,
 *   12  long   UUID, upper half               2 bytes of string length, or nothing
 *   20  long   UUID, lower half          ..  text: the distinct id, then the strings in order
 *   28  short  where the text starts
 *   30  short  where the text ends
 *   32  short  length of the distinct id
 *   34  short  unused
 * </pre>
 *
 * All numbers are little-endian, offsets count from the start of the record, lengths count characters.
 * <p>
 * <b>Threads:</b> whoever holds it. <b>Allocation:</b> none.
 */
final class RecordScratch {
    static final int WIDE = 2;
    static final int COUNT = 3;
    static final int MILLIS = 4;
    static final int UUID_MOST = 12;
    static final int UUID_LEAST = 20;
    static final int TEXT_START = 28;
    static final int TEXT_END = 30;
    static final int ID_LENGTH = 32;
    static final int PROPERTIES = 36;

    static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final VarHandle IN_USE;

    static {
        try {
            IN_USE = MethodHandles.lookup().findVarHandle(RecordScratch.class, "inUse", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final byte[] bytes = new byte[4096];
    private final TextScratch text = new TextScratch(bytes);
    private final UuidSource uuids;
    private int at;
    private int count;

    @SuppressWarnings("unused") // through IN_USE
    private boolean inUse;

    RecordScratch(long seed) {
        uuids = new UuidSource(seed);
    }

    boolean tryAcquire() {
        return !(boolean) IN_USE.getOpaque(this) && IN_USE.compareAndSet(this, false, true);
    }

    void releaseOwnership() {
        IN_USE.setRelease(this, false);
    }

    void begin(EventKey event, String distinctId, long epochMillis) {
        SHORTS.set(bytes, 0, event.id());
        LONGS.set(bytes, MILLIS, epochMillis);
        LONGS.set(bytes, UUID_MOST, uuids.most(epochMillis));
        LONGS.set(bytes, UUID_LEAST, uuids.least());
        text.clear();
        SHORTS.set(bytes, ID_LENGTH, (short) text.add(distinctId));
        at = PROPERTIES;
        count = 0;
    }

    void put(EventKey key, String value) {
        head(key, ValueType.STRING);
        SHORTS.set(bytes, at, (short) text.add(value));
        at += Short.BYTES;
    }

    void put(EventKey key, long value) {
        head(key, ValueType.LONG);
        LONGS.set(bytes, at, value);
        at += Long.BYTES;
    }

    void put(EventKey key, double value) {
        head(key, ValueType.DOUBLE);
        LONGS.set(bytes, at, Double.doubleToRawLongBits(value));
        at += Long.BYTES;
    }

    void put(EventKey key, boolean value) {
        head(key, value ? ValueType.TRUE : ValueType.FALSE);
    }

    /** Encodes the text and completes the head; returns the length of the record. */
    int finish() {
        int end = text.encode(at);
        bytes[WIDE] = (byte) (text.isWide() ? 1 : 0);
        bytes[COUNT] = (byte) count;
        SHORTS.set(bytes, TEXT_START, (short) at);
        SHORTS.set(bytes, TEXT_END, (short) end);
        return end;
    }

    private void head(EventKey key, byte type) {
        SHORTS.set(bytes, at, key.id());
        bytes[at + 2] = type;
        at += 3;
        count++;
    }
}
