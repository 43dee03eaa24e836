/**
 * How flag definitions get into the process: from the server at intervals, from a file or bytes at the start, or from a
 * cache that several processes share.
 *
 * <p>{@link dev.penstock.engine.flags.load.DefinitionsPoller} decides when and from where; what the bytes mean is up to its
 * {@link dev.penstock.engine.flags.load.DefinitionsTarget}. Neighbours: {@code transport} below; whoever parses, compiles
 * and publishes definitions implements the target.
 *
 * <p>Threads: {@code penstock-NAME-flags}, one per client, for everything but calls of the application's cache, which have
 * {@code penstock-NAME-flag-cache}, so that a cache that hangs holds up no deadline.
 */
package dev.penstock.engine.flags.load;
