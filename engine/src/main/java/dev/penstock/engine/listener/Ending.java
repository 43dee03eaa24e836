package dev.penstock.engine.listener;

import dev.penstock.client.Outcome;

/**
 * How an event ended.
 *
 * @param outcome the outcome
 * @param reason why
 */
public record Ending(Outcome outcome, String reason) {}
