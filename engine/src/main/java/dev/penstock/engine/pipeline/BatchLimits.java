package dev.penstock.engine.pipeline;

/**
 * What closes a batch.
 *
 * @param maxEvents how many events
 * @param maxBytes how many bytes of JSON, envelope included
 * @param maxEventBytes the largest event
 * @param lingerNs how long an event waits for company
 */
public record BatchLimits(int maxEvents, int maxBytes, int maxEventBytes, long lingerNs) {}
