package dev.penstock.engine.flags;

import dev.penstock.client.flags.FlagChange;
import dev.penstock.client.flags.FlagContext;
import dev.penstock.engine.flags.usage.UsageSink;
import dev.penstock.engine.stats.DistinctErrors;
import dev.penstock.engine.transport.Fetcher;
import java.time.InstantSource;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * What the flags of a client need of the rest of it.
 *
 * @param fetcher asks the server; null for a client that is disabled
 * @param threads makes the threads of a role
 * @param wallClock the wall clock, which may be the application's
 * @param millis the time of the capturing pipeline, in epoch milliseconds
 * @param errors told of what goes wrong
 * @param changes told of changed definitions
 * @param sink captures events about the use of flags
 * @param ambient adds what the request at hand knows to what a question says, which may be null
 */
public record FlagSurroundings(
        Fetcher fetcher,
        Function<String, ThreadFactory> threads,
        InstantSource wallClock,
        LongSupplier millis,
        DistinctErrors errors,
        Consumer<FlagChange> changes,
        UsageSink sink,
        UnaryOperator<FlagContext> ambient) {}
