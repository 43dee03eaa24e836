package dev.penstock.benchmarks.support;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Random;

/**
 * The caller: one reference event after another, drawn from 100,000 users, 32 placements, 500 campaigns and 200 devices.
 * <p>
 * An id is a function of the user's number, so a batch contains the repetitions that traffic has, and no table of ids is
 * in anybody's cache.
 * <p>
 * <b>Threads:</b> one. <b>Allocation:</b> for {@link Strings#FRESH} five strings and the event, otherwise none.
 */
public final class ReferenceEvents {
    /** How the caller comes by its strings. */
    public enum Strings {
        /** Made just before the call, as after parsing a request: the caller's garbage, hot in its cache. */
        FRESH,
        /** From a pool of 128 events in the old generation, used over and over: no garbage, hot. */
        TOUCHED,
        /** From a pool of 200,000 strings in an order unlike that of their addresses: no garbage, cache misses. */
        COLD
    }

    private static final int TOUCHED_EVENTS = 128;
    private static final int COLD_EVENTS = 40_000;
    private static final int USERS = 100_000;
    private static final int ID_LENGTH = 36;
    private static final int PLACEMENTS = 32;
    private static final int PLACEMENT_LENGTH = 12;
    private static final int CAMPAIGNS = 500;
    private static final int CAMPAIGN_LENGTH = 10;
    private static final int DEVICES = 200;
    private static final int DEVICE_LENGTH = 20;
    private static final String[] COUNTRIES = {"DE", "FR", "US", "JP", "BR", "IN", "GB", "SE"};
    private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);

    private final byte[] placements;
    private final byte[] campaigns;
    private final byte[] devices;
    private final byte[] id = new byte[ID_LENGTH];
    private final ReferenceEvent[] pool;
    private long state;
    private int draw;

    /**
     * Makes a caller and its pool.
     *
     * @param strings how it comes by its strings
     * @param seed callers of different seeds draw different events
     */
    public ReferenceEvents(Strings strings, long seed) {
        Random random = new Random(42);
        placements = words("slot-", PLACEMENTS, PLACEMENT_LENGTH, random);
        campaigns = words("c", CAMPAIGNS, CAMPAIGN_LENGTH, random);
        devices = words("phone/", DEVICES, DEVICE_LENGTH, random);
        state = mix(seed + 1) | 1;
        pool = switch (strings) {
            case FRESH -> new ReferenceEvent[0];
            case TOUCHED -> touched();
            case COLD -> cold(random);
        };
    }

    /**
     * The next event.
     *
     * @return a new event for fresh strings, otherwise one of the pool
     */
    public ReferenceEvent next() {
        ReferenceEvent[] events = pool;
        if (events.length == 0) {
            return make();
        }
        int i = draw + 1 == events.length ? 0 : draw + 1;
        draw = i;
        return events[i];
    }

    private ReferenceEvent make() {
        long x = state;
        x ^= x << 13;
        x ^= x >>> 7;
        x ^= x << 17;
        state = x;
        int user = (int) Long.remainderUnsigned(x, USERS);
        return new ReferenceEvent(
                id(user),
                slice(placements, (int) (x >>> 8 & 0xFFFF) % PLACEMENTS, PLACEMENT_LENGTH),
                slice(campaigns, (int) (x >>> 16 & 0xFFFF) % CAMPAIGNS, CAMPAIGN_LENGTH),
                COUNTRIES[(int) (x >>> 28) & 7],
                slice(devices, (int) (x >>> 32 & 0xFFFF) % DEVICES, DEVICE_LENGTH),
                id(user + USERS),
                x >>> 52 & 0x3F,
                (x & 1 << 20) != 0,
                ((x >>> 40 & 0x3F) * 10 + 1) / 100.0);
    }

    private ReferenceEvent[] touched() {
        ReferenceEvent[] events = new ReferenceEvent[TOUCHED_EVENTS];
        for (int i = 0; i < events.length; i++) {
            events[i] = make();
        }
        return events;
    }

    /** Every column in an order of its own. */
    private ReferenceEvent[] cold(Random random) {
        ReferenceEvent[] made = new ReferenceEvent[COLD_EVENTS];
        for (int i = 0; i < made.length; i++) {
            made[i] = make();
        }
        int[][] orders = new int[5][];
        for (int column = 0; column < orders.length; column++) {
            orders[column] = shuffled(random);
        }
        ReferenceEvent[] events = new ReferenceEvent[COLD_EVENTS];
        for (int i = 0; i < events.length; i++) {
            events[i] = new ReferenceEvent(
                    made[orders[0][i]].distinctId(),
                    made[orders[1][i]].placement(),
                    made[orders[2][i]].campaign(),
                    made[i].country(),
                    made[orders[3][i]].device(),
                    made[orders[4][i]].sessionId(),
                    made[i].position(),
                    made[i].viewable(),
                    made[i].price());
        }
        return events;
    }

    private static int[] shuffled(Random random) {
        int[] order = new int[COLD_EVENTS];
        for (int i = 0; i < order.length; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private static byte[] words(String prefix, int count, int length, Random random) {
        byte[] words = new byte[count * length];
        for (int i = 0; i < words.length; i++) {
            int column = i % length;
            words[i] = (byte)
                    (column < prefix.length() ? prefix.charAt(column) : Character.forDigit(random.nextInt(36), 36));
        }
        return words;
    }

    private static String slice(byte[] words, int index, int length) {
        return new String(words, index * length, length, ISO_8859_1);
    }

    private String id(int number) {
        long high = mix(number);
        long low = mix(high + number);
        byte[] text = id;
        int at = 0;
        for (int shift = 60; shift >= 0; shift -= 4) {
            if (at == 8 || at == 13) {
                text[at++] = '-';
            }
            text[at++] = HEX[(int) (high >>> shift) & 0xF];
        }
        for (int shift = 60; shift >= 0; shift -= 4) {
            if (at == 18 || at == 23) {
                text[at++] = '-';
            }
            text[at++] = HEX[(int) (low >>> shift) & 0xF];
        }
        return new String(text, ISO_8859_1);
    }

    private static long mix(long value) {
        long z = value * 0x9E37_79B9_7F4A_7C15L;
        z = (z ^ z >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ z >>> 27) * 0x94D0_49BB_1331_11EBL;
        return z ^ z >>> 31;
    }
}
