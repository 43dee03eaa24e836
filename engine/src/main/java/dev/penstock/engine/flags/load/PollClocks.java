package dev.penstock.engine.flags.load;

import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.agrona.concurrent.NanoClock;

/**
 * Time and chance, passed in so that no test has to wait for either.
 *
 * @param wall says when definitions were loaded
 * @param monotonic for the backoff window
 * @param random for jitter
 */
public record PollClocks(InstantSource wall, NanoClock monotonic, RandomGenerator random) {}
