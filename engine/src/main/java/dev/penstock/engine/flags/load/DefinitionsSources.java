package dev.penstock.engine.flags.load;

import dev.penstock.engine.transport.Fetcher;

/**
 * Where definitions may come from.
 *
 * @param fetcher asks the server
 * @param bootstrap what to start with, or null
 * @param cache what several processes share, or null
 */
public record DefinitionsSources(Fetcher fetcher, BootstrapDefinitions bootstrap, CacheCalls cache) {}
