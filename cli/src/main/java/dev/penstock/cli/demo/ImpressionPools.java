package dev.penstock.cli.demo;

import java.util.SplittableRandom;
import java.util.UUID;

/**
 * The strings impressions are made of: 131,072 people with a session each, and the few hundred values that ad servers
 * repeat. Made once, shared by all producers. Immutable after construction.
 */
final class ImpressionPools {
    static final int PEOPLE = 1 << 17;

    private static final String[] SIZES = {"top", "mid", "side", "feed", "foot", "over"};
    private static final String[] KINDS = {"banner", "native", "reward", "video"};
    private static final String[] MAKERS = {"Pixel", "Galaxy", "iPhone", "Xperia", "Redmi", "Moto"};

    final String[] people = new String[PEOPLE];
    final String[] sessions = new String[PEOPLE];
    final String[] placements = new String[96];
    final String[] countries = {
        "AT", "AU", "BE", "BR", "CA", "CH", "CZ", "DE", "DK", "ES", "FI", "FR", "GB", "GR", "IE", "IN", "IT", "JP",
        "KR", "MX", "NL", "NO", "NZ", "PL", "PT", "RO", "SE", "SG", "TR", "US", "ZA"
    };
    final String[] formats = {
        "video_1080", "video_0720", "html_300x2", "html_728x9", "native_1x1", "native_2x1", "reward_30s", "reward_15s"
    };
    final String[] devices = new String[144];

    ImpressionPools(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < PEOPLE; i++) {
            people[i] = uuid(random);
            sessions[i] = uuid(random);
        }
        for (int i = 0; i < placements.length; i++) {
            placements[i] = SIZES[i % SIZES.length] + "_" + KINDS[i / SIZES.length % KINDS.length] + "_" + (1 + i / 24);
        }
        for (int i = 0; i < devices.length; i++) {
            devices[i] = MAKERS[i % MAKERS.length] + " " + (4 + i / MAKERS.length % 12) + (i % 2 == 0 ? " Pro" : "");
        }
    }

    private static String uuid(SplittableRandom random) {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & ~(3L << 62)) | (2L << 62);
        return new UUID(high, low).toString();
    }
}
