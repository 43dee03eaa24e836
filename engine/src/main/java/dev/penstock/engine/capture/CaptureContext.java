package dev.penstock.engine.capture;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.engine.record.AttachedFlags;
import dev.penstock.engine.record.KeyRegistry;
import dev.penstock.engine.stats.DistinctErrors;
import dev.penstock.engine.stats.ResultCounters;
import dev.penstock.engine.time.CoarseClock;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What all scratches of a client share.
 *
 * @param keys the registered property keys
 * @param maxEventBytes the limit of an event's JSON
 * @param clock stamps events
 * @param idSource makes UUIDs, or null for UUIDv7 of our own
 * @param objects serializes what no rule of ours covers
 * @param publisher the way into the rings
 * @param counters counts answers and replaced values
 * @param errors told about values that fail
 * @param onClosed called for every capture after the close
 * @param localFlags evaluates all flags locally, for events that ask for it; null if nobody is asked about
 */
public record CaptureContext(
        KeyRegistry keys,
        int maxEventBytes,
        CoarseClock clock,
        Supplier<UUID> idSource,
        ObjectSerializer objects,
        EventPublisher publisher,
        ResultCounters counters,
        DistinctErrors errors,
        Runnable onClosed,
        Function<FlagContext, AttachedFlags> localFlags) {}
