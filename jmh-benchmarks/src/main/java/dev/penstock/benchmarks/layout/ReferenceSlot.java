package dev.penstock.benchmarks.layout;

/**
 * A slot of references: registered keys, types, numbers, and the caller's own strings.
 * <p>
 * <b>Threads:</b> its producer between claim and publish, then the consumer.
 */
final class ReferenceSlot {
    private static final int MAX_PROPERTIES = 16;

    final EventKey[] keys = new EventKey[MAX_PROPERTIES];
    final byte[] types = new byte[MAX_PROPERTIES];
    final long[] numbers = new long[MAX_PROPERTIES];
    final String[] strings = new String[MAX_PROPERTIES];
    EventKey event = EventKey.AD_IMPRESSION;
    String distinctId = "";
    long epochMillis;
    int count;

    void begin(EventKey name, String id, long now) {
        event = name;
        distinctId = id;
        epochMillis = now;
        count = 0;
    }

    void put(EventKey key, String value) {
        int i = count++;
        keys[i] = key;
        types[i] = ValueType.STRING;
        strings[i] = value;
    }

    void put(EventKey key, long value) {
        int i = count++;
        keys[i] = key;
        types[i] = ValueType.LONG;
        numbers[i] = value;
    }

    void put(EventKey key, double value) {
        int i = count++;
        keys[i] = key;
        types[i] = ValueType.DOUBLE;
        numbers[i] = Double.doubleToRawLongBits(value);
    }

    void put(EventKey key, boolean value) {
        int i = count++;
        keys[i] = key;
        types[i] = value ? ValueType.TRUE : ValueType.FALSE;
    }
}
