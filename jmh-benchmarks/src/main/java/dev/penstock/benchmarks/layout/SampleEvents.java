package dev.penstock.benchmarks.layout;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Random;

/**
 * The caller: the values of one reference event after another.
 * <p>
 * Fresh strings are copied out of a small block of text at each call, as a parser does that has just read a request: they
 * are garbage of the caller's and hot in its cache. Cold strings are drawn from a pool of 200,000 in an order that has
 * nothing to do with their addresses, and their contents are not touched. The country is always one of a few constants.
 * <p>
 * <b>Threads:</b> one. <b>Allocation:</b> five strings for each fresh event, none for a cold one.
 */
final class SampleEvents {
    private static final int COLD_STRINGS = 200_000;
    private static final int COLD_EVENTS = COLD_STRINGS / 5;
    private static final int BLOCK_IDS = 256;
    private static final int ID_LENGTH = 36;
    private static final int PLACEMENT_LENGTH = 12;
    private static final int CAMPAIGN_LENGTH = 10;
    private static final int DEVICE_LENGTH = 20;
    private static final String[] COUNTRIES = {"DE", "FR", "US", "JP", "BR", "IN", "GB", "SE"};

    private final byte[] block = new byte[BLOCK_IDS * ID_LENGTH];
    private final boolean cold;
    private final String[] coldIds;
    private final String[] coldPlacements;
    private final String[] coldCampaigns;
    private final String[] coldDevices;
    private final String[] coldSessions;
    private long state = 0x5DEECE66DL;
    private int draw;

    SampleEvents(boolean cold) {
        this.cold = cold;
        Random random = new Random(42);
        for (int i = 0; i < block.length; i++) {
            int column = i % ID_LENGTH;
            boolean dash = column == 8 || column == 13 || column == 18 || column == 23;
            block[i] = (byte) (dash ? '-' : Character.forDigit(random.nextInt(16), 16));
        }
        int size = cold ? COLD_EVENTS : 0;
        coldIds = pool(size, ID_LENGTH, random);
        coldPlacements = pool(size, PLACEMENT_LENGTH, random);
        coldCampaigns = pool(size, CAMPAIGN_LENGTH, random);
        coldDevices = pool(size, DEVICE_LENGTH, random);
        coldSessions = pool(size, ID_LENGTH, random);
    }

    /** Goes on to the next event; each accessor is to be called once for it. */
    void advance() {
        long x = state;
        x ^= x << 13;
        x ^= x >>> 7;
        x ^= x << 17;
        state = x;
        if (cold) {
            draw = draw + 1 == COLD_EVENTS ? 0 : draw + 1;
        }
    }

    String distinctId() {
        return cold ? coldIds[draw] : id((int) state & BLOCK_IDS - 1);
    }

    String placement() {
        return cold ? coldPlacements[draw] : slice((int) (state >>> 8) & 0xFFF, PLACEMENT_LENGTH);
    }

    String campaign() {
        return cold ? coldCampaigns[draw] : slice((int) (state >>> 16) & 0xFFF, CAMPAIGN_LENGTH);
    }

    String country() {
        return COUNTRIES[(int) (state >>> 28) & 7];
    }

    String device() {
        return cold ? coldDevices[draw] : slice((int) (state >>> 32) & 0xFFF, DEVICE_LENGTH);
    }

    String sessionId() {
        return cold ? coldSessions[draw] : id((int) (state >>> 44) & BLOCK_IDS - 1);
    }

    long position() {
        return state >>> 52 & 0x3F;
    }

    boolean viewable() {
        return (state & 1 << 20) != 0;
    }

    /** Two decimals, the last of them not zero. */
    double price() {
        return ((state >>> 40 & 0x3F) * 10 + 1) / 100.0;
    }

    /** Captures the next event. */
    static boolean captureNext(SlotRing ring, SampleEvents events) {
        events.advance();
        return ring.capture(
                events.distinctId(),
                events.placement(),
                events.campaign(),
                events.country(),
                events.device(),
                events.sessionId(),
                events.position(),
                events.viewable(),
                events.price());
    }

    private String id(int index) {
        return slice(index * ID_LENGTH, ID_LENGTH);
    }

    private String slice(int offset, int length) {
        return new String(block, offset, length, ISO_8859_1);
    }

    private String[] pool(int size, int length, Random random) {
        String[] strings = new String[size];
        for (int i = 0; i < size; i++) {
            strings[i] = slice(random.nextInt(block.length - length), length);
        }
        for (int i = size - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            String swapped = strings[i];
            strings[i] = strings[j];
            strings[j] = swapped;
        }
        return strings;
    }
}
