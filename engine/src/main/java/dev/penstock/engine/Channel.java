package dev.penstock.engine;

import dev.penstock.engine.capture.EventPublisher;
import dev.penstock.engine.capture.ScratchPool;
import dev.penstock.engine.stats.ResultCounters;
import java.util.List;

/**
 * One way through the engine: the scratches that events are written in, the rings they go into, and the lanes that deliver
 * them. Events, AI events and log records have a channel each.
 *
 * @param scratches lends scratches to capturing threads
 * @param publisher the way into the rings
 * @param results counts answers
 * @param lanes its rings with their pipelines
 */
record Channel(ScratchPool scratches, EventPublisher publisher, ResultCounters results, List<Lane> lanes) {}
