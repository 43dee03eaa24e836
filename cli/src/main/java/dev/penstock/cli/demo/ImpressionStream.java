package dev.penstock.cli.demo;

import java.util.SplittableRandom;

/**
 * Draws one impression after another, the same for the same seed.
 * <p>
 * The strings of an impression have been read when {@link #next()} returns, as they would be in a server that has just
 * parsed a request: what a capture costs is measured, not what a cold pool costs. One producer's own.
 */
final class ImpressionStream {
    private final ImpressionPools pools;
    private final SplittableRandom random;

    String person;
    String session;
    String placement;
    String country;
    String format;
    String device;
    long priceMicros;
    boolean viewable;
    double bidPrice;
    private int touched;

    ImpressionStream(ImpressionPools pools, long seed) {
        this.pools = pools;
        this.random = new SplittableRandom(seed);
    }

    void next() {
        long bits = random.nextLong();
        int who = (int) bits & (ImpressionPools.PEOPLE - 1);
        person = pools.people[who];
        session = pools.sessions[who];
        placement = pick(pools.placements, bits >>> 17);
        country = pick(pools.countries, bits >>> 26);
        format = pick(pools.formats, bits >>> 35);
        device = pick(pools.devices, bits >>> 44);
        viewable = bits < 0;
        int price = random.nextInt(10, 120_000);
        priceMicros = price * 100L;
        // Two to four decimals, as exchanges bid.
        int cents = price / 100;
        bidPrice = price % 3 == 0 ? cents / 100.0 : price / 10_000.0;
        touched += person.charAt(35) + session.charAt(35) + device.length();
    }

    /** Keeps the reads of {@link #next()} from being optimised away. */
    int touched() {
        return touched;
    }

    private static String pick(String[] pool, long bits) {
        return pool[(int) (bits & 0x1FF) % pool.length];
    }
}
