package dev.penstock.engine.pipeline;

import dev.penstock.engine.time.CoarseClock;
import java.util.random.RandomGenerator;
import org.agrona.concurrent.NanoClock;

/**
 * Time and chance, passed in so that no test has to wait for either.
 *
 * @param wall the wall clock, kept by the pipeline
 * @param monotonic for deadlines and linger
 * @param random for jitter
 */
public record Clocks(CoarseClock wall, NanoClock monotonic, RandomGenerator random) {}
