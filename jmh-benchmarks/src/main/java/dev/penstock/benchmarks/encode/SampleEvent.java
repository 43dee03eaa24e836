package dev.penstock.benchmarks.encode;

import dev.penstock.benchmarks.support.DrainedEngine;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.EventBuilder;
import dev.penstock.client.PropertyKey;

/**
 * One event as values: what a record and what a generator are made of.
 *
 * @param name its name
 * @param distinctId whom it is about
 * @param epochMillis its time
 * @param uuidHigh upper half of its UUID
 * @param uuidLow lower half
 * @param keys the properties' names
 * @param types the properties' types: {@code s}, {@code l}, {@code d} or {@code b}
 * @param texts values of type s
 * @param numbers values of the other types; a double as its bits
 */
@SuppressWarnings("ArrayRecordComponent") // read element by element, never compared
record SampleEvent(
        String name,
        String distinctId,
        long epochMillis,
        long uuidHigh,
        long uuidLow,
        String[] keys,
        byte[] types,
        String[] texts,
        long[] numbers) {

    /** Captures it, with or without registering the keys. */
    void capture(DrainedEngine engine, boolean registered) {
        EventBuilder builder =
                engine.event(name).distinctId(distinctId).timestamp(epochMillis).uuid(uuidHigh, uuidLow);
        for (int i = 0; i < keys.length; i++) {
            if (registered) {
                put(builder, engine.propertyKey(keys[i]), i);
            } else {
                put(builder, keys[i], i);
            }
        }
        if (builder.send() != CaptureResult.ACCEPTED) {
            throw new IllegalStateException("a sample event was not accepted");
        }
    }

    private void put(EventBuilder builder, PropertyKey key, int i) {
        switch (types[i]) {
            case 's' -> builder.put(key, texts[i]);
            case 'l' -> builder.put(key, numbers[i]);
            case 'd' -> builder.put(key, Double.longBitsToDouble(numbers[i]));
            default -> builder.put(key, numbers[i] != 0);
        }
    }

    private void put(EventBuilder builder, String key, int i) {
        switch (types[i]) {
            case 's' -> builder.put(key, texts[i]);
            case 'l' -> builder.put(key, numbers[i]);
            case 'd' -> builder.put(key, Double.longBitsToDouble(numbers[i]));
            default -> builder.put(key, numbers[i] != 0);
        }
    }
}
