package dev.penstock.engine.pipeline;

import dev.penstock.engine.listener.SettlementSink;
import dev.penstock.engine.stats.DistinctErrors;
import dev.penstock.engine.stats.LaneSaturation;

/**
 * Where a lane tells what it did.
 *
 * @param counters counts outcomes
 * @param errors told of trouble
 * @param settlements told of outcomes, or null
 * @param conditions called a few times a second, to put counts into words
 * @param saturation told once a turn how full the ring is
 */
public record Reports(
        LaneCounters counters,
        DistinctErrors errors,
        SettlementSink settlements,
        Runnable conditions,
        LaneSaturation saturation) {}
