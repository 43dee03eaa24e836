package dev.penstock.stress.load;

import java.util.SplittableRandom;

/**
 * What makes events differ in length: most are short, some take several slots of the ring, few go by the arena.
 * <b>Threads:</b> immutable; any.
 */
final class Padding {
    private static final int[] LENGTHS = {0, 0, 0, 0, 10, 40, 100, 100, 300, 700};
    private static final int LONG = 3_000;
    private static final int HUGE = 20_000;

    private final String text;

    /** Draws the text. */
    Padding(SplittableRandom random) {
        char[] letters = new char[2 * HUGE];
        for (int i = 0; i < letters.length; i++) {
            letters[i] = (char) ('a' + random.nextInt(26));
        }
        text = new String(letters);
    }

    String next(SplittableRandom random) {
        int kind = random.nextInt(1_000);
        int length = kind == 0 ? HUGE : kind < 10 ? LONG : LENGTHS[random.nextInt(LENGTHS.length)];
        int from = random.nextInt(HUGE);
        return text.substring(from, from + length);
    }
}
