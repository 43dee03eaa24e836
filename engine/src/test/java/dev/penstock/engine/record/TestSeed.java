package dev.penstock.engine.record;

import java.util.SplittableRandom;

/** Seeds randomised tests: a failure names its seed, and {@code -Dpenstock.test.seed=N} repeats it. */
public final class TestSeed {

    private static final String PROPERTY = "penstock.test.seed";

    /** What a randomised test does with its random numbers. */
    @FunctionalInterface
    public interface Body {
        /**
         * Runs the test.
         *
         * @param random seeded
         * @throws Exception if the test fails
         */
        void run(SplittableRandom random) throws Exception;
    }

    private TestSeed() {}

    /**
     * Runs a test with a new seed, or with the one given on the command line.
     *
     * @param body the test
     */
    public static void run(Body body) {
        long seed = Long.getLong(PROPERTY, System.nanoTime());
        try {
            body.run(new SplittableRandom(seed));
        } catch (Exception | Error e) {
            throw new AssertionError("failed with -D" + PROPERTY + "=" + seed + ": " + e.getMessage(), e);
        }
    }
}
