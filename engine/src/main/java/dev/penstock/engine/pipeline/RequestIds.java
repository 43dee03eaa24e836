package dev.penstock.engine.pipeline;

import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes the ids that tell batches apart on the wire. */
final class RequestIds {

    private RequestIds() {}

    /** A random UUID, version 4. */
    static UUID next(RandomGenerator random) {
        long high = (random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L;
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
